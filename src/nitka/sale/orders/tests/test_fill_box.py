"""The packing table: what is scanned leaves, and nothing else."""

import pytest

from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.catalog.models import Variant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def test_pieces_are_scanned_by_sku_or_gtin_until_the_box_is_full() -> None:
    lamp = goods()
    Variant.objects.filter(id=lamp).update(gtin="04006381333931")
    placed = an_order((lamp, 2))
    (line,) = queries.order(placed.order_id).lines  # type: ignore[union-attr]
    assert orders.scan_piece(order_id=placed.order_id, scanned=f" {line.sku.upper()} ") == line.id
    assert orders.scan_piece(order_id=placed.order_id, scanned="4006381333931") == line.id
    with pytest.raises(orders.AllInBoxProblem):
        orders.scan_piece(order_id=placed.order_id, scanned="4006381333931")
    assert orders.in_box(placed.order_id) == {line.id: 2}
    orders.empty_box(order_id=placed.order_id)
    with pytest.raises(orders.NothingInBoxProblem):
        orders.in_box(placed.order_id)


def test_a_piece_of_another_order_is_refused() -> None:
    placed, other = an_order((goods(), 1)), goods(handle="vase")
    sku = Variant.objects.get(id=other).sku
    for number in (sku, "", "0000"):
        with pytest.raises(orders.NotInOrderProblem):
            orders.scan_piece(order_id=placed.order_id, scanned=number)


def test_what_is_in_the_box_leaves_and_the_rest_stays_on_the_list() -> None:
    placed = an_order((goods(), 3))
    (line,) = queries.order(placed.order_id).lines  # type: ignore[union-attr]
    orders.scan_piece(order_id=placed.order_id, scanned=line.sku)
    orders.ship_order(order_id=placed.order_id, carrier="demo_post", lines=orders.in_box(placed.order_id))
    (waiting,) = queries.orders_to_send()
    assert (waiting.code, waiting.pieces, waiting.status) == (placed.code, 2, "part_shipped")
    (after,) = queries.order(placed.order_id).lines  # type: ignore[union-attr]
    assert (after.shipped, after.boxed, after.to_send) == (1, 0, 2)


def test_one_walk_fetches_the_goods_of_several_orders() -> None:
    lamp, vase = goods(), goods(handle="vase")
    first, second = an_order((lamp, 2)), an_order((lamp, 1), (vase, 1))
    unpaid = an_order((lamp, 5), payment="bank_transfer")
    waiting = queries.orders_to_send()
    assert {each.code for each in waiting} == {first.code, second.code} and unpaid.code
    lines = queries.pick_list([each.id for each in waiting])
    assert [(line.sku.split("-")[0], line.pieces) for line in lines] == [("lamp", 3), ("vase", 1)]
    assert dict(lines[0].orders) == {first.code: 2, second.code: 1}


def test_an_order_under_review_waits() -> None:
    placed = an_order()
    Order.objects.filter(id=placed.order_id).update(review="pending")
    assert queries.orders_to_send() == ()
