"""/back/settings/places/."""

import pytest
from django.test import Client

from nitka.faces.backoffice.tests.makers import a_shop, audit, signed_in
from nitka.sale.shipping import queries as shipping
from nitka.shelf.inventory import queries as inventory

pytestmark = pytest.mark.django_db
POINT = {"carrier": "by_hand", "code": "SHOP", "name": "Our shop", "line1": "Long 1", "postcode": "80-831",
         "city": "Gdańsk", "country": "pl"}  # fmt: skip


@pytest.fixture(autouse=True)
def shop() -> None:
    a_shop()


def test_a_place_and_the_rule_for_it() -> None:
    owner = signed_in()
    owner.post("/back/settings/places/place", {"code": "Oslo", "name": "Oslo", "country": "no", "zone": "Europe/Oslo"})
    assert "oslo" in {each.code for each in inventory.locations()} and audit("place.put") == ["oslo"]
    rule = {"countries-0": "no, se", "locations-0": "oslo", "strategy-0": "order", "days-0": "2"}
    owner.post("/back/settings/places/rules", rule)
    assert shipping.sourcing("SE") == shipping.Sourcing(frozenset({"NO", "SE"}), ("oslo",), "order", 2)
    assert shipping.sourcing("DE").strategy == "fewest"
    page = owner.get("/back/settings/places/").content.decode()
    assert 'value="NO SE"' in page and "Warehouses" in owner.get("/back/settings/").content.decode()
    owner.post("/back/settings/places/rules", {**rule, "drop-0": "1"})
    assert not shipping.sourcing_rows().exists()


@pytest.mark.parametrize("wrong", [{"zone": "Moon/Base"}, {"code": "a b"}, {"country": "x"}, {"name": ""}])
def test_nonsense_is_said_and_not_saved(wrong: dict[str, str]) -> None:
    owner = signed_in()
    before = inventory.locations()
    told = {"code": "oslo", "name": "Oslo", "country": "no", "zone": "Europe/Oslo"} | wrong
    assert owner.post("/back/settings/places/place", told).status_code == 303
    owner.post("/back/settings/places/rules", {"locations-0": "nowhere", "strategy-0": "order"})
    assert inventory.locations() == before and not shipping.sourcing_rows().exists()


def test_a_point_is_opened_and_closed() -> None:
    owner = signed_in()
    owner.post("/back/settings/places/point", POINT)
    row = shipping.point_rows().get(code="SHOP")
    assert row.active and row.country == "PL"
    owner.post("/back/settings/places/close", {"carrier": "by_hand", "code": "SHOP"})
    row.refresh_from_db()
    assert not row.active
    assert Client().post("/back/settings/places/point", POINT).status_code == 302
