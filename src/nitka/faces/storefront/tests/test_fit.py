"""GET /<language>/p/<slug>/fit"""

import html

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FIT = "/en/p/fonn-wool-blanket/fit"


def said(client: Client, query: str) -> str:
    answer = client.get(f"{FIT}?{query}", headers={"HX-Request": "true"})
    assert answer.status_code == 200 and answer["Vary"]
    return html.unescape(answer.content.decode())


def test_each_size_is_answered_with_what_is_left(visitor: Client) -> None:
    text = said(visitor, "width=220&depth=150")
    assert "130 × 170 cm" in text and "It fits: 20 cm to spare in width, 10 cm to spare in depth." in text
    assert "It does not fit: 20 cm too wide, 50 cm too deep." in text
    assert text.count("<li") == 2


def test_a_place_may_want_it_turned_by_a_quarter(visitor: Client) -> None:
    assert "It fits when turned by a quarter: 0 cm to spare in width, 0 cm to spare in depth." in said(
        visitor, "width=140&depth=200"
    )


def test_one_measure_is_enough_and_a_comma_is_a_point(visitor: Client) -> None:
    assert "It fits: 0.5 cm to spare in width." in said(visitor, "width=200,5")


def test_who_measures_in_inches_is_understood_in_inches(visitor: Client) -> None:
    visitor.cookies["nitka_prefs"] = "us.imperial"
    assert "It fits: 1.5″ to spare in width." in said(visitor, "width=80&depth=&height=")


@pytest.mark.parametrize("width", ["wide", "-1", "NaN", "1e9", "0"])
def test_what_is_no_length_is_said_to_be_none(visitor: Client, width: str) -> None:
    assert "The width is not a number." in said(visitor, f"width={width}")


def test_nothing_measured_is_asked_for(visitor: Client) -> None:
    assert "Write at least one measure." in said(visitor, "")


def test_without_javascript_it_is_a_page_with_the_form_and_what_was_typed(visitor: Client) -> None:
    text = visitor.get(f"{FIT}?width=250&depth=250").content.decode()
    assert "<h1>" in text and 'value="250"' in text and "to spare in width" in text
    assert "noindex" in text


def test_goods_without_measures_do_not_ask(visitor: Client) -> None:
    assert "Will it fit?" not in visitor.get("/en/p/brass-lamp/").content.decode()
    assert "Will it fit?" in visitor.get("/en/p/fonn-wool-blanket/").content.decode()
