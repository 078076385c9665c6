"""/<language>/checkout, as a browser without JavaScript walks it."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nitka.faces.storefront.checkout_form import FIELDS
from nitka.faces.storefront.tests.buying import BUYER, fill, form, hidden, opened, press
from nitka.faces.storefront.tests.makers import Shop, more_lamps
from nitka.people.customers import queries as people
from nitka.sale.orders import queries as orders
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping.built_in import OPTIONS
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import actions as content
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import actions as pricing
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
ORDER = r"/en/order/NK-[0-9A-Z]{4}-[0-9A-Z]{2}\?k="


@pytest.fixture(autouse=True)
def open_for_business(shop: Shop, settings) -> None:
    settings.NITKA_DEMO = True
    shipping.put_built_in_options()
    content.set_shop(iban="PL61109010140000071219812874", bic="WBKPPLPP", country="PL", zone="Europe/Warsaw")


@pytest.fixture
def cup(shop: Shop) -> UUID:
    return UUID(shop.variants["STONE-CUP"])


@pytest.fixture
def buyer(visitor: Client, cup: UUID) -> Client:
    """With a cup in the cart."""
    fill(visitor, cup, 2)
    return visitor


def placed() -> int:
    return orders.order_rows().count()


def test_a_plain_client_buys_in_five_requests(buyer: Client) -> None:
    page = buyer.get("/en/checkout")
    assert page.status_code == 200
    text = opened(buyer)
    assert re.search(r'<input type="radio" name="delivery" value="ten_days" checked', text)
    assert re.search(r"Arrives (between )?\w+day \d", text)
    answer = press(buyer, text)
    assert answer.status_code == 303 and re.match(ORDER, answer["Location"])
    shown = buyer.get(answer["Location"]).content.decode()
    assert "NK-" in shown and "€38.90" in shown and "Payment received" in shown
    assert 'Cart</span><span class="spoken">, empty' in shown


def test_what_was_typed_is_still_there_when_one_comes_back(buyer: Client) -> None:
    opened(buyer)
    text = buyer.get("/en/checkout").content.decode()
    for value in ("max@example.com", "Max Fremd", "Hauptstraße 1", "10115", "Berlin"):
        assert f'value="{value}"' in text


def test_errors_stand_at_their_field_and_on_top_and_nothing_typed_is_lost(buyer: Client) -> None:
    text = opened(buyer)
    answer = press(buyer, text, email="nobody", postcode="1", city="", payment="", note="Second floor")
    text = answer.content.decode()
    assert answer.status_code == 422 and placed() == 0
    assert "4 things need another look" in text and 'id="errors" autofocus' in text
    for field in ("email", "postcode", "city"):
        assert f'href="#f-{field}"' in text
        assert re.search(rf'id="f-{field}"[^>]*aria-invalid="true" aria-describedby="f-{field}-error', text), field
    assert "Choose how you want to pay." in text
    assert 'value="nobody"' in text and "Second floor" in text


def test_before_the_button_nobody_is_told_what_is_still_empty(buyer: Client) -> None:
    text = buyer.post("/en/checkout/update", {"email": "", "country": "DE", "name": "Max"}).content.decode()
    assert 'data-kind="error"' not in text and 'value="Max"' in text


def test_the_country_decides_over_the_fields(buyer: Client) -> None:
    german = opened(buyer)
    assert "Postcode" in german and 'name="region"' not in german
    american = buyer.post("/en/checkout/update", {**BUYER, "country": "US"}).content.decode()
    assert "ZIP code" in american and '<select id="f-region"' in american


def test_a_country_of_another_market_takes_the_cart_there_and_says_so(buyer: Client) -> None:
    before = opened(buyer)
    answer = buyer.post("/en/checkout/update", {**BUYER, "country": "US", "postcode": "10118", "region": "NY",
                                                "city": "New York", "phone": ""})  # fmt: skip
    text = answer.content.decode()
    assert "All prices were changed" in text and "$54.00" in text
    assert answer.cookies["nitka_prefs"].value == "us.metric"
    stale = press(buyer, before)
    assert stale.status_code == 200 and placed() == 0


def test_totals_are_counted_anew_with_delivery_and_payment(buyer: Client) -> None:
    text = opened(buyer, delivery="two_days")
    assert "<b>€42.90</b>" in text and hidden(text)["seen_total"] == "4290"
    assert 'value="two_days" checked' in text


def test_another_delivery_may_be_chosen_with_the_very_press_for_its_total_is_shown(buyer: Client) -> None:
    text = opened(buyer)
    assert 'without-js">, total €42.90<' in text
    answer = press(buyer, text, delivery="two_days")
    assert answer.status_code == 303 and "€42.90" in buyer.get(answer["Location"]).content.decode()


def test_a_delivery_that_got_dearer_is_shown_first(buyer: Client) -> None:
    text = opened(buyer)
    shipping.put_option(**{**next(each for each in OPTIONS if each["code"] == "two_days"), "prices": {"eu": 1890}})
    answer = press(buyer, text, delivery="two_days")
    assert answer.status_code == 422 and placed() == 0
    assert "The total changed from €42.90 to €52.90" in answer.content.decode()


def test_pressing_twice_makes_one_order(buyer: Client, cup: UUID) -> None:
    text = opened(buyer)
    first, second = press(buyer, text), press(buyer, text)
    assert first["Location"] == second["Location"]
    assert placed() == 1 and stock.available([cup])[cup] == 18


def test_the_back_button_after_the_order_leads_to_the_order(buyer: Client) -> None:
    text = opened(buyer)
    first = press(buyer, text)
    again = press(buyer, text, choice="decline", key="another")
    assert again["Location"] == first["Location"] and placed() == 1
    assert buyer.get("/en/checkout")["Location"] == "/en/cart"


def test_a_declined_card_leaves_the_cart_and_the_next_card_works(buyer: Client, cup: UUID) -> None:
    text = opened(buyer)
    declined = press(buyer, text, choice="decline")
    assert declined.status_code == 422
    shown = declined.content.decode()
    assert "The card was declined. Nothing was charged." in shown and 'value="Max Fremd"' in shown
    assert stock.available([cup])[cup] == 20
    # From the fresh page, and from the old one by the back button: both may try another card.
    assert re.match(ORDER, press(buyer, text)["Location"])
    assert placed() == 1


def test_a_challenge_goes_by_the_bank_and_back(buyer: Client) -> None:
    answer = press(buyer, opened(buyer), choice="challenge")
    assert answer.status_code == 303 and answer["Location"].startswith("/demo-bank/")
    bank = buyer.get(answer["Location"], headers={"Referer": "http://testserver/pl/checkout"})
    assert "€38.90" in bank.content.decode().replace("\xa0", "") or "38,90" in bank.content.decode()
    assert bank["Content-Language"] == "en" or 'lang="pl"' in bank.content.decode()
    home = buyer.post(answer["Location"], {"answer": "approve"})
    assert "/return-from-payment?k=" in home["Location"]
    order = buyer.get(home["Location"])
    assert order.status_code == 303 and re.match(ORDER, order["Location"])
    assert "Payment received" in buyer.get(order["Location"]).content.decode()
    assert placed() == 1


def test_a_refused_challenge_leads_back_to_the_checkout(buyer: Client, cup: UUID) -> None:
    answer = press(buyer, opened(buyer), choice="challenge")
    home = buyer.post(answer["Location"], {"answer": "refuse"})
    back = buyer.get(home["Location"])
    assert back["Location"] == "/en/checkout?declined"
    shown = buyer.get(back["Location"]).content.decode()
    assert "The card was declined." in shown and "Stone cup" in shown and 'value="Max Fremd"' in shown
    assert stock.available([cup])[cup] == 20 and placed() == 0


def test_a_late_bank_is_waited_for_and_the_truth_is_shown(buyer: Client) -> None:
    answer = press(buyer, opened(buyer), choice="late")
    waiting = buyer.get(answer["Location"]).content.decode()
    assert "Your payment is being confirmed" in waiting and "data-live=" in waiting
    assert placed() == 0


def test_a_higher_price_is_shown_before_anything_is_ordered(buyer: Client, cup: UUID) -> None:
    text = opened(buyer)
    pricing.set_prices(prices=[(cup, "eu", 1900, None)])
    answer = press(buyer, text)
    shown = answer.content.decode()
    assert answer.status_code == 422 and placed() == 0
    assert "The total changed from €38.90 to €42.90 while you were here." in shown
    assert "Dearer now: it was €17.00" in shown
    assert press(buyer, shown).status_code == 303


def test_a_lower_price_is_simply_paid(buyer: Client, cup: UUID) -> None:
    text = opened(buyer)
    pricing.set_prices(prices=[(cup, "eu", 1600, None)])
    assert press(buyer, text).status_code == 303


def test_a_cart_that_was_changed_in_another_tab_is_looked_at_again(buyer: Client, shop: Shop) -> None:
    text = opened(buyer)
    fill(buyer, shop.variants["BRASS-LAMP"])
    answer = press(buyer, text, note="Ring twice")
    shown = answer.content.decode()
    assert placed() == 0 and "changed in another window" in shown
    assert "Ring twice" in shown and "Brass lamp" in shown


def test_what_sells_out_at_the_last_moment_is_said_kindly(buyer: Client, cup: UUID) -> None:
    text = opened(buyer)
    inventory.set_stock(levels=[(cup, "main", 1)])
    answer = press(buyer, text)
    shown = answer.content.decode()
    assert answer.status_code == 422 and placed() == 0
    assert "Only 1 piece is left." in shown and 'value="Max Fremd"' in shown


def test_without_a_cart_there_is_nothing_to_check_out(visitor: Client, shop: Shop) -> None:
    assert visitor.get("/en/checkout")["Location"] == "/en/cart"
    for deed in ("update", "place"):
        assert visitor.get(f"/en/checkout/{deed}")["Location"] == "/en/checkout"
        answer = visitor.post(f"/en/checkout/{deed}", BUYER)
        assert answer.status_code == 409 and "This cart is gone." in answer.content.decode()


def test_codes_are_used_and_dropped_without_losing_the_form(buyer: Client) -> None:
    pricing.put_coupon(code="WINTER", kind="percent", value=10)
    text = buyer.post("/en/checkout/update", {**BUYER, "code": "winter"}).content.decode()
    assert "<b>WINTER</b> saves €3.40" in text and 'value="Max Fremd"' in text
    text = buyer.post("/en/checkout/update", {**BUYER, "code_drop": "WINTER"}).content.decode()
    assert "<b>WINTER</b>" not in text
    wrong = buyer.post("/en/checkout/update", {**BUYER, "code": "NOPE"})
    assert wrong.status_code == 422 and 'id="f-code-error"' in wrong.content.decode()


def test_a_code_that_was_typed_but_not_used_is_used_by_the_order_button(buyer: Client) -> None:
    pricing.put_coupon(code="WINTER", kind="percent", value=10)
    page = buyer.get(press(buyer, opened(buyer), code="winter")["Location"]).content.decode()
    assert "€35.50" in page and "WINTER" in page


def test_bank_transfer_and_another_invoice_address(buyer: Client) -> None:
    text = opened(buyer)
    office = {"name": "Fremd GmbH", "line1": "Ring 2", "postcode": "50667", "city": "Köln", "country": "DE"}
    billing = {f"billing_{name}": value for name, value in office.items()}
    answer = press(buyer, text, payment="bank_transfer", choice="", other_invoice="1", **billing)
    page = buyer.get(answer["Location"]).content.decode()
    assert "PL61 1090 1014 0000 0712 1981 2874" in page and "<svg" in page
    assert "Fremd GmbH" in page and "Invoice to" in page
    wrong = press(buyer, text, other_invoice="1")
    assert wrong.status_code in (303, 422)


def test_what_one_tells_is_kept_only_if_it_was_told(buyer: Client, cup: UUID) -> None:
    page = buyer.get("/en/checkout").content.decode()
    told = page[page.index("tell-us") :]
    assert not re.search(r'type="checkbox"[^>]*checked', told) and " selected>" not in re.sub(
        r'<option value=""[^>]*>', "", told)  # fmt: skip
    press(buyer, opened(buyer), birthday="1980-04-05", heard_from="friends", newsletter="1", preferred_channel="phone")
    run_jobs()
    me = people.customer_by_email("max@example.com")
    assert me and str(me.birthday) == "1980-04-05" and me.heard_from == "friends" and me.preferred_channel == "phone"
    assert not people.has_consent("max@example.com", "newsletter")  # asked by mail first


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "{{ 7*7 }}", "\x00\x00", "Ω" * 5000, "'; --"])
def test_nothing_that_is_typed_breaks_the_page(buyer: Client, text: str) -> None:
    for deed in ("update", "place"):
        answer = buyer.post(f"/en/checkout/{deed}", {**dict.fromkeys([*FIELDS, "code_drop"], text)})
        assert answer.status_code in (200, 422)
        assert "<script>alert" not in answer.content.decode()
    page = opened(buyer)
    for name in ("seen_total", "key", "version"):
        assert press(buyer, page, **{name: text}).status_code in (200, 303, 422)


def test_a_name_with_markup_is_shown_as_text_on_every_page(buyer: Client) -> None:
    answer = press(buyer, opened(buyer), name="<b>Max</b> & <img src=x onerror=alert(1)>")
    page = buyer.get(answer["Location"]).content.decode()
    assert "<img src=x" not in page and "&lt;b&gt;Max" in page


def test_the_button_says_what_the_law_asks_and_terms_are_beside_it(buyer: Client) -> None:
    content.put_page(
        draft=content.Draft(
            slug="terms", kind="legal", title={"en": "Terms"}, body={"en": "All"}, description={"en": "All"}
        )
    )
    text = buyer.get("/en/checkout").content.decode()
    assert "Order with obligation to pay</button>" in text
    assert 'href="/en/legal/terms/"' in text and 'href="/en/legal/privacy/"' in text


def test_browsers_can_fill_it_and_every_field_has_a_name(buyer: Client) -> None:
    text = buyer.get("/en/checkout").content.decode()
    for token in ("email", "shipping name", "shipping address-line1", "shipping postal-code", "shipping tel",
                  "shipping country"):  # fmt: skip
        assert f'autocomplete="{token}"' in text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", text):
        if not re.search(r'type="(hidden|radio|checkbox)"', tag):
            assert f'for="{re.search(r"id=.([^ ]+)[\"]", tag)[1]}"' in text, tag
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids)) and len(re.findall("<h1", text)) == 1


def test_the_pages_are_never_cached_and_ask_few_queries_for_any_cart(buyer: Client) -> None:
    assert "no-store" in buyer.get("/en/checkout")["Cache-Control"]
    opened(buyer)
    with CaptureQueriesContext(connection) as one:
        buyer.get("/en/checkout")
    more_lamps(6)
    for variant in catalog.variant_ids_by_sku([f"LAMP-{n}" for n in range(6)]).values():
        fill(buyer, str(variant))
    buyer.get("/en/checkout")
    with CaptureQueriesContext(connection) as seven:
        buyer.get("/en/checkout")
    assert len(seven) <= len(one) <= 6, [each["sql"][:100] for each in one]
    text = opened(buyer)
    with CaptureQueriesContext(connection) as update:
        text = opened(buyer)
    assert len(update) <= 10, [each["sql"][:100] for each in update]
    answer = buyer.post("/en/checkout/place", form(text))
    buyer.get(answer["Location"])
    with CaptureQueriesContext(connection) as order:
        buyer.get(answer["Location"])
    assert len(order) <= 8, [each["sql"][:100] for each in order]


def test_it_buys_in_every_language(shop: Shop, cup: UUID) -> None:
    for language in ("bg", "hy", "nb", "pl", "ru"):
        client = Client(headers={"Accept-Language": "en-DE"})
        client.post(f"/{language}/cart/add", {"variant": cup})
        text = client.post(f"/{language}/checkout/update", BUYER).content.decode()
        answer = client.post(f"/{language}/checkout/place", form(text, email=f"{language}@example.com"))
        assert answer["Location"].startswith(f"/{language}/order/NK-")
        assert client.get(answer["Location"]).status_code == 200
        row = orders.order_rows(search=f"{language}@example.com").get()
        assert row.language == language


def test_a_vat_number_with_a_mistake_says_so_beside_its_field(visitor: Client, shop: Shop) -> None:
    fill(visitor, shop.variants["STONE-CUP"])
    text = opened(visitor, vat_number="DE123")
    assert "This VAT number has a mistake" in text
    assert 'id="f-vat_number-error"' in text or "data-wrong" in text
    assert "This VAT number has a mistake" not in opened(visitor, vat_number="DE136695976")
