"""GET /<language>/search and /<language>/suggest"""

import re
from dataclasses import replace

import pytest
from django.test import Client
from markupsafe import escape

from nitka.shelf.search import queries as search

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_finds_by_words_and_keeps_them_in_the_box(visitor: Client) -> None:
    text = page(visitor, "/en/search", q="  wool   blanket ")
    assert "Fonn wool blanket" in text
    assert 'value="wool blanket"' in text
    assert 'content="noindex, follow"' in text


def test_a_mistyped_word_is_forgiven_and_said(visitor: Client) -> None:
    text = page(visitor, "/en/search", q="blankket")
    assert "Fonn wool blanket" in text


def test_nothing_found_is_no_dead_end(visitor: Client) -> None:
    text = page(visitor, "/en/search", q="qqqqqqqqqqq")
    assert '<a href="/en/c/textiles/">Textiles</a>' in text
    assert 'class="card"' in text


@pytest.mark.parametrize("wish", ['"><script>alert(1)</script>', "'; DROP TABLE x", "{{ 7*7 }}", "<b>", "a" * 5000])
def test_what_is_typed_stays_text(visitor: Client, wish: str) -> None:
    for path in ("/en/search", "/en/suggest"):
        text = page(visitor, path, q=wish)
        assert "<script>alert" not in text
        assert "<b>”" not in text
    if "<" in wish:
        assert str(escape(wish)) in page(visitor, "/en/search", q=wish)


def test_an_empty_search_shows_everything(visitor: Client) -> None:
    text = page(visitor, "/en/search")
    assert "Stone cup" in text
    assert "Brass lamp" in text


def test_suggestions_are_options_that_lead_somewhere(visitor: Client) -> None:
    text = page(visitor, "/en/suggest", q="blan")
    assert 'role="option"' in text
    assert 'href="/en/p/fonn-wool-blanket/"' in text
    assert "<html" not in text
    assert page(visitor, "/en/suggest", q="").strip() == ""


def test_a_suggested_product_shows_its_picture_and_its_price(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    price = re.search(r'<span class="now">([^<]+)</span>', page(visitor, "/en/search", q="blanket"))
    assert price
    picture = {"src": "/media/640.webp", "srcset": "/media/320.webp 320w, /media/640.webp 640w"}
    cards = search.cards
    monkeypatch.setattr(search, "cards", lambda *asked: [replace(one, picture=picture) for one in cards(*asked)])
    text = page(visitor, "/en/suggest", q="blan")
    option = text[text.index('href="/en/p/fonn-wool-blanket/"') :].partition("</a>")[0]
    assert '<img src="/media/320.webp" width="40" height="40" alt=""' in option
    assert price.group(1) in option
    assert "€" not in text[: text.index("Products")]


def test_it_asks_little(visitor: Client, django_assert_max_num_queries) -> None:
    page(visitor, "/en/search", q="lamp")
    with django_assert_max_num_queries(2):
        page(visitor, "/en/search", q="lamp")
    with django_assert_max_num_queries(1):
        page(visitor, "/en/suggest", q="lam")
    with django_assert_max_num_queries(0):
        page(visitor, "/en/suggest", q="zzzzz")
