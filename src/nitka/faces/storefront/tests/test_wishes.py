"""/<language>/wishes/: hearts, lists, sharing, and that pages stay the same for everybody"""

import html
import re

import pytest
from django.conf import settings
from django.test import Client

from nitka.faces.storefront.tests import makers
from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.growth.wishes.models import Wish, WishList
from nitka.shelf.catalog import queries as catalog

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def product(handle: str) -> str:
    found = catalog.product_by_handle(handle)
    assert found
    return str(found)


def lists(client: Client) -> str:
    return html.unescape(client.get("/en/wishes/").content.decode())


def settle(client: Client, what: str, **more: str) -> str:
    row = WishList.objects.get()
    answer = client.post("/en/wishes/settle", {"list": str(row.id), "what": what, **more})
    assert answer.status_code == 303, answer.content.decode()[:300]
    return WishList.objects.get().share_token or "" if WishList.objects.exists() else ""


def test_a_heart_without_javascript_leads_to_the_list_where_the_thing_is(visitor: Client) -> None:
    page = visitor.get("/en/p/brass-lamp/").content.decode()
    assert 'formaction="/en/wishes/put"' in page and f'value="{product("brass-lamp")}"' in page
    answer = visitor.post("/en/wishes/put", {"product": product("brass-lamp")})
    assert (answer.status_code, answer["Location"]) == (303, "/en/wishes/")
    text = lists(visitor)
    assert "Brass lamp" in text and "Nothing wished for yet" not in text and 'name="robots" content="noindex' in text


def test_hearts_are_asked_for_apart_and_the_page_says_nothing_of_them(visitor: Client) -> None:
    lamp = product("brass-lamp")
    before = visitor.get("/en/p/brass-lamp/").content
    answer = visitor.post("/en/wishes/put", {"product": lamp}, headers=JSON)
    assert answer.json() == {"wished": True, "error": ""}
    secret, hint = answer.cookies[settings.NITKA_WISHES_COOKIE], answer.cookies["nitka_wished"]
    assert secret["httponly"] and not hint["httponly"] and hint.value == "1"
    mine = visitor.get("/en/wishes/mine")
    assert mine.json()["products"] == [lamp] and mine["Cache-Control"] == "no-store"
    assert Client().get("/en/wishes/mine").json()["products"] == []
    after = visitor.get("/en/p/brass-lamp/").content
    nonce = rb"[0-9a-f]{8}-[0-9a-f-]{27}"  # ids of events differ from page to page
    assert re.sub(nonce, b"", before) == re.sub(nonce, b"", after)
    visitor.post("/en/wishes/put", {"product": lamp, "off": "1"}, headers=JSON)
    assert visitor.get("/en/wishes/mine").json()["products"] == []


def test_the_variant_that_was_chosen_goes_along(visitor: Client, shop: makers.Shop) -> None:
    blanket = shop.variants[next(sku for sku in shop.variants if "CLAY" in sku.upper())]
    own = str(catalog.products_of_variants([blanket]).popitem()[1])
    visitor.post("/en/wishes/put", {"product": own, "variant": blanket})
    assert str(Wish.objects.get().variant_id) == blanket
    assert "Clay" in lists(visitor) and f'value="{blanket}"' in lists(visitor)


def test_a_shared_list_is_read_by_a_stranger_and_changed_by_nobody_else(visitor: Client) -> None:
    visitor.post("/en/wishes/put", {"product": product("stone-cup")})
    token = settle(visitor, "share")
    stranger = Client()
    answer = stranger.get(f"/en/wishes/shared/{token}")
    text = answer.content.decode()
    assert "Stone cup" in text and answer["X-Robots-Tag"] == "noindex" and "wishes/change" not in text
    row = WishList.objects.get()
    assert stranger.post("/en/wishes/settle", {"list": str(row.id), "what": "drop"}).status_code == 404
    settle(visitor, "unshare")
    assert stranger.get(f"/en/wishes/shared/{token}").status_code == 404


def test_a_note_a_new_list_and_all_of_it_into_the_cart(visitor: Client) -> None:
    visitor.post("/en/wishes/put", {"product": product("stone-cup")})
    wish = Wish.objects.get()
    visitor.post("/en/wishes/change", {"wish": str(wish.id), "note": "two <b>", "to": "new", "name": "For the flat"})
    page = visitor.get("/en/wishes/").content.decode()
    assert "For the flat" in page and "two &lt;b&gt;" in page
    target = WishList.objects.get(name="For the flat")
    answer = visitor.post("/en/wishes/buy", {"list": str(target.id)})
    assert (answer.status_code, answer["Location"]) == (303, "/en/cart")
    assert "Stone cup" in visitor.get("/en/cart").content.decode()


def test_what_needs_a_choice_is_named_and_not_bought(visitor: Client, shop: makers.Shop) -> None:
    blanket = next(each for sku, each in shop.variants.items() if "CLAY" in sku.upper())
    own = str(catalog.products_of_variants([blanket]).popitem()[1])
    visitor.post("/en/wishes/put", {"product": own})
    answer = visitor.post("/en/wishes/buy", {"list": str(WishList.objects.get().id)})
    assert answer.status_code == 200 and "Choose first" in answer.content.decode()


def test_refusals_are_told_in_words(visitor: Client) -> None:
    nothing = visitor.post("/en/wishes/put", {"product": "no id"}, headers=JSON)
    assert nothing.status_code == 422 and nothing.json()["error"]
    visitor.post("/en/wishes/put", {"product": product("stone-cup")})
    row = WishList.objects.get()
    refused = visitor.post("/en/wishes/settle", {"list": str(row.id), "what": "news"})
    assert refused.status_code == 422 and "Sign in first" in refused.content.decode()
    assert visitor.get("/en/wishes/leave?token=x").status_code == 200


def test_at_sign_in_the_list_is_the_accounts_and_at_sign_out_the_screen_forgets_it(visitor: Client) -> None:
    visitor.post("/en/wishes/put", {"product": product("stone-cup")})
    secret = visitor.cookies[settings.NITKA_WISHES_COOKIE].value
    sign_in(visitor)
    assert visitor.get("/en/wishes/mine").json()["products"] == [product("stone-cup")]
    assert WishList.objects.get().customer_id and visitor.cookies["nitka_wished"].value == "1"
    settle(visitor, "news")
    assert WishList.objects.get().tells
    thief = Client()
    thief.cookies[settings.NITKA_WISHES_COOKIE] = secret
    assert thief.get("/en/wishes/mine").json()["products"] == []
    visitor.post("/en/account/sign-out")
    assert visitor.get("/en/wishes/mine").json()["products"] == []
