"""Stock and prices in tables."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.faces.backoffice.tests import makers
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps() -> list[UUID]:
    makers.a_shop()
    return makers.goods_on_shelf(3)


def body(variant: UUID, count: str, was: str) -> dict[str, str]:
    key = f"{variant}:gdansk"
    return {f"count.{key}": count, f"was.{key}": was, f"sku.{key}": "LAMP", "back": "/back/stock/"}


def test_the_warehouse_counts_and_it_is_written_down(lamps: list[UUID]) -> None:
    answer = makers.signed_in("warehouse").post("/back/stock/save", body(lamps[0], "12", "50"))
    assert answer["Location"] == "/back/stock/"
    assert stock.levels(lamps)[lamps[0]][0].on_hand == 12
    assert makers.audit("stock.count") == ["LAMP"]


def test_an_agent_may_not_count(lamps: list[UUID]) -> None:
    assert makers.signed_in("agent").post("/back/stock/save", body(lamps[0], "12", "50")).status_code == 403


def test_stock_that_moved_while_looking_is_not_overwritten(lamps: list[UUID]) -> None:
    inventory.adjust_stock(variant_id=lamps[0], location="gdansk", by=-1, reason="broken")
    client = makers.signed_in()
    client.post("/back/stock/save", body(lamps[0], "12", "50"))
    assert stock.levels(lamps)[lamps[0]][0].on_hand == 49
    assert "moved while you were looking" in client.get("/back/stock/").content.decode()


@pytest.mark.parametrize("text", ["-1", "many", "1.5", "99999999999"])
def test_what_is_no_count_is_refused(lamps: list[UUID], text: str) -> None:
    client = makers.signed_in()
    client.post("/back/stock/save", body(lamps[0], text, "50"))
    assert stock.levels(lamps)[lamps[0]][0].on_hand == 50 and makers.audit("stock.count") == []


def test_low_and_sold_out_are_tabs(lamps: list[UUID]) -> None:
    inventory.set_stock(levels=[(lamps[0], "gdansk", 3), (lamps[1], "gdansk", 0)])
    client = makers.signed_in()
    low, out = (client.get(f"/back/stock/?show={tab}").content.decode() for tab in ("low", "out"))
    assert str(lamps[0]) in low and str(lamps[1]) not in low
    assert str(lamps[1]) in out and str(lamps[2]) not in out


def test_it_asks_no_more_for_many_levels_than_for_one() -> None:
    makers.a_shop()
    client = makers.signed_in()
    makers.goods_on_shelf(1, handle="one")
    client.get("/back/stock/")
    with CaptureQueriesContext(connection) as one:
        client.get("/back/stock/")
    makers.goods_on_shelf(49, handle="many")
    with CaptureQueriesContext(connection) as fifty:
        client.get("/back/stock/")
    assert len(fifty) <= len(one) <= 10


def test_the_csv_of_stock_holds_sku_and_numbers(lamps: list[UUID]) -> None:
    text = b"".join(makers.signed_in().get("/back/stock/stock.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "lamp-0,Lamp,gdansk,50,0,50" in text


def test_prices_of_many_products_are_saved_in_one_grid(lamps: list[UUID]) -> None:
    client = makers.signed_in()
    assert "price." in client.get("/back/prices/").content.decode()
    keys = [f"{lamp}:no" for lamp in lamps[:2]]
    posted = {f"price.{key}": "599" for key in keys} | {f"was.price.{key}": "49.00" for key in keys}
    client.post("/back/prices/save", posted | {"back": "/back/prices/"})
    found = pricing.prices(lamps, "no")
    assert [found[lamp].minor for lamp in lamps] == [59900, 59900, 4900]
    assert len(makers.audit("prices.set")) == 1


def test_an_empty_price_takes_the_variant_out_of_the_market(lamps: list[UUID]) -> None:
    key = f"{lamps[0]}:no"
    makers.signed_in().post("/back/prices/save", {f"price.{key}": "", f"was.price.{key}": "49.00", "back": "/back/"})
    assert lamps[0] not in pricing.prices(lamps, "no")


def test_the_warehouse_may_not_set_prices(lamps: list[UUID]) -> None:
    assert makers.signed_in("warehouse").post("/back/prices/save").status_code == 403
