"""A day in the warehouse, page by page."""

import pytest
from django.test import Client

from nitka.faces.backoffice.tests.makers import signed_in
from nitka.sale.orders import queries
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.catalog.models import Variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def wojtek() -> Client:
    open_shop()
    return signed_in("warehouse")


def test_the_list_the_walk_and_the_table(wojtek: Client) -> None:
    placed = an_order((goods(), 2), (goods(handle="vase"), 1))
    assert placed.code in wojtek.get("/back/warehouse/").text
    walk = wojtek.get("/back/warehouse/walk", {"order": placed.code}).text
    assert "3 pieces" in walk and placed.code in walk
    table = f"/back/warehouse/pack/{placed.code}/"
    assert "Scan at least one piece first" in wojtek.get(table).text
    lamp, vase = (line.sku for line in queries.order(placed.order_id).lines)  # type: ignore[union-attr]
    assert "1 of 2 in the box" in wojtek.post(table, {"number": lamp}).text
    assert "not in the box" in wojtek.post(table, {"number": vase}).text
    assert wojtek.post(table, {"deed": "ship", "carrier": "demo_post"}).status_code == 303
    order = queries.order(placed.order_id)
    assert order and order.status == "part_shipped"
    wojtek.post(table, {"number": lamp})
    wojtek.post(table, {"deed": "ship", "carrier": "demo_post"})
    order = queries.order(placed.order_id)
    assert order and order.status == "shipped" and len(order.shipments) == 2
    assert "Nothing waits" in wojtek.get("/back/warehouse/").text
    assert "Everything of this order has left" in wojtek.get(table).text


def test_a_wrong_piece_is_told_at_once(wojtek: Client) -> None:
    placed, other = an_order(), goods(handle="vase")
    reply = wojtek.post(f"/back/warehouse/pack/{placed.code}/", {"number": Variant.objects.get(id=other).sku})
    assert reply.status_code == 422 and "is not in this order. Put it back." in reply.text


def test_an_empty_box_does_not_leave(wojtek: Client) -> None:
    placed = an_order()
    table = f"/back/warehouse/pack/{placed.code}/"
    wojtek.post(table, {"deed": "ship", "carrier": "demo_post"})
    assert "Nothing is in the box yet" in wojtek.get(table).text
    order = queries.order(placed.order_id)
    assert order and order.status == "paid"


def test_agents_do_not_pack() -> None:
    open_shop()
    assert signed_in("agent").get("/back/warehouse/").status_code == 403
