"""The check of texts: /back/content/checks/"""

import pytest
from django.test import Client

from nitka.faces.backoffice import tasks
from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.content import actions, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings, tmp_path) -> Client:  # type: ignore[no-untyped-def]
    (tmp_path / "en_US.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (tmp_path / "en_US.dic").write_text("4\nwool\nis\nspun\nby\n", encoding="utf-8")
    settings.NITKA_DICTIONARIES = [str(tmp_path)]
    queries.forget()
    makers.a_shop()
    actions.set_shop(languages=["en", "hy"])
    actions.put_page(
        draft=actions.Draft(
            slug="wool", kind="article", title={"en": "Wool"}, body={"en": "Wool is [spunn](x) by **Oda**."}
        )
    )
    return makers.signed_in()


def test_unknown_words_are_shown_until_somebody_says_that_they_are_words(client: Client) -> None:
    tasks.look_words_up()
    assert queries.judged("en")["spunn"] is False and queries.judged("en")["Wool"] is True
    text = client.get("/back/content/checks/?language=en").content.decode()
    assert 'value="spunn"' in text and 'value="Oda"' in text and 'value="spun"' not in text
    client.post("/back/content/checks/", {"language": "en", "word": "Oda"})
    assert 'value="Oda"' not in client.get("/back/content/checks/?language=en").content.decode()


def test_what_is_not_translated_and_what_cannot_be_checked_is_said(client: Client) -> None:
    text = client.get("/back/content/checks/?language=hy").content.decode()
    assert "not translated" in text and "no dictionary for Armenian" in text


def test_blocks_and_menus_that_point_at_what_is_gone_are_named(client: Client) -> None:
    put_product("stool")
    blocks = [
        {"kind": "products", "goods": {"collection": "summer"}},
        {"kind": "products", "goods": {"category": "boats"}},
        {"kind": "comparison", "products": ["stool", "throne"]},
        {"kind": "form", "form": "samples"},
        {"kind": "button", "label": {"en": "Go"}, "to": "page:nowhere#part"},
        {"kind": "hero", "title": {"en": "Sit"}, "picture": "product:bench:2"},
        {"kind": "columns", "columns": [{"title": {"en": "Oda"}, "to": "maker:oda"}]},
    ]
    draft = actions.Draft(slug="sit", kind="landing", title={"en": "Sit"}, blocks=blocks)
    actions.put_page(draft=draft)
    actions.put_menu(place="header", entries=[{"label": {"en": "Summer"}, "to": "collection:summer"}])
    text = client.get("/back/content/checks/?language=en").content.decode()
    lost = "category:boats, collection:summer, form:samples, maker:oda, page:nowhere, product:bench, product:throne"
    assert f"is not shown:</strong> {lost}</span>" in text
    assert "leaves it out:</strong> collection:summer " in text
    # Shoppers see the rest of the page and nothing of this.
    page = client.get("/en/pages/sit/").content.decode()
    assert "Oda" in page and "nowhere" not in page and "maker:oda" not in page and ">Go<" not in page
