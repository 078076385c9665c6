"""Pages of blocks: GET /<language>/pages/<slug>/, quizzes, previews, the merchant's own menus"""

import re

import pytest
from django.test import Client

from nitka.faces.storefront.page import forget_frames
from nitka.faces.storefront.tests import makers
from nitka.shelf.content import actions as content
from nitka.shelf.content import queries

pytestmark = pytest.mark.django_db
LAMP, CUP = "brass-lamp", "stone-cup"
QUIZ = {
    "kind": "quiz",
    "id": "warm",
    "title": {"en": "What do you need?"},
    "questions": [
        {
            "text": {"en": "When?"},
            "answers": [
                {"text": {"en": "In the morning"}, "tags": ["morning"]},
                {"text": {"en": "At night"}, "tags": ["night"]},
            ],
        },
        {"text": {"en": "Of what?"}, "answers": [{"text": {"en": "Wool"}, "tags": ["wool:true"]}]},
    ],
}
BLOCKS = [
    {"kind": "hero", "title": {"en": "Warm & bright"}, "text": {"en": "For *evenings*."}, "to": "category:textiles"},
    {"kind": "products", "title": {"en": "Begin here"}, "goods": {"products": [CUP, "gone", LAMP]}},
    {"kind": "products", "goods": {"collection": "nowhere"}},
    {"kind": "comparison", "title": {"en": "Side by side"}, "products": [LAMP, CUP]},
    {"kind": "faq", "items": [{"question": {"en": "Is it <b>loud</b>?"}, "answer": {"en": "No </script>."}}]},
    {"kind": "video", "to": "https://films.example/watch?v=1", "caption": {"en": "How it is made"}},
    {"kind": "quote", "text": {"en": "It stays."}, "who": {"en": "Ola"}},
    {"kind": "button", "label": {"en": "Nothing there"}, "to": "page:gone"},
    {"kind": "columns", "columns": [{"title": {"en": "One"}, "to": "page:delivery"}, {"title": {"en": "Two"}}]},
    {"kind": "newsletter", "title": {"en": "A letter"}},
    QUIZ,
]


def put(**more):
    title = {"en": "Warm", "pl": "Ciepło"}
    content.put_page(draft=content.Draft(slug="warm", kind="landing", title=title, **{"blocks": BLOCKS, **more}))


def test_a_landing_page_shows_each_block_with_what_it_names(visitor: Client) -> None:
    put()
    text = visitor.get("/en/pages/warm/").content.decode()
    assert "<h1>Warm &amp; bright</h1>" in text and text.count("<h1") == 1
    assert 'href="/en/c/textiles/">Textiles</a>' in text
    assert text.index("/en/p/stone-cup/") < text.index("/en/p/brass-lamp/")
    assert text.count('data-kind="products"') == 1  # the collection is gone, and so is its block
    assert '<table class="side-by-side">' in text
    assert 'href="/en/help/delivery/">Delivery</a>' in text
    assert "Nothing there" not in text
    assert 'action="/en/newsletter"' in text


def test_what_lies_elsewhere_is_linked_and_never_framed(visitor: Client) -> None:
    put()
    text = visitor.get("/en/pages/warm/").content.decode()
    assert (
        'href="https://films.example/watch?v=1"' in text and "<iframe" not in text and "Watch on films.example" in text
    )


def test_questions_are_told_to_search_engines_and_cannot_end_their_element(visitor: Client) -> None:
    put()
    text = visitor.get("/en/pages/warm/").content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">([^<]*"FAQPage"[^<]*)</script>', text)
    assert "Is it \\u003cb\\u003eloud" in data


def test_a_page_is_public_and_the_same_for_everybody(visitor: Client) -> None:
    put()
    response = visitor.get("/en/pages/warm/")
    assert not response.cookies and "csrf" not in response.content.decode()


def test_an_address_that_changed_leads_on_for_ever(visitor: Client) -> None:
    put(slugs={"en": "warm-evenings"})
    assert visitor.get("/en/pages/warm/?a=1")["Location"] == "/en/pages/warm-evenings/?a=1"
    put(slugs={"en": "long-evenings"})
    assert visitor.get("/en/pages/warm-evenings/")["Location"] == "/en/pages/long-evenings/"
    assert visitor.get("/en/pages/long-evenings/").status_code == 200
    with pytest.raises(content.ContentProblem):
        content.put_page(draft=content.Draft(slug="warm-evenings", kind="page", title={"en": "x"}, body={"en": "x"}))


def test_the_sitemap_knows_pages_by_their_own_addresses(visitor: Client) -> None:
    put(slugs={"pl": "cieplo"}, blocks=[{"kind": "text", "text": {"en": "Warm.", "pl": "Ciepło."}}])
    text = b"".join(visitor.get("/sitemap-pages.xml")).decode()
    assert f"<loc>{makers.address('/pl/pages/cieplo/')}</loc>" in text and "/en/pages/warm/" in text


def test_a_quiz_asks_page_by_page_and_ends_in_goods(visitor: Client) -> None:
    from nitka.shelf.catalog import actions as catalog
    from nitka.shelf.catalog import queries as goods

    catalog.edit_product(product_id=goods.product_by_handle(LAMP), tags=["night", "light"])
    catalog.edit_product(product_id=goods.product_by_handle(CUP), tags=["morning"], attributes={"wool": True})
    put()
    assert 'href="/en/quiz/warm/warm?a=1"' in visitor.get("/en/pages/warm/").content.decode()
    second = visitor.get("/en/quiz/warm/warm?a=1").content.decode()
    assert "Of what?" in second and 'href="?a=1&amp;a=0"' in second and "noindex" in second
    end = visitor.get("/en/quiz/warm/warm?a=0&a=0").content.decode()
    assert "This fits you" in end and "Because you said: In the morning · Wool" in end and "Brass lamp" not in end
    both = visitor.get("/en/quiz/warm/warm?a=1&a=0").content.decode()
    assert "Because you said: At night" in both and "Because you said: Wool" in both


@pytest.mark.parametrize("query", ["?a=9", "?a=-1", "?a=x&a=0", "?a=²"])
def test_answers_that_are_none_begin_anew(visitor: Client, query: str) -> None:
    put()
    assert "When?" in visitor.get(f"/en/quiz/warm/warm{query}").content.decode()


def test_a_preview_shows_what_is_not_shown_yet_to_who_has_its_link(visitor: Client) -> None:
    put()
    number = content.save_draft(
        draft=content.Draft(slug="warm", kind="landing", title={"en": "Warmer"}, blocks=[BLOCKS[6]])
    )
    token = queries.preview_token("warm", number)
    response = visitor.get(f"/en/preview/{token}/")
    assert "<h1>Warmer</h1>" in response.content.decode() and response["Cache-Control"] == "no-store"
    assert "noindex" in response.content.decode()
    assert "Warmer" not in visitor.get("/en/pages/warm/").content.decode()
    assert visitor.get(f"/en/preview/{token[:-2]}/").status_code == 404


def test_the_frame_shows_the_merchants_menus(visitor: Client) -> None:
    put()
    content.put_menu(
        place="header",
        entries=[
            {"to": "page:warm"},
            {"to": "page:gone"},
            {"label": {"en": "Rooms"}, "entries": [{"to": "category:tableware"}]},
        ],
    )
    content.put_menu(place="footer", entries=[{"label": {"en": "House"}, "entries": [{"to": "product:brass-lamp"}]}])
    forget_frames()
    text = visitor.get("/en/").content.decode()
    assert '<a href="/en/pages/warm/">Warm</a>' in text and "<summary>Rooms</summary>" in text
    assert '<nav aria-label="House">' in text and 'href="/en/p/brass-lamp/">Brass lamp</a>' in text
    assert 'href="/en/legal/privacy/"' in text
