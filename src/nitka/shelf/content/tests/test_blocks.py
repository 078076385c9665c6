import io

import pytest
from PIL import Image

from nitka.ground.facts.models import FactRow
from nitka.shelf.content import actions, queries
from nitka.shelf.content.models import Page, PageVersion, Picture

pytestmark = pytest.mark.django_db
TITLE = {"en": "Chairs for long evenings", "pl": "Krzesła na długie wieczory"}
TEXT = {"kind": "text", "text": {"en": "## Sit\n\nWell, at {{ shop.name }}.", "pl": "Usiądź."}}
FAQ = {
    "kind": "faq",
    "items": [
        {"question": {"en": "Does it creak?"}, "answer": {"en": "No."}},
        {"question": {"en": "Oak?", "pl": "Dąb?"}, "answer": {"en": "Yes.", "pl": "**Tak.**"}},
    ],
}


@pytest.fixture(autouse=True)
def fresh():
    queries.forget()
    yield
    queries.forget()


def put(*blocks, **more):
    return actions.put_page(
        draft=actions.Draft(slug="chairs", kind="landing", title=TITLE, blocks=list(blocks), **more)
    )


def test_a_page_is_built_of_blocks_in_each_language():
    put(TEXT, FAQ, {"kind": "products", "goods": {"category": "chairs"}, "limit": 4})
    english, polish = queries.page("chairs", "en"), queries.page("chairs", "pl")
    assert [each.kind for each in english.blocks] == ["text", "faq", "products"]
    assert [each.id for each in english.blocks] == ["b1", "b2", "b3"]
    assert "<h2>Sit</h2>" in english.body_html and "Well, at Nitka." in english.body_html
    assert polish.blocks[1].get("items") == [{"question": "Dąb?", "answer": "<p><strong>Tak.</strong></p>\n"}]
    assert english.blocks[2].get("goods") == {"category": "chairs"}


def test_a_block_without_words_in_a_language_is_left_out_there():
    put(TEXT, {"kind": "quote", "text": {"en": "It stays."}})
    assert [each.kind for each in queries.page("chairs", "pl").blocks] == ["text"]


def test_an_old_page_of_markdown_is_one_block_of_text():
    actions.put_page(draft=actions.Draft(slug="old", kind="help", title={"en": "Old"}, body={"en": "*As it was*"}))
    (block,) = queries.page("old", "en").blocks
    assert block.kind == "text" and "<em>As it was</em>" in block.get("text")


def test_markup_in_blocks_is_made_safe():
    put({"kind": "text", "text": {"en": "<script>alert(1)</script>[x](javascript:alert(1)) fine"}})
    html = queries.page("chairs", "en").body_html
    assert "script>" not in html and 'href="javascript' not in html and "fine" in html


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"kind": "poem"}, "Block 1: there is no kind of block called poem."),
        ({"kind": "text", "colour": "red"}, "Block 1: it has no field colour."),
        ({"kind": "text", "text": "plain"}, "Block 1: write text in the languages of the shop."),
        ({"kind": "text", "text": {"de": "Nein"}}, "Block 1: write text in the languages of the shop."),
        ({"kind": "button", "label": {"en": "Go"}, "to": "javascript:alert(1)"}, "Block 1: a link is written like"),
        ({"kind": "button", "label": {"en": "Go"}, "to": "//evil.example"}, "Block 1: a link is written like"),
        ({"kind": "picture", "picture": "../../etc/passwd"}, "Block 1: choose a picture from the list"),
        ({"kind": "products", "goods": {"category": "a", "tag": "b"}}, "Block 1: choose one source of products."),
        ({"kind": "products", "goods": {"products": ["a b"]}}, "Block 1: name up to 24 products by their handles."),
        ({"kind": "products", "goods": {"tag": "a"}, "limit": 99}, "Block 1: limit is a number from 1 to 24."),
        ({"kind": "hero", "title": {"en": "x"}, "side": "above"}, "Block 1: side is one of right, left, behind."),
        ({"kind": "text", "text": {"en": "{{ settings.SECRET }}"}}, "Nothing is known that could stand for"),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_says_what_is_wrong(block, words):
    with pytest.raises(actions.ContentProblem) as refusal:
        put(block)
    assert refusal.value.message.startswith(words)
    assert not Page.objects.exists()


def test_a_language_that_only_pictures_speak_is_not_published():
    with pytest.raises(actions.ContentProblem):
        put({"kind": "products", "goods": {"tag": "new"}}, published=["en"])


def test_putting_what_is_there_changes_nothing():
    put(TEXT, FAQ)
    told = FactRow.objects.count()
    put(TEXT, FAQ)
    assert PageVersion.objects.count() == 1
    assert FactRow.objects.count() == told


def test_a_page_that_did_not_change_is_read_once(django_assert_num_queries):
    put(TEXT, FAQ)
    queries.forget()
    with django_assert_num_queries(2):
        for _request in range(10):
            queries.page("chairs", "en"), queries.pages(), queries.menu("footer", "en")


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (700, 500), colour).save(out, "JPEG")
    return out.getvalue()


def test_a_picture_is_kept_once_and_shown_in_sizes():
    first = actions.put_picture(content=picture(), name="room.jpg", alt={"en": "A room"})
    assert actions.put_picture(content=picture(), name="room.jpg", alt={"pl": "Pokój"}) == first
    put(TEXT, {"kind": "picture", "picture": str(first)}, {"kind": "picture", "picture": "product:lind:2"})
    before = queries.page("chairs", "pl").blocks[1].get("picture")
    assert before["alt"] == "Pokój" and before["sources"] == () and before["src"].endswith(".jpg")
    from nitka.shelf.content.tasks import make_picture_sizes

    make_picture_sizes.function(picture_id=str(first))
    view = queries.page("chairs", "pl")
    assert view.blocks[1].get("picture")["sources"][0][0] == "image/avif"
    assert view.blocks[2].get("picture") == "product:lind:2"
    actions.put_picture_words(picture_id=first, alt={"pl": "Pokój z krzesłem"})
    assert queries.page("chairs", "pl").blocks[1].get("picture")["alt"] == "Pokój z krzesłem"


def test_what_is_no_picture_is_refused():
    with pytest.raises(Exception, match="no picture that can be read"):
        actions.put_picture(content=b"%PDF-1.7 hello", name="a.jpg")
    assert not Picture.objects.exists()
