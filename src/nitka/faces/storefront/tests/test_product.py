"""GET /<language>/p/<slug>/"""

import json
import re

import pytest
from django.test import Client

from nitka.faces.storefront.tests.makers import Shop, address, forget

pytestmark = pytest.mark.django_db
BLANKET = "/en/p/fonn-wool-blanket/"


def page(client: Client, path: str = BLANKET) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def chosen(text: str) -> str:
    return re.search(r'<input type="hidden" name="variant" value="([^"]*)">', text)[1]


def test_it_says_what_it_is_and_costs(visitor: Client) -> None:
    text = page(visitor)
    assert "<h1>Fonn wool blanket</h1>" in text
    assert '<span class="now">€129.00</span>' in text
    assert "€159.00" in text
    assert "Woven slowly." in text
    assert "In stock" in text


def test_a_form_puts_the_chosen_variant_into_the_cart_without_javascript(visitor: Client, shop: Shop) -> None:
    text = page(visitor)
    assert chosen(text) == shop.variants["FONN-CLAY-SMALL"]
    assert '<form class="buy" method="post" action="/en/cart/add"' in text
    assert '<input name="quantity" type="number" value="1"' in text


def test_every_variant_can_be_reached_by_links(visitor: Client, shop: Shop) -> None:
    seen, todo = set(), [BLANKET]
    while todo:
        path = todo.pop()
        text = page(visitor, path)
        if chosen(text) not in seen:
            seen.add(chosen(text))
            todo += [BLANKET + href for href in re.findall(r'<a href="(\?variant=[^"]*)"', text)]
    assert seen == {id_ for sku, id_ in shop.variants.items() if sku.startswith("FONN")}


def test_what_is_sold_out_says_so_and_cannot_be_put_into_the_cart(visitor: Client) -> None:
    text = page(visitor, BLANKET + "?variant=FONN-SAND-LARGE")
    assert "Sold out for now" in text
    assert re.search(r'<button class="button"[^>]*data-part="button"[^>]* disabled>Sold out<', text)
    assert "Only a few left" in page(visitor, BLANKET + "?variant=FONN-CLAY-LARGE")


def test_it_promises_a_day_and_names_the_price_of_delivery(visitor: Client) -> None:
    text = page(visitor)
    assert re.search(r"Arrives <b>\w+day \d", text)
    assert re.search(r"Delivery €\d|Free delivery", text)


def test_measures_are_in_the_customers_units(visitor: Client) -> None:
    assert "140 cm" in page(visitor)
    visitor.cookies["nitka_prefs"] = "us.imperial"
    text = page(visitor)
    assert "55″" in text
    assert "139.00" in text


def test_the_address_follows_the_language(visitor: Client) -> None:
    answer = visitor.get("/pl/p/fonn-wool-blanket/")
    assert (answer.status_code, answer["Location"]) == (301, "/pl/p/koc-welniany-fonn/")
    text = page(visitor, "/pl/p/koc-welniany-fonn/")
    assert "Koc wełniany Fonn" in text
    assert '<a href="/en/p/fonn-wool-blanket/" hreflang="en"' in text
    assert f'rel="canonical" href="{address("/pl/p/koc-welniany-fonn/")}"' in text


def test_search_engines_read_offers_and_the_way_here(visitor: Client) -> None:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(visitor))
    product, trail = (json.loads(each) for each in blocks)
    assert product["@type"] == "ProductGroup"
    offers = [each["offers"] for each in product["hasVariant"]]
    assert {(o["price"], o["priceCurrency"]) for o in offers} == {("129.00", "EUR")}
    assert sum(o["availability"].endswith("OutOfStock") for o in offers) == 1
    assert [step["name"] for step in trail["itemListElement"]] == ["Home", "Textiles", "Fonn wool blanket"]


def test_texts_of_the_catalogue_bring_no_script(visitor: Client) -> None:
    assert "alert(1)" not in page(visitor)


@pytest.mark.parametrize("variant", ["", "none", "'\"<script>"])
def test_an_unknown_variant_shows_the_first_that_can_be_had(visitor: Client, shop: Shop, variant: str) -> None:
    assert chosen(page(visitor, f"{BLANKET}?variant={variant}")) == shop.variants["FONN-CLAY-SMALL"]


def test_an_unknown_product_is_no_page(visitor: Client) -> None:
    answer = visitor.get("/en/p/nothing/")
    assert answer.status_code == 404
    assert "come loose" in answer.content.decode()


def test_it_asks_little(visitor: Client, django_assert_max_num_queries) -> None:
    forget()
    with django_assert_max_num_queries(10):
        visitor.get(BLANKET)
    with django_assert_max_num_queries(3):
        visitor.get(BLANKET)
