"""Price lists, taxes and currencies as the merchant keeps them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import actions
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    makers.a_shop()
    return makers.signed_in()


def test_every_page_opens(client: Client) -> None:
    for path in (
        "price-lists/",
        "price-lists/new/",
        "price-lists/new/?kind=sale",
        "taxes/",
        "taxes/?country=US",
        "currencies/",
    ):
        assert client.get(f"/back/settings/{path}").status_code == 200, path


def test_a_sale_is_made_with_pasted_lines_and_changed(client: Client) -> None:
    variant = makers.goods_on_shelf()[0]
    sku = catalog.variants([variant])[variant].sku
    before = pricing.base_prices([variant])[variant]["eu"].minor
    posted = {"name": "Spring sale", "kind": "sale", "market": "eu", "active": "1", "prices": f"{sku}; 1; 1.50"}
    assert client.post("/back/settings/price-lists/new/", posted).status_code in (302, 303)
    view = pricing.prices([variant], "eu")[variant]
    assert (view.minor, view.compare_at_minor, view.lowest_30_days_minor) == (150, before, before)
    assert pricing.base_prices([variant])[variant]["eu"].minor == before
    page = client.get("/back/settings/price-lists/spring-sale/").content.decode()
    assert f"{sku}; 1; 1.50" in page
    client.post("/back/settings/price-lists/spring-sale/", posted | {"prices": f"{sku}\t1,40"})
    assert pricing.prices([variant], "eu")[variant].minor == 140
    client.post("/back/settings/price-lists/spring-sale/drop")
    assert pricing.prices([variant], "eu")[variant].minor == before
    assert len(makers.audit("price_list.put")) == 2


@pytest.mark.parametrize("line", ["NOBODY; 1; 1.50", "only one cell", "{sku}; 0; 1.50", "{sku}; 1; much"])
def test_a_line_that_is_no_price_is_refused_and_stays_on_the_page(client: Client, line: str) -> None:
    variant = makers.goods_on_shelf()[0]
    text = line.format(sku=catalog.variants([variant])[variant].sku)
    posted = {"name": "Spring", "kind": "sale", "market": "eu", "active": "1", "prices": text}
    answer = client.post("/back/settings/price-lists/new/", posted)
    assert answer.status_code == 200
    assert text in answer.content.decode()
    assert not pricing.list_rows().exists()


def test_registrations_and_rates_are_kept(client: Client) -> None:
    client.post("/back/settings/taxes/places", {"kind": "home", "country": "PL", "from": "2020-01-01"})
    (place,) = pricing.tax_place_rows()
    assert (place.kind, place.country) == ("home", "PL")
    client.post(f"/back/settings/taxes/places/{place.id}/end")
    client.post(
        "/back/settings/taxes/rates", {"country": "PL", "tax_class": "toys", "rate": "8,5", "valid_from": "2026-01-01"}
    )
    row = pricing.tax_rate_rows().get(tax_class="toys")
    assert row.rate == 8.5
    client.post(f"/back/settings/taxes/rates/{row.id}/drop", {"country": "PL"})
    assert not pricing.tax_rate_rows().filter(tax_class="toys").exists()


def test_the_file_of_rates_goes_out_and_comes_back(client: Client) -> None:
    before = pricing.tax_rate_values()
    answer = client.get("/back/settings/taxes/file")
    text = b"".join(answer.streaming_content)
    client.post("/back/settings/taxes/import", {"file": SimpleUploadedFile("rates.csv", text)})
    assert pricing.tax_rate_values() == before
    assert len(makers.audit("tax.rates")) == 1
    client.post("/back/settings/taxes/import", {"file": SimpleUploadedFile("rates.csv", b"\xff\x00nonsense")})
    assert len(makers.audit("tax.rates")) == 1


def test_a_market_is_converted_by_a_rate_of_hand(client: Client) -> None:
    variant = makers.goods_on_shelf()[0]
    actions.set_prices(prices=[(variant, "ru", None, None)])
    client.post("/back/settings/currencies/rates", {"base": "EUR", "currency": "RUB", "rate": "95,5"})
    client.post(
        "/back/settings/currencies/ru/conversion", {"converted_from": "eu", "source": "fixed", "step": "10", "less": ""}
    )
    assert pricing.prices([variant], "ru")[variant].minor % 1000 == 0
    client.post("/back/settings/currencies/rates", {"base": "EUR", "currency": "RUB", "rate": "much"})
    client.post(
        "/back/settings/currencies/eu/rules",
        {"tax_display": "gross", "rounding": "unit", "prior_days": "0", "untaxed": "as_shown"},
    )
    row = pricing.market_rows().get(code="eu")
    assert (row.rounding, row.prior_days, row.untaxed) == ("unit", 0, "as_shown")
