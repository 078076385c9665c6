"""/<language>/cart and its deeds, for a browser without JavaScript and for htmx."""

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nitka.faces.storefront.tests.makers import Shop, more_lamps
from nitka.sale.shipping import actions as shipping
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db
LIVE = {"HX-Request": "true", "HX-Target": "cart-live"}


@pytest.fixture(autouse=True)
def deliveries(shop: Shop) -> None:
    shipping.put_built_in_options()


@pytest.fixture
def filled(visitor: Client, shop: Shop) -> Client:
    """Two blankets and a cup."""
    add(visitor, shop, "FONN-CLAY-SMALL", 2)
    add(visitor, shop, "STONE-CUP")
    return visitor


def add(client: Client, shop: Shop, sku: str, quantity: object = 1, **headers: str):
    return client.post("/en/cart/add", {"variant": shop.variants[sku], "quantity": quantity}, headers=headers)


def page(client: Client, path: str = "/en/cart") -> str:
    return client.get(path).content.decode()


def lines(text: str) -> list[str]:
    return re.findall(r'action="/en/cart/remove"[^>]*><input type="hidden" name="line" value="([^"]+)"', text)


def test_adding_leads_to_the_cart_and_sets_a_cookie_for_thirty_days(visitor: Client, shop: Shop) -> None:
    answer = add(visitor, shop, "FONN-CLAY-SMALL", 2)
    assert (answer.status_code, answer["Location"]) == (303, "/en/cart")
    cookie = answer.cookies["nitka_cart"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 30 * 24 * 3600
    text = page(visitor)
    assert "Fonn wool blanket" in text and "Clay, 130 × 170 cm" in text
    assert "€129.00 each" in text and "€258.00" in text


def test_htmx_is_given_the_drawer_and_the_badge(visitor: Client, shop: Shop) -> None:
    text = add(visitor, shop, "STONE-CUP", 3, **LIVE).content.decode()
    assert "<html" not in text
    assert "data-close" in text and 'hx-target="#cart-live"' in text
    assert 'id="cart-badge"' in text and 'hx-swap-oob="true"' in text and "<b>3</b>" in text


def test_a_browser_on_the_carts_page_is_shown_it_anew_instead_of_a_drawer_over_it(filled: Client) -> None:
    answer = filled.get("/en/cart", headers={**LIVE, "HX-Current-URL": "http://testserver/en/cart?undo"})
    assert answer["HX-Refresh"] == "true"


def test_pieces_are_changed_and_a_line_is_removed_and_put_back(filled: Client) -> None:
    first, _second = lines(page(filled))
    assert filled.post("/en/cart/change", {"line": first, "quantity": 5}).status_code == 303
    assert 'name="quantity" type="number" value="5"' in page(filled)
    gone = filled.post("/en/cart/remove", {"line": first})
    text = page(filled, gone["Location"])
    assert first not in lines(text)
    assert "Fonn wool blanket was taken out." in text
    filled.post("/en/cart/restore", {"line": first})
    assert first in lines(page(filled))


def test_emptying_can_be_undone(filled: Client) -> None:
    text = page(filled, filled.post("/en/cart/empty")["Location"])
    assert "Your cart is empty" in text and "2 lines were taken out." in text
    filled.post("/en/cart/restore-all")
    assert len(lines(page(filled))) == 2


def test_more_than_there_is_becomes_what_there_is_and_says_so(visitor: Client, shop: Shop) -> None:
    answer = add(visitor, shop, "FONN-CLAY-LARGE", 7)
    assert answer.status_code == 200
    assert "Only 3 pieces are left" in answer.content.decode()
    assert 'value="3"' in page(visitor)


@pytest.mark.parametrize("quantity", ["999999999999999999999", "1e9", "-5", "0", "٣", "x", "", "\x00"])
def test_no_number_breaks_it(visitor: Client, shop: Shop, quantity: str) -> None:
    assert add(visitor, shop, "STONE-CUP", quantity).status_code in (200, 303, 409)
    assert visitor.get("/en/cart").status_code == 200


def test_what_is_sold_out_or_unknown_says_so_and_keeps_the_cart(filled: Client, shop: Shop) -> None:
    sold_out = add(filled, shop, "FONN-SAND-LARGE")
    assert sold_out.status_code == 409 and "sold out" in sold_out.content.decode()
    for nonsense in ("x", "", str(uuid4()), "'; drop table checkout_carts; --", "\x00"):
        answer = filled.post("/en/cart/add", {"variant": nonsense})
        assert answer.status_code == 409
        assert len(lines(answer.content.decode())) == 2


def test_nobody_reaches_the_lines_of_another_cart(filled: Client, shop: Shop) -> None:
    theirs = lines(page(filled))[0]
    stranger = Client(headers={"Accept-Language": "en-DE"})
    add(stranger, shop, "STONE-CUP")
    for deed in ("change", "remove", "restore"):
        assert stranger.post(f"/en/cart/{deed}", {"line": theirs, "quantity": 9}).status_code in (409, 404)
    assert theirs in lines(page(filled))


def test_a_token_that_nobody_gave_opens_nothing(shop: Shop) -> None:
    for token in ("x" * 32, "short", '"\\000"', "../../etc/passwd", "a" * 5000):
        client = Client(headers={"Accept-Language": "en-DE"})
        client.cookies["nitka_cart"] = token
        assert client.post("/en/cart/remove", {"line": str(uuid4())}).status_code == 404
        assert client.get("/en/").status_code == client.get("/en/cart").status_code == 200
        added = add(client, shop, "STONE-CUP")
        assert added.cookies["nitka_cart"].value != token


def test_a_price_that_changed_is_shown_with_what_it_was_until_one_has_seen_it(filled: Client, shop: Shop) -> None:
    pricing.set_prices(prices=[(shop.variants["STONE-CUP"], "eu", 1500, None)])
    text = page(filled)
    assert "Cheaper now: it was €17.00 when you last looked." in text and "Some prices changed" in text
    filled.post("/en/cart/accept")
    assert "it was €17.00" not in page(filled)


def test_a_line_that_was_sold_out_meanwhile_keeps_the_way_to_the_checkout_closed(filled: Client, shop: Shop) -> None:
    inventory.set_stock(levels=[(UUID(shop.variants["STONE-CUP"]), "main", 0)])
    text = page(filled)
    assert "This was sold out meanwhile. Remove it to go on." in text
    assert 'href="/en/checkout"' not in text


def test_it_says_what_is_missing_for_free_delivery(visitor: Client, shop: Shop) -> None:
    add(visitor, shop, "STONE-CUP")
    assert "Add goods for €32.00, and delivery is free." in page(visitor)
    add(visitor, shop, "STONE-CUP", 9)
    assert "Delivery is free." in page(visitor)


def test_a_code_is_used_dropped_and_refused_at_its_field(filled: Client) -> None:
    pricing.put_coupon(code="WINTER", kind="percent", value=10)
    assert filled.post("/en/cart/coupon", {"code": "winter"}).status_code == 303
    text = page(filled)
    assert "<b>WINTER</b> saves €27.50" in text and "−€27.50" in text
    filled.post("/en/cart/coupon-drop", {"code": "WINTER"})
    assert "WINTER" not in page(filled)
    wrong = filled.post("/en/cart/coupon", {"code": '"><script>alert(1)</script>'})
    text = wrong.content.decode()
    assert wrong.status_code == 422 and "We do not know this code" in text and "<script>alert" not in text


def test_nobody_puts_things_into_a_cart_a_thousand_times_a_minute(visitor: Client, settings) -> None:
    settings.NITKA_RATE_LIMITS = True
    answers = [visitor.post("/en/cart/add", {"variant": "x"}).status_code for _try in range(245)]
    assert 429 not in answers[:60] and 429 in answers  # the minute may turn on the way


def test_public_codes_are_offered_and_one_that_lacks_something_says_what(filled: Client) -> None:
    from nitka.sale.checkout import queries as carts

    pricing.put_coupon(code="HELLO", kind="amount", value=500, currency="EUR", public=True, label={"en": "Welcome"})
    pricing.put_coupon(code="MUCH", kind="percent", value=20, minimum_minor=100_000, currency="EUR", public=True)
    carts._public_until = (0.0, False)
    text = page(filled)
    assert "<b>Welcome</b> saves €5.00" in text
    assert re.search(r"<b>MUCH</b> <span class=\"why\">Add goods for €\d", text)


def test_sums_are_in_the_custom_of_the_market(shop: Shop) -> None:
    buyer = Client(headers={"Accept-Language": "en-US"})
    add(buyer, shop, "STONE-CUP")
    text = page(buyer)
    assert "$27.00" in text and "Sales tax" in text and "VAT" not in text


def test_a_deeds_address_opened_by_hand_leads_to_the_cart(visitor: Client) -> None:
    for deed in ("add", "change", "remove", "restore", "empty", "restore-all", "coupon", "coupon-drop", "accept"):
        answer = visitor.get(f"/en/cart/{deed}")
        assert (answer.status_code, answer["Location"]) == (302, "/en/cart")


def test_nothing_inline_stands_in_it_and_every_control_has_a_name(filled: Client) -> None:
    for text in (page(filled), filled.get("/en/cart", headers=LIVE).content.decode()):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
        for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", text):
            if 'type="hidden"' not in tag:
                named = re.search(r'\bid="([^"]+)"', tag)
                assert "aria-label=" in tag or (named and f'for="{named[1]}"' in text), tag
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids))


def test_another_site_cannot_fill_the_cart(visitor: Client, shop: Shop) -> None:
    answer = add(visitor, shop, "STONE-CUP", **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_adding_is_lean_and_the_page_asks_no_more_for_more_lines(filled: Client, shop: Shop) -> None:
    with CaptureQueriesContext(connection) as few:
        add(filled, shop, "STONE-CUP")
    assert len(few) <= 8, [each["sql"][:90] for each in few]
    page(filled)
    with CaptureQueriesContext(connection) as two:
        page(filled)
    more_lamps(6)
    skus = [f"LAMP-{n}" for n in range(6)]
    for variant in catalog.variant_ids_by_sku(skus).values():
        filled.post("/en/cart/add", {"variant": str(variant)})
    page(filled)
    with CaptureQueriesContext(connection) as eight:
        page(filled)
    assert len(eight) <= len(two) <= 6, [each["sql"][:90] for each in two]
