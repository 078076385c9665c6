"""From which place the goods of an order are taken."""

from uuid import UUID

import pytest

from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping.queries import Sourcing
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.inventory.tests.makers import a_location

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def two_places(handle: str, near: int, far: int) -> UUID:
    variant = goods(handle=handle, stock=near)
    inventory.set_stock(levels=[(variant, a_location("far"), far)])
    return variant


def places_of(*lines: tuple[UUID, int]) -> dict[str, int]:
    placed = an_order(*lines, payment="bank_transfer")
    found: dict[str, int] = {}
    for each in stock.held(placed.order_id):
        found[each.location] = found.get(each.location, 0) + each.quantity
    return found


def test_one_place_that_has_all_is_chosen_over_two_fuller_ones() -> None:
    lamp, vase = two_places("lamp", 9, 2), two_places("vase", 0, 9)
    assert places_of((lamp, 2), (vase, 1)) == {"far": 3}


def test_the_merchants_rule_for_the_country_counts() -> None:
    lamp = two_places("lamp", 9, 5)
    shipping.put_sourcing(rules=[Sourcing(frozenset({"DE"}), ("far",), "order")])
    assert places_of((lamp, 2)) == {"far": 2}


def test_an_order_is_split_where_no_place_has_all() -> None:
    lamp = two_places("lamp", 2, 2)
    assert sum(places_of((lamp, 3)).values()) == 3
