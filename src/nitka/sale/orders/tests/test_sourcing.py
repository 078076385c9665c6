"""Goods are kept at the place from which the promise was made."""

import pytest

from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping.queries import Sourcing
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock


@pytest.mark.django_db
def test_goods_are_kept_where_the_rule_of_the_country_likes_it_best() -> None:
    open_shop()
    variant_id = goods(stock=50)
    inventory.put_location(code="oslo", name="Oslo", country="NO", zone="Europe/Oslo")
    inventory.set_stock(levels=[(variant_id, "oslo", 3)])
    shipping.put_sourcing(rules=[Sourcing(frozenset({"DE"}), ("oslo",), "order")])
    placed = an_order((variant_id, 2))
    assert [each.location for each in stock.held(placed.order_id)] == ["oslo"]
