"""The options of a product on its page: made by hand, and the variants that are missing."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from nitka.faces.backoffice.option_forms import split_values
from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import ProductSource
from nitka.shelf.catalog.tests import makers as goods
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


@pytest.fixture
def stool() -> UUID:
    put = goods.put_product("stool")
    pricing.set_prices(prices=[(put.variants["STOOL"], market.code, 4900, None) for market in prices.markets()])
    return put.product_id


def source(product_id: UUID) -> ProductSource:
    return catalog.product_source([product_id])[0]


def post(client: Client, product_id: UUID, part: str, body: dict[str, Any]) -> str:
    answer = client.post(f"/back/products/{product_id}/{part}", body)
    if answer.status_code == 422:
        return answer.text  # what was typed stands there again
    assert answer.status_code == 303
    return client.get(f"/back/products/{product_id}/").text


def add_wood(client: Client, product_id: UUID, values: str = "Oak, Ash") -> str:
    return post(client, product_id, "options", {"name.en": "Wood", "name.pl": "Drewno", "more": values})


def values(product_id: UUID, place: int = 0) -> dict[str, dict[str, str]]:
    return {each["code"]: each["name"] for each in source(product_id).options[place]["values"]}


def test_an_option_is_added_and_the_missing_variants_are_made_with_the_prices_of_the_first(stool: UUID) -> None:
    client = makers.signed_in()
    page = add_wood(client, stool)
    assert source(stool).options[0]["name"] == {"en": "Wood", "pl": "Drewno"}
    assert "1 combination has no variant yet." in page and 'value="STOOL-ASH"' in page
    (key,) = re.findall(r'name="make" value="([^"]+)"', page)
    key = key.replace("&#34;", '"')
    page = post(client, stool, "options/variants", {"make": key, f"sku.{key}": "STOOL-A", "priced": "1"})
    made = {each.sku: each for each in source(stool).variants}
    assert made["STOOL"].options == {"wood": "oak"} and made["STOOL-A"].options == {"wood": "ash"}
    assert {price.minor for price in prices.base_prices([made["STOOL-A"].id])[made["STOOL-A"].id].values()} == {4900}
    assert "Missing variants" not in page and "1 variant is made." in page
    assert makers.audit("product.options") == makers.audit("product.variants") == ["stool"]


def test_names_order_and_values_change_and_stock_stays(stool: UUID) -> None:
    lamp = makers.goods_on_shelf(2)
    product_id = catalog.product_by_handle("lamp")
    assert product_id
    body = {
        "option": "size", "name.en": "Length", "name.pl": "Długość", "value": ["s0", "s1"], "place.0": "2",
        "place.1": "1", "text.0.en": "Long", "text.0.pl": "Długa", "text.1.en": "Short", "more": "Middle",
    }  # fmt: skip
    post(makers.signed_in(), product_id, "options", body)
    assert source(product_id).options[0]["name"] == {"en": "Length", "pl": "Długość"}
    assert list(values(product_id)) == ["s1", "s0", "middle"]
    assert values(product_id)["s0"] == {"en": "Long", "pl": "Długa"}
    assert [level.on_hand for levels in stock.levels(lamp).values() for level in levels] == [50, 50]


def test_a_value_on_sale_is_not_taken_away_and_an_archived_one_is(stool: UUID) -> None:
    makers.goods_on_shelf(2)
    product_id = catalog.product_by_handle("lamp")
    assert product_id
    client = makers.signed_in()
    body = {"option": "size", "value": ["s0", "s1"], "gone.1": "1"}
    assert "“Size 1” is on sale as lamp-1." in post(client, product_id, "options", body)
    first, second = source(product_id).variants
    post(client, product_id, "variants", {f"gtin.{first.id}": "", f"active.{first.id}": "1", f"gtin.{second.id}": ""})
    post(client, product_id, "options", body)
    assert list(values(product_id)) == ["s0"]
    # The archived variant is still there, and the variants can still be saved.
    page = post(client, product_id, "variants", {f"gtin.{first.id}": "5901234123457", f"active.{first.id}": "1"})
    assert "The variants are saved." in page and len(source(product_id).variants) == 2


def test_an_order_goes_on_knowing_a_variant_whose_value_was_taken_away() -> None:
    lamp = makers.goods_on_shelf(2)[1]
    order = makers.an_order(lamp)
    product_id = catalog.product_by_handle("lamp")
    assert product_id
    client = makers.signed_in()
    sold = next(each for each in source(product_id).variants if each.id == lamp)
    place = [*values(product_id)].index(sold.options["size"])
    body = {"option": "size", "value": ["s0", "s1"], f"gone.{place}": "1"}
    assert "Take these off sale under Variants first" in post(client, product_id, "options", body)
    post(client, product_id, "variants", {f"gtin.{lamp}": ""})
    post(client, product_id, "options", body)
    assert len(values(product_id)) == 1
    assert [line.variant_id for line in order.lines] == [lamp] and catalog.variants([lamp])[lamp].sku == sold.sku
    assert client.get(f"/back/orders/{order.code}/").status_code == 200


def test_a_known_option_brings_its_values_and_their_languages(stool: UUID) -> None:
    client = makers.signed_in()
    add_wood(client, stool)
    post(client, stool, "options", {
        "option": "wood", "value": ["oak", "ash"], "text.0.en": "Oak", "text.0.pl": "Dąb", "text.1.en": "Ash",
    })  # fmt: skip
    bench, table = goods.put_product("bench").product_id, goods.put_product("table").product_id
    post(client, bench, "options", {"known": "wood", "more": "oak\nElm, dark"})
    assert values(bench) == {"oak": {"en": "Oak", "pl": "Dąb"}, "elm-dark": {"en": "Elm, dark"}}
    post(client, table, "options", {"known": "wood"})
    assert set(values(table)) == {"oak", "ash", "elm-dark"}
    assert source(table).options[0]["name"] == {"en": "Wood", "pl": "Drewno"}


def test_an_option_is_taken_off_when_one_variant_is_left(stool: UUID) -> None:
    client = makers.signed_in()
    add_wood(client, stool)
    post(client, stool, "options/remove", {"option": "wood"})
    assert source(stool).options == () and source(stool).variants[0].options == {}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"name.en": "", "more": "Oak"}, "The option has no name in English."),
        ({"name.en": "Wood", "more": " , "}, "“Wood” has no value."),
        ({"name.en": "Wood", "more": "Oak, oak"}, "“Oak” stands twice in “Wood”."),
        ({"name.en": "Wood", "more": ",".join(map(str, range(201)))}, "These options give 201 combinations"),
        ({"option": "gone"}, "The options were changed meanwhile."),
    ],
)
def test_what_cannot_be_is_said(stool: UUID, body: dict[str, str], words: str) -> None:
    page = post(makers.signed_in(), stool, "options", body)
    assert words.casefold() in page.casefold() and source(stool).options == ()
    assert makers.audit("product.options") == []


@pytest.mark.parametrize("body", [{}, {"make": "{"}, {"make": "1"}, {"make": '["oak"]', 'sku.["oak"]': "X"}])
def test_nothing_is_made_of_nonsense(stool: UUID, body: dict[str, str]) -> None:
    client = makers.signed_in()
    add_wood(client, stool)
    post(client, stool, "options/variants", body)
    assert len(source(stool).variants) == 1


def test_the_warehouse_reads_and_does_not_change(stool: UUID) -> None:
    client = makers.signed_in("warehouse")
    assert "Add an option" not in client.get(f"/back/products/{stool}/").text
    for part in ("options", "options/remove", "options/variants"):
        assert client.post(f"/back/products/{stool}/{part}").status_code == 403


def test_commas_part_one_line_and_belong_to_the_value_in_several() -> None:
    assert split_values(" Oak, Ash ,") == ["Oak", "Ash"]
    assert split_values("42,5\r\n43\r\n\r\n") == ["42,5", "43"]
    assert split_values("") == []


def refused(client: Client, product_id: UUID, part: str, body: dict[str, Any]) -> str:
    answer = client.post(f"/back/products/{product_id}/{part}", body)
    assert answer.status_code == 422 and 'data-kind="error"' in answer.text
    return answer.text


def test_what_was_typed_stands_there_again_after_a_refusal(stool: UUID) -> None:
    client = makers.signed_in()
    page = refused(client, stool, "options", {"name.en": "Wood", "name.pl": "Drewno", "more": "Oak, Oak"})
    assert ">Oak, Oak</textarea>" in page and 'value="Wood"' in page and 'value="Drewno"' in page
    assert re.search(r"<details[^>]* open><summary><strong>Add an option", page)
    add_wood(client, stool, "Oak, Ash, Elm")
    body = {
        "option": "wood", "value": ["oak", "ash", "elm"], "name.en": "Timber", "text.0.en": "Oak", "text.1.en": "Oak",
        "text.2.en": "Elm", "place.0": "3", "place.1": "2", "place.2": "1", "gone.2": "1", "more": "Pine",
    }  # fmt: skip
    page = refused(client, stool, "options", body)
    assert re.search(r'name="text.1.en" value="Oak"', page) and 'name="place.0" value="3"' in page
    assert 'name="gone.2" value="1" checked' in page and ">Pine</textarea>" in page and 'value="Timber"' in page
    assert source(stool).options[0]["name"]["en"] == "Wood"


def test_skus_that_were_typed_stand_there_again_after_a_refusal(stool: UUID) -> None:
    client = makers.signed_in()
    add_wood(client, stool, "Oak, Ash, Elm")
    first, second = '["ash"]', '["elm"]'
    page = refused(
        client, stool, "options/variants", {"make": [first], f"sku.{first}": "STOOL", f"sku.{second}": "MINE-ELM"}
    )
    boxes = dict(re.findall(r'name="make" value="([^"]+)"( checked)?', page))
    assert boxes == {"[&#34;ash&#34;]": " checked", "[&#34;elm&#34;]": ""}
    assert 'value="MINE-ELM"' in page and not re.search(r'name="priced" value="1" checked', page)
