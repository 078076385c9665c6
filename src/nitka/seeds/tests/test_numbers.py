"""Codes, checksums, prices and references of the demo shop hold together."""

from decimal import Decimal

import pytest
from stdnum import bic, ean, iban
from stdnum.pl import nip

from nitka.seeds import files

MARKETS = {market["code"]: market for market in files.read("shop.json")["markets"]}
HANDLES = {product["handle"] for product in files.products()}


def test_there_are_twenty_six_products_in_six_categories() -> None:
    assert len(files.products()) == 26
    shelves = [product["category"] for product in files.products()]
    assert {shelves.count(category["handle"]) for category in files.read("categories.json")} == {4, 5}


def test_every_maker_has_a_story_and_goods() -> None:
    makers = [maker["name"] for maker in files.read("makers.json")]
    assert sorted(makers) == sorted({product["brand"] for product in files.products()})


def test_every_gtin_is_valid_used_once_and_of_the_prefix_that_gs1_keeps_for_demonstrations() -> None:
    gtins = [variant["gtin"] for product in files.products() for variant in product["variants"]]
    assert len(set(gtins)) == len(gtins)
    assert all(ean.is_valid(gtin) and gtin.startswith("952") for gtin in gtins)


def test_every_sku_is_used_once() -> None:
    skus = [variant["sku"] for product in files.products() for variant in product["variants"]]
    assert len(set(skus)) == len(skus)
    assert all(sku.isascii() for sku in skus)


def test_the_shops_own_numbers_have_valid_check_digits() -> None:
    shop = files.read("shop.json")["settings"]
    assert iban.is_valid(shop["iban"])
    assert bic.is_valid(shop["bic"])
    assert nip.is_valid(shop["vat_number"].removeprefix("PL"))


@pytest.mark.parametrize("product", files.products(), ids=lambda product: product["handle"])
def test_every_variant_is_priced_in_all_markets_and_has_its_options(product: dict) -> None:
    for variant in product["variants"]:
        assert variant["prices"].keys() == MARKETS.keys()
        assert all(price["minor"] > 0 for price in variant["prices"].values())
        assert all(price.get("compare_at_minor", 10**12) > price["minor"] for price in variant["prices"].values())
        assert list(variant["options"]) == product["options"]
        assert all(value in files.options()[code]["values"] for code, value in variant["options"].items())
        assert variant["weight_g"] > 0
        assert min(variant["dimensions_mm"]) > 0
        assert set(variant["stock"]) == {place["code"] for place in files.read("shop.json")["locations"]}
    assert 1 <= len(product["variants"]) <= 6
    chosen = [tuple(variant["options"].values()) for variant in product["variants"]]
    assert len(set(chosen)) == len(chosen)


@pytest.mark.parametrize("product", files.products(), ids=lambda product: product["handle"])
def test_a_dearer_variant_is_dearer_everywhere(product: dict) -> None:
    for one in product["variants"]:
        for other in product["variants"]:
            if one["prices"]["eu"]["minor"] < other["prices"]["eu"]["minor"]:
                assert all(one["prices"][code]["minor"] < other["prices"][code]["minor"] for code in MARKETS)


@pytest.mark.parametrize("product", files.products(), ids=lambda product: product["handle"])
def test_attributes_are_known_and_typed(product: dict) -> None:
    category = next(each for each in files.read("categories.json") if each["handle"] == product["category"])
    for code, value in product["attributes"].items():
        attribute = files.attributes()[code]
        assert code in category["attributes"]
        kinds = {"text": str, "number": (int, float), "boolean": bool, "choice": (str, list)}
        assert isinstance(value, kinds[attribute["kind"]])
        if attribute["kind"] == "choice":
            assert ({value} if isinstance(value, str) else {*value}) <= attribute["choices"].keys()
    assert product["attributes"]["care"] in files.read("care.json")["guides"]


@pytest.mark.parametrize("product", files.products(), ids=lambda product: product["handle"])
def test_related_products_and_collections_exist(product: dict) -> None:
    for kind in ("related", "goes_with"):
        assert product[kind]
        assert set(product[kind]) <= HANDLES - {product["handle"]}
    assert set(product["collections"]) <= {each["handle"] for each in files.read("collections.json")}


def test_what_is_sold_by_measure_says_its_unit() -> None:
    by_measure = {product["handle"] for product in files.products() if any("unit" in v for v in product["variants"])}
    assert by_measure == {"lin", "voks", "sape"}
    for handle in by_measure:
        assert all(Decimal(variant["unit_quantity"]) > 0 for variant in files.product(handle)["variants"])


def test_every_country_of_a_market_has_a_standard_rate() -> None:
    rated = {each["country"] for each in files.read("tax_rates.json")["rates"] if each["tax_class"] == "standard"}
    assert {country for market in MARKETS.values() for country in market["countries"]} <= rated


def test_every_market_can_be_delivered_to() -> None:
    options = files.read("delivery.json")
    codes = ["same_day", "next_day", "two_days", "ten_days", "pickup_point", "carried_in"]
    assert [option["code"] for option in options] == codes
    (everywhere,) = [option for option in options if not option["countries"]]
    assert everywhere["prices"].keys() == MARKETS.keys()
    assert all(option["free_from"].keys() <= option["prices"].keys() for option in options)
