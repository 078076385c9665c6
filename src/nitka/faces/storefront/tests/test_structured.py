"""What pages tell search engines, held against schema.org's own definitions and what Google asks"""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from nitka.faces.storefront import pictures, structured
from nitka.faces.storefront.tests import makers
from nitka.faces.storefront.tests.makers import address, index_again
from nitka.ground import clock
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as policies
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import PriceDraft, ProductDraft, VariantDraft
from nitka.shelf.content import actions as content
from nitka.shelf.content import queries as shop_queries
from nitka.shelf.pricing import actions as pricing
from tests.vocabulary.listings import all_faults, documents, nodes

pytestmark = pytest.mark.django_db
BLANKET = "/en/p/fonn-wool-blanket/"
PAGES = ["/en/", "/pl/", "/en/c/textiles/", BLANKET, "/pl/p/koc-welniany-fonn/", "/en/p/brass-lamp/",
         "/en/article/wool/", "/en/makers/fonn/", "/en/help/delivery/"]  # fmt: skip


def told(client: Client, path: str, kind: str) -> dict[str, Any]:
    """The first thing of that type on a page."""
    text = client.get(path).content.decode()
    return next(each for part in documents(text) for each in nodes(part) if each["@type"] == kind)


@pytest.mark.parametrize("path", PAGES)
def test_it_is_what_schema_org_defines_and_google_asks_for(visitor: Client, path: str) -> None:
    text = visitor.get(path).content.decode()
    assert all_faults(text) == []
    assert documents(text)


def test_a_product_in_variants_is_a_group_of_offers(visitor: Client) -> None:
    group = told(visitor, BLANKET, "ProductGroup")
    assert group["variesBy"] == ["https://schema.org/color", "https://schema.org/size"]
    by_sku = {each["sku"]: each for each in group["hasVariant"]}
    clay, gone = by_sku["FONN-CLAY-SMALL"], by_sku["FONN-SAND-LARGE"]
    assert (clay["color"], clay["size"], clay["offers"]["price"]) == ("Clay", "130 × 170 cm", "129.00")
    assert clay["offers"]["priceSpecification"]["price"] == "159.00"
    assert clay["offers"]["url"] == address(f"{BLANKET}?variant=FONN-CLAY-SMALL")
    assert clay["weight"] == {"@type": "QuantitativeValue", "value": 1400, "unitCode": "GRM"}
    assert gone["offers"]["availability"] == "https://schema.org/OutOfStock"


def test_an_offer_says_what_delivery_costs_and_how_long_it_takes(visitor: Client) -> None:
    sent = told(visitor, "/en/p/brass-lamp/", "OfferShippingDetails")
    assert sent["shippingRate"]["currency"] == "EUR"
    assert sent["shippingDestination"]["addressCountry"] == "DE"
    time = sent["deliveryTime"]
    assert time["handlingTime"]["maxValue"] >= 0
    assert 0 < time["transitTime"]["minValue"] <= time["transitTime"]["maxValue"]


def test_an_offer_says_how_it_goes_back_as_the_policies_have_it(visitor: Client) -> None:
    content.set_shop(country="PL")
    shop_queries.forget()
    policy = told(visitor, BLANKET, "MerchantReturnPolicy")
    assert (policy["merchantReturnDays"], policy["returnPolicyCountry"]) == (30, "PL")
    returns.put_policy(rule=policies.Rule(
        kind="return", name="Textiles", categories=("textiles",), window_days=14, way_back="shopper"
    ))  # fmt: skip
    returns.put_policy(rule=policies.Rule(kind="return", name="The rest stays", position=1, allowed=False))
    policies.forget()
    told_now = told(visitor, BLANKET, "MerchantReturnPolicy")
    assert told_now["merchantReturnDays"] == 14
    assert told_now["returnFees"] == "https://schema.org/ReturnFeesCustomerResponsibility"
    cup = told(visitor, "/en/p/stone-cup/", "MerchantReturnPolicy")
    assert cup["returnPolicyCategory"] == "https://schema.org/MerchantReturnNotPermitted"


def test_the_front_page_says_whose_shop_it_is_and_how_it_is_searched(visitor: Client) -> None:
    shop = told(visitor, "/en/", "OnlineStore")
    assert (shop["name"], shop["legalName"]) == ("Tråd", "Tråd sp. z o.o.")
    assert shop["address"]["streetAddress"] == "ul. Długa 1"
    assert shop["logo"] == address("/icon-512.png"), "a shop without a logo is known by its icon"
    search = told(visitor, "/en/", "SearchAction")
    assert search["target"]["urlTemplate"] == address("/en/search?q={search_term_string}")


def test_no_text_ends_the_block_it_stands_in() -> None:
    text = str(structured.block({"@type": "Thing", "name": "</script><b>&"}))
    assert text.count("<") == 2 and "\\u003c/script" in text


def test_questions_and_answers_are_an_faq_page() -> None:
    made = str(structured.faq([("How long?", "<p>Two days.</p>")]))
    assert all_faults(made) == []


def test_a_price_of_a_sale_that_ends_is_said_to_hold_until_its_last_day(visitor: Client) -> None:
    clay = catalog.variant_ids_by_sku(["FONN-CLAY-SMALL"])["FONN-CLAY-SMALL"]
    assert "priceValidUntil" not in visitor.get(BLANKET).content.decode(), "reduced, and nobody knows until when"
    sale = pricing.put_list(
        name="Autumn", market="eu", kind="sale", starts_at=clock.now() - timedelta(days=1),
        ends_at=clock.now().replace(hour=0, minute=0, second=0) + timedelta(days=6),
    )  # fmt: skip
    pricing.set_list_prices(list_id=sale, prices=[(clay, 1, 9900)])
    index_again()
    text = visitor.get(BLANKET).content.decode()
    assert all_faults(text) == []
    offers = {
        each["sku"]: each["offers"]
        for part in documents(text) for each in nodes(part) if each["@type"] == "Product" and "offers" in each
    }  # fmt: skip
    last = (clock.now() + timedelta(days=5)).date().isoformat()
    assert offers["FONN-CLAY-SMALL"]["priceValidUntil"] == last
    assert all("priceValidUntil" not in each for sku, each in offers.items() if sku != "FONN-CLAY-SMALL")


def test_goods_that_are_sold_by_measure_say_what_one_of_it_costs_wherever_their_price_stands(visitor: Client) -> None:
    soap = VariantDraft(
        sku="SOAP", unit="l", unit_quantity=Decimal("0.500"), prices={"eu": PriceDraft(minor=1200)}, stock={"main": 9}
    )
    makers.offer([ProductDraft(handle="soap", title={"en": "Soap"}, category=("tableware",), variants=(soap,))])
    for path in ("/en/p/soap/", "/en/c/tableware/"):
        assert "€24.00 for 1 l" in visitor.get(path).content.decode(), path
    text = visitor.get("/en/p/soap/").content.decode()
    assert all_faults(text) == []
    told_price = told(visitor, "/en/p/soap/", "UnitPriceSpecification")
    assert told_price["price"] == "12.00" and told_price["referenceQuantity"]["unitCode"] == "LTR"
    assert told_price["referenceQuantity"]["value"] == "0.5"
    assert "for 1 " not in visitor.get("/en/c/textiles/").content.decode()


def test_an_article_says_when_it_was_written_and_shows_a_wide_picture(visitor: Client) -> None:
    article = told(visitor, "/en/article/wool/", "Article")
    assert article["datePublished"] <= article["dateModified"]
    text = visitor.get("/en/article/wool/").content.decode()
    (wide,) = re.findall(r'property="og:image" content="([^"]+)"', text)
    assert article["image"][-1] == wide
    assert '<meta property="og:image:type" content="image/jpeg">' in text


def test_engines_are_given_the_largest_file_of_a_picture() -> None:
    image = {"src": "/m/640.webp", "srcset": "/m/320.webp 320w, /m/960.webp 960w, /m/640.webp 640w"}
    assert pictures.largest(image) == "/m/960.webp"
    assert pictures.largest({"src": "/m/only.webp", "srcset": None}) == "/m/only.webp"
