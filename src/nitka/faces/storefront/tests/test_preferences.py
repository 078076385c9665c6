"""POST /<language>/preferences"""

import pytest
from django.test import Client

from nitka.faces.storefront.tests.makers import address

pytestmark = pytest.mark.django_db


def choose(client: Client, referer: str = "", **fields: str):
    headers = {"Referer": referer} if referer else {}
    return client.post("/en/preferences", fields, headers=headers)


def test_market_and_units_are_remembered_and_used(visitor: Client) -> None:
    answer = choose(visitor, "http://testserver/en/p/stone-cup/", market="us", units="imperial")
    assert (answer.status_code, answer["Location"]) == (302, "/en/p/stone-cup/")
    assert visitor.cookies["nitka_prefs"].value == "us.imperial"
    assert visitor.cookies["nitka_prefs"]["httponly"]
    assert "27.00" in visitor.get("/en/p/stone-cup/").content.decode()


def test_another_language_leads_to_the_same_page_in_it(visitor: Client) -> None:
    answer = choose(visitor, language="pl", next="/en/search?q=koc")
    assert answer["Location"] == "/pl/search?q=koc"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", "https:///evil.example", "\\\\evil", ""],
)
def test_it_never_leads_away(visitor: Client, target: str) -> None:
    assert choose(visitor, next=target, market="eu")["Location"] == "/en/"


def test_night_is_kept_until_it_is_day_again(visitor: Client) -> None:
    choose(visitor, theme="dark")
    assert 'data-theme="dark"' in visitor.get("/en/").content.decode()
    choose(visitor, theme="")
    assert "data-theme" not in visitor.get("/en/").content.decode().split("<head>")[0]


def test_nonsense_changes_nothing(visitor: Client) -> None:
    choose(visitor, market="atlantis", units="furlongs", theme="pink", language="xx")
    assert visitor.cookies["nitka_prefs"].value == "eu.metric"
    assert visitor.get("/en/preferences").status_code == 405


def test_another_site_cannot_choose(visitor: Client) -> None:
    answer = visitor.post("/en/preferences", {"market": "us"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_an_address_may_name_the_market_and_it_stays_for_the_pages_after(visitor: Client) -> None:
    page = visitor.get("/en/p/stone-cup/?market=us").content.decode()
    assert "$27.00" in page and '<option value="us" selected' in page
    assert f'rel="canonical" href="{address("/en/p/stone-cup/")}"' in page
    assert visitor.cookies["nitka_prefs"].value == "us.imperial"
    assert "$27.00" in visitor.get("/en/p/stone-cup/").content.decode()


def test_an_address_names_no_market_for_nonsense_and_for_whoever_fills_a_cart(visitor: Client) -> None:
    for market in ("atlantis", "", "us'"):
        assert "$27.00" not in visitor.get("/en/p/stone-cup/", {"market": market}).content.decode()
    visitor.cookies["nitka_cart"] = "a-cart-that-is-priced-in-euro"
    assert "$27.00" not in visitor.get("/en/p/stone-cup/?market=us").content.decode()
    assert "nitka_prefs" not in visitor.cookies
