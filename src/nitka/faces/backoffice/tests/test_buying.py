"""Buying, reordering and borders at the screen."""

from datetime import timedelta
from uuid import UUID

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.ground import clock
from nitka.sale.shipping import queries as shipping
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps() -> list[UUID]:
    makers.a_shop()
    return makers.goods_on_shelf(2)


def sku_of(variant: UUID) -> str:
    return catalog.variants([variant])[variant].sku


def a_supplier() -> None:
    inventory.put_supplier(code="kino", name="Kino Wood", country="CN", currency="USD", lead_days=30)


@pytest.mark.parametrize(
    "path",
    ["stock/", "stock/low/", "stock/low/?show=all", "stock/dead/?days=90", "stock/inbound/", "stock/suppliers/",
     "stock/buying/", "settings/customs/"],
)  # fmt: skip
def test_each_page_opens_for_the_owner_empty_and_filled(lamps: list[UUID], path: str) -> None:
    owner = makers.signed_in()
    assert owner.get(f"/back/{path}").status_code == 200
    a_supplier()
    inventory.put_supplier_item(supplier="kino", variant_id=lamps[0], cost_minor=900)
    day = clock.now().date()
    inventory.record_demand(rows=[(lamps[0], day - timedelta(days=7 * n + 1), 9) for n in range(9)])
    inventory.make_forecasts()
    purchase = inventory.draft_purchase(supplier="kino", location="gdansk", lines={lamps[0]: 5})
    inventory.send_purchase(purchase_id=purchase)
    inventory.announce_inbound(purchase_id=purchase, expected_on=day)
    owner.post("/back/settings/customs/standard")
    assert owner.get(f"/back/{path}").status_code == 200


def test_a_purchase_goes_from_a_draft_to_the_shelf(lamps: list[UUID]) -> None:
    owner = makers.signed_in()
    owner.post("/back/stock/suppliers/", {"code": "kino", "name": "Kino", "country": "cn", "currency": "usd",
                                          "lead_days": "30", "language": "en"})  # fmt: skip
    owner.post("/back/stock/suppliers/kino/", {"what": "item", "sku": sku_of(lamps[0]), "cost": "12.50", "pack": "1",
                                               "minimum": "1"})  # fmt: skip
    assert owner.get("/back/stock/suppliers/kino/").status_code == 200
    page = owner.post("/back/stock/buying/new", {"supplier": "kino", "location": "gdansk"})["Location"]
    owner.post(f"{page}change", {"new.sku": sku_of(lamps[0]), "new.pieces": "10"})
    assert "12.5" in owner.get(page).content.decode()
    owner.post(f"{page}do/send")
    owner.post(f"{page}announce", {"expected_on": "2027-01-05", f"pieces.{lamps[0]}": "10", "freight": "20"})
    (shipment,) = stock.inbound()
    assert (shipment.freight_minor, shipment.lines[0].landed_minor) == (2000, 14500)
    assert owner.get(page).status_code == 200
    before = stock.available([lamps[0]])[lamps[0]]
    owner.post(f"{page}inbound/{shipment.id}", {f"good.{lamps[0]}": "9", f"bad.{lamps[0]}": "1", "what": "receive"})
    assert stock.available([lamps[0]])[lamps[0]] == before + 9
    assert stock.purchase(shipment.purchase_id).state == "closed"
    assert makers.audit("stock.receive") == [shipment.number]
    assert owner.get(page).status_code == 200


def test_the_ledger_shows_moves_and_lets_the_warehouse_grade_and_carry(lamps: list[UUID]) -> None:
    inventory.put_location(code="oslo", name="Oslo", country="NO", zone="Europe/Oslo")
    warehouse, page = makers.signed_in("warehouse"), f"/back/stock/ledger/{lamps[0]}/"
    warehouse.post(f"{page}move", {"pieces": "2", "location": "gdansk", "to": "damaged", "reason": "wet"})
    warehouse.post(f"{page}move", {"pieces": "3", "location": "gdansk", "to": "oslo", "reason": ""})
    levels = {each.location: (each.on_hand, each.damaged) for each in stock.levels([lamps[0]])[lamps[0]]}
    assert levels == {"gdansk": (45, 2), "oslo": (3, 0)}
    assert "wet" in warehouse.get(page).content.decode()
    assert warehouse.post(f"{page}rule", {"point": "4"}).status_code == 403
    makers.signed_in().post(f"{page}rule", {"point": "4", "quantity": "20"})
    assert stock.reorder_rule(lamps[0]).point == 4


def test_borders_are_set_up_and_taken_back(lamps: list[UUID]) -> None:
    owner = makers.signed_in()
    owner.post("/back/settings/customs/standard")
    owner.post("/back/settings/customs/terms", {"market": "no", "terms": "ddp", "number": "VOEC2000123"})
    owner.post("/back/settings/customs/duty", {"territory": "NO", "hs_prefix": "94", "percent": "3,5"})
    owner.post("/back/settings/customs/ban", {"countries": "NO, US", "hs_prefixes": "9503", "reason.en": "No toys."})
    assert shipping.customs_terms("no").paid_by_shop
    assert shipping.forbidden(country="US", hs_code="950300") == "No toys."
    assert str(shipping.duty_rows().get(territory_id="NO", hs_prefix="94").percent) == "3.500"
    (ban,) = shipping.forbidden_rows()
    owner.post("/back/settings/customs/unban", {"id": str(ban.id)})
    assert shipping.forbidden(country="US", hs_code="950300") == ""
    product = catalog.products_of_variants([lamps[0]])[lamps[0]]
    owner.post(f"/back/products/{product}/customs", {"hs_code": "9405.21", "origin_country": "pl"})
    assert catalog.variants([lamps[0]])[lamps[0]].hs_code == "940521"
    assert "940521" in owner.get(f"/back/products/{product}/").content.decode()


def test_an_agent_may_not_buy(lamps: list[UUID]) -> None:
    for path in ("stock/buying/", "stock/suppliers/", "settings/customs/"):
        assert makers.signed_in("agent").get(f"/back/{path}").status_code == 403
