"""The editor of pages, their versions, menus and pictures; every step by plain posts, as without JavaScript."""

import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from nitka.faces.backoffice.tests import makers
from nitka.ground import clock
from nitka.shelf.content import actions, queries, tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    queries.forget()
    makers.a_shop()
    return makers.signed_in()


def document(page: str) -> str:
    """What the form carries from press to press."""
    (found,) = re.findall(r'name="document" value="([^"]*)"', page)
    return html.unescape(found)


class Editor:
    """Somebody at the form: presses a button with the fields as they stand."""

    def __init__(self, client: Client, address: str, **fields: Any) -> None:
        self.client, self.address, self.fields = client, address, fields
        self.page = client.get(address).content.decode()

    def press(self, deed: str, **fields: Any) -> Any:
        whole = {"language": "en", **self.fields, "document": document(self.page), "do": deed}
        whole |= dict(re.findall(r'name="(begun|key)" value="([^"]*)"', self.page))
        named = {name.replace("__", "."): value for name, value in fields.items()}
        answer = self.client.post(self.address, {**whole, **named})
        if answer.status_code == 200:
            self.page = answer.content.decode()
        return answer


NEW = {"slug": "returns", "kind": "help", "f.title": "Returns", "f.shown": "1", "f.published": "1"}


def test_a_page_is_built_and_shown_without_javascript(client: Client) -> None:
    editor = Editor(client, "/back/content/new/", **NEW)
    editor.press("add text")
    editor.press("add faq", b0__text="# Hello\n{{ shop.name }} <script>x</script>")
    assert 'name="b1.items.0.question"' in editor.page and not queries.page_rows().exists()
    editor.press("more b1.items", b1__items__0__question="How?", b1__items__0__answer="So.")
    editor.press("up b1")
    assert "autofocus" in editor.page
    assert editor.press("draft").status_code == 303
    assert queries.page("returns", "en") is None
    editor = Editor(client, "/back/content/returns/?language=en", **{"f.title": "Returns", "f.shown": "1"})
    assert "Shoppers see an older version" in editor.page
    editor.press("show", f__published="1")
    queries.forget()
    page = queries.page("returns", "en")
    assert page is not None and [each.kind for each in page.blocks] == ["faq", "text"]
    assert len(page.blocks[0].get("items")) == 1 and "<script" not in page.body_html
    assert makers.audit("content.put") == ["returns", "returns"]


def test_another_language_is_written_beside_and_nothing_is_lost_by_moving(client: Client) -> None:
    actions.put_page(draft=actions.Draft(slug="a", kind="page", title={"en": "A"}, blocks=[{"kind": "text", "text": {"en": "one"}},
                                                         {"kind": "quote", "text": {"en": "two"}}]))  # fmt: skip
    editor = Editor(client, "/back/content/a/?language=en")
    editor.press("language pl")
    editor.fields = {"language": "pl", "f.title": "Ą", "f.shown": "1", "f.published": "1"}
    editor.press("down b0", b0__text="raz", b1__text="dwa")
    editor.press("show", b0__text="dwa!")
    queries.forget()
    english, polish = queries.page("a", "en"), queries.page("a", "pl")
    assert english and polish and polish.languages == ("en", "pl")
    assert [each.kind for each in english.blocks] == ["quote", "text"]
    assert polish.blocks[0].get("text") == "dwa!" and "raz" in polish.blocks[1].get("text")
    assert english.blocks[0].get("text") == "two"


def test_a_refusal_keeps_what_was_written(client: Client) -> None:
    editor = Editor(client, "/back/content/new/", **NEW)
    editor.press("add button")
    answer = editor.press("show", b0__label="Go", b0__to="javascript:alert(1)")
    assert answer.status_code == 200 and "Block 1: a link is written like" in editor.page
    assert 'value="Go"' in editor.page and not queries.page_rows().exists()


def test_a_page_that_waits_for_its_time_stands_so_in_the_list(client: Client) -> None:
    actions.put_page(
        draft=actions.Draft(slug="soon", kind="page", title={"en": "Soon"}, body={"en": "x"}),
        publish_at=clock.now() + timedelta(days=400),
    )
    actions.save_draft(draft=actions.Draft(slug="draft", kind="page", title={"en": "Draft"}, body={"en": "x"}))
    text = client.get("/back/content/").content.decode()
    soon, draft = (re.split(r"</tr>", text.split(f">{title}</a>")[1])[0] for title in ("Soon", "Draft"))
    year = str((clock.now() + timedelta(days=400)).year)
    assert "scheduled" in soon and year in soon and ">draft<" not in soon
    assert ">draft<" in draft and "scheduled" not in draft


def test_two_people_at_one_page_do_not_write_over_each_other(client: Client) -> None:
    actions.put_page(draft=actions.Draft(slug="a", kind="page", title={"en": "First"}, body={"en": "x"}))
    mine, theirs = (
        Editor(client, "/back/content/a/?language=en", **{"f.shown": "1", "f.published": "1"}) for _ in "12"
    )
    assert theirs.press("show", f__title="Theirs").status_code == 303
    answer = mine.press("show", f__title="Mine", b0__text="A long text")
    assert answer.status_code == 200 and "Somebody saved this page" in mine.page
    assert "<del>First</del>" in mine.page and "<ins>Theirs</ins>" in mine.page
    assert 'value="Mine"' in mine.page and "A long text" in mine.page
    assert queries.draft_of(queries.page_rows().get(slug="a")).title == {"en": "Theirs"}
    theirs = Editor(client, "/back/content/a/?language=en", **{"f.shown": "1", "f.published": "1"})
    assert theirs.press("draft", f__title="Theirs again").status_code == 303
    assert mine.press("show", f__title="Mine").status_code == 200, "they saved once more"
    assert mine.press("show", f__title="Mine", b0__text="A long text").status_code == 303
    assert [each.document.title["en"] for each in queries.versions("a")] == ["Mine", "Theirs again", "Theirs", "First"]


def test_a_preview_of_ones_own_is_no_other_persons_save(client: Client) -> None:
    actions.put_page(draft=actions.Draft(slug="a", kind="page", title={"en": "First"}, body={"en": "x"}))
    editor = Editor(client, "/back/content/a/?language=en", **{"f.shown": "1", "f.published": "1"})
    assert editor.press("preview", f__title="Look").status_code == 303
    assert editor.press("preview", f__title="Look again").status_code == 303
    assert editor.press("show", f__title="Done").status_code == 303
    queries.forget()
    assert queries.page("a", "en").title == "Done"  # type: ignore[union-attr]


def test_products_and_pictures_are_picked(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    editor = Editor(client, "/back/content/new/", **{**NEW, "slug": "look"})
    editor.press("add picture")
    file = SimpleUploadedFile("room.png", out.getvalue(), "image/png")
    editor.press("add products", b0__picture="", b0__picture__file=file, b0__caption="A room")
    editor.press(
        "more", b1__goods__source="products", b1__goods__value="lind", b1__goods__add="vik"
    )  # no such button with no path: nothing happens
    editor.press("show")
    row = queries.page_rows().get(slug="look")
    assert row.blocks[1]["goods"] == {"products": ["lind", "vik"]}
    (picture,) = queries.pictures()
    assert row.blocks[0]["picture"] == str(picture.id) and picture.name == "room.png"
    client.post(f"/back/content/pictures/{picture.id}/", {"alt.pl": "Pokój"})
    assert queries.pictures()[0].alt == {"pl": "Pokój"}


def test_versions_are_compared_shown_and_brought_back(client: Client) -> None:
    actions.put_page(draft=actions.Draft(slug="a", kind="page", title={"en": "First"}, body={"en": "x"}))
    actions.put_page(draft=actions.Draft(slug="a", kind="page", title={"en": "Second"}, body={"en": "x"}))
    text = client.get("/back/content/a/versions/").content.decode()
    assert "<del>First</del>" in text and "<ins>Second</ins>" in text
    client.post("/back/content/a/versions/1/back")
    assert [each.number for each in queries.versions("a")] == [3, 2, 1]
    assert queries.page("a", "en").title == "Second"  # type: ignore[union-attr]
    client.post("/back/content/a/versions/3/show")
    queries.forget()
    assert queries.page("a", "en").title == "First"  # type: ignore[union-attr]
    assert makers.audit("content.bring_back") == ["a"]


def test_a_page_comes_and_goes_at_its_time(client: Client) -> None:
    zone = queries.shop().zone
    soon = clock.now() + timedelta(hours=2)
    wall, end = (f"{clock.local(at, zone):%Y-%m-%dT%H:%M}" for at in (soon, soon + timedelta(days=1)))
    editor = Editor(client, "/back/content/new/", **NEW)
    editor.press("add text")
    editor.press("show", b0__text="Soon", show_at=wall, end_at=end)
    tasks.show_what_is_due()
    assert queries.page("returns", "en") is None
    with clock.freeze(soon + timedelta(minutes=1)):
        tasks.show_what_is_due()
        queries.forget()
        assert queries.page("returns", "en") is not None
    with clock.freeze(soon + timedelta(days=1, minutes=1)):
        assert queries.page("returns", "en") is None  # before the clock's task, too
        tasks.show_what_is_due()
        assert queries.page_rows().get().published == []


def test_a_menu_is_written_in_two_languages(client: Client) -> None:
    editor = Editor(client, "/back/content/menus/footer/?language=en")
    editor.press("add entry")
    editor.press("more b0.entries", b0__label="House")
    editor.press("save", b0__entries__0__label="New", b0__entries__0__to="/search?sort=new")
    assert queries.menu("footer", "en")[0].entries[0].to == "/search?sort=new"
    editor = Editor(client, "/back/content/menus/footer/?language=pl", language="pl")
    editor.press("save", b0__label="Dom")
    assert queries.menu("footer", "pl")[0].label == "Dom" and queries.menu("footer", "en")[0].label == "House"
    assert makers.audit("content.menu") == ["footer", "footer"]


def test_a_form_that_was_tampered_with_breaks_nothing(client: Client) -> None:
    odd = '{"blocks": [{"kind": ["text"]}, {"kind": "faq", "items": "x"}, {"kind": "faq", "items": [1]}], "title": [1]}'
    for whole in ("", "[]", "{", '{"blocks": [{"kind": "poem"}, 3]}', '{"blocks": null}', '{"published": [{}]}', odd):
        answer = client.post("/back/content/new/", {**NEW, "document": whole, "do": "up b7.x"})
        assert answer.status_code == 200


@pytest.mark.parametrize("path", ["", "menus/", "menus/header/", "pictures/", "new/"])
def test_an_agent_may_not_write(client: Client, path: str) -> None:
    assert makers.signed_in("agent").get(f"/back/content/{path}").status_code == 403


def test_a_page_without_an_address_takes_one_from_its_title(client: Client) -> None:
    for address in ("who-we-are", "who-we-are-2"):
        answer = client.post("/back/content/new/", {
            "kind": "page", "f.title": "Who we are", "f.shown": "1", "language": "en", "do": "draft",
        })  # fmt: skip
        assert answer["Location"].startswith(f"/back/content/{address}/")


def test_a_new_page_never_writes_over_another(client: Client) -> None:
    actions.put_page(draft=actions.Draft(slug="returns", kind="help", title={"en": "Ours"}, body={"en": "x"}))
    answer = client.post("/back/content/new/", {
        "slug": "returns", "kind": "help", "f.title": "Theirs", "language": "en", "do": "show",
    })  # fmt: skip
    assert answer.status_code == 200
    assert "Another page has this address" in answer.text
    assert len(queries.versions("returns")) == 1


def test_save_and_show_shows_a_new_page_in_the_language_it_is_written_in(client: Client) -> None:
    editor = Editor(client, "/back/content/new/", **{"kind": "page", "f.title": "Who we are", "f.shown": "1"})
    editor.press("add text")
    editor.press("show", b0__text="Two joiners and a weaver.")
    assert queries.page_rows().get(slug="who-we-are").published == ["en"]
