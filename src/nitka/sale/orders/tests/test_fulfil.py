from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.contact import queries as contact
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import a_shipped_order, an_order, goods
from nitka.sale.payments.models import Payment
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory.models import StockLevel
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
GDANSK = PostalAddress(name="Anna Nowak", line1="ul. Długa 5", postcode="80-001", city="Gdańsk", country="PL")


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def levels() -> tuple[int, int]:
    level = StockLevel.objects.get()
    return level.on_hand, level.reserved


def view(order_id: object) -> queries.OrderView:
    found = queries.order(order_id)  # type: ignore[arg-type]
    assert found
    return found


def test_packed_shipped_delivered() -> None:
    placed = an_order((goods(stock=5), 2))
    assert [step.kind for step in view(placed.order_id).expected] == ["packed", "shipped", "delivered"]
    orders.pack_order(order_id=placed.order_id, actor="wojtek")
    assert levels() == (5, 2)
    orders.ship_order(order_id=placed.order_id, carrier="demo_post", actor="wojtek")
    assert levels() == (3, 0)
    assert orders.deliver_order(order_id=placed.order_id)
    assert not orders.deliver_order(order_id=placed.order_id)
    run_jobs()
    done = view(placed.order_id)
    assert [step.kind for step in done.steps] == ["placed", "paid", "packed", "shipped", "delivered"]
    assert done.shipments[0].state == "delivered" and done.shipments[0].tracking_number.startswith("DP")
    assert done.expected == () and not done.can_cancel and done.steps[2].actor == "wojtek"


def test_shipping_packs_what_nobody_packed() -> None:
    order_id = a_shipped_order()
    assert [step.kind for step in view(order_id).steps] == ["placed", "paid", "packed", "shipped"]


def test_the_carrier_s_word_delivers_the_order() -> None:
    order_id = a_shipped_order()
    shipping.mark_delivered(shipment_id=view(order_id).shipments[0].id)
    run_jobs()
    assert view(order_id).status == "delivered"


def test_nothing_leaves_before_it_is_paid() -> None:
    placed = an_order(payment="bank_transfer")
    for verb in (lambda: orders.pack_order(order_id=placed.order_id),
                 lambda: orders.ship_order(order_id=placed.order_id, carrier="demo_post")):  # fmt: skip
        with pytest.raises(orders.NotPaidProblem):
            verb()


def test_no_step_is_taken_twice_or_backwards() -> None:
    order_id = a_shipped_order()
    with pytest.raises(orders.AlreadyDoneProblem):
        orders.ship_order(order_id=order_id, carrier="demo_post")
    with pytest.raises(orders.AlreadyDoneProblem):
        orders.pack_order(order_id=order_id)
    with pytest.raises(orders.AlreadyDoneProblem):
        orders.deliver_order(order_id=an_order((goods(handle="vase"), 1)).order_id)


def test_cash_on_delivery_is_paid_at_the_door() -> None:
    lamp = goods(8000, market="pl")
    placed = an_order((lamp, 1), payment="cash_on_delivery", market="pl", address=GDANSK)
    assert view(placed.order_id).status_text == "Placed"
    orders.ship_order(order_id=placed.order_id, carrier="demo_post")
    orders.deliver_order(order_id=placed.order_id)
    done = view(placed.order_id)
    assert (done.status, done.paid) == ("delivered", True)
    assert Payment.objects.get().captured_minor == done.total_minor == 8000 + 990 + 800


def test_cancelling_gives_goods_coupon_and_money_back() -> None:
    placed = an_order((goods(stock=5), 2))
    assert orders.cancel_order(order_id=placed.order_id, actor="shopper", reason="shopper") == 2 * 1999 + 490
    assert orders.cancel_order(order_id=placed.order_id) is None
    run_jobs()
    assert levels() == (5, 0)
    assert DemoCharge.objects.get().refunded_minor == 2 * 1999 + 490
    done = view(placed.order_id)
    assert [step.kind for step in done.steps] == ["placed", "paid", "cancelled", "refunded"]
    assert done.refunded_minor == done.total_minor


def test_what_has_left_is_not_cancelled() -> None:
    with pytest.raises(orders.TooLateToCancelProblem):
        orders.cancel_order(order_id=a_shipped_order())


def test_a_part_of_a_transfer_is_not_all_of_it_and_goes_back_with_a_cancellation() -> None:
    placed = an_order(payment="bank_transfer")
    assert orders.confirm_bank_payment(order_id=placed.order_id, minor=1000) == "placed"
    assert orders.cancel_order(order_id=placed.order_id) == 1000
    run_jobs()
    assert view(placed.order_id).steps[-1].detail["by_hand"] is True


def test_withdrawing_is_possible_until_fourteen_days_after_delivery() -> None:
    order_id = a_shipped_order()
    first = orders.declare_withdrawal(order_id=order_id, name="Max Fremd")
    assert orders.declare_withdrawal(order_id=order_id, name="Max Fremd") == first
    orders.deliver_order(order_id=order_id)
    line = view(order_id).lines[0]
    until = view(order_id).withdraw_until
    assert until
    with clock.freeze(until - timedelta(minutes=1)):
        assert view(order_id).can_withdraw
    with clock.freeze(until):
        assert not view(order_id).can_withdraw
        assert orders.declare_withdrawal(order_id=order_id, name="Max Fremd") == first
        with pytest.raises(orders.WithdrawalProblem):
            orders.declare_withdrawal(order_id=order_id, name="Max Fremd", lines={line.id: 2})
    assert len(view(order_id).withdrawals) == 1


def a_delivered() -> object:
    order_id = a_shipped_order()
    orders.deliver_order(order_id=order_id)
    return order_id


def test_withdrawing_too_late_is_refused() -> None:
    order_id = a_delivered()
    with clock.freeze(clock.now() + timedelta(days=17)), pytest.raises(orders.WithdrawalProblem):
        orders.declare_withdrawal(order_id=order_id, name="Max")  # type: ignore[arg-type]
    row = Order.objects.get()
    assert row.status == "delivered"


def test_a_part_may_leave_before_the_rest() -> None:
    placed = an_order((goods(stock=5), 3))
    (line,) = view(placed.order_id).lines
    first = orders.ship_order(order_id=placed.order_id, carrier="demo_post", lines={line.id: 1})
    assert levels() == (4, 2)
    part = view(placed.order_id)
    assert (part.status, part.lines[0].shipped, part.lines[0].to_send) == ("part_shipped", 1, 2)
    assert not part.can_cancel and part.has_invoice
    shipping.mark_delivered(shipment_id=first)
    run_jobs()
    assert view(placed.order_id).status == "part_shipped"
    second = orders.ship_order(order_id=placed.order_id, carrier="demo_post")
    assert levels() == (2, 0)
    shipping.mark_delivered(shipment_id=second)
    run_jobs()
    assert [step.kind for step in view(placed.order_id).steps] == [
        "placed", "paid", "part_shipped", "shipped", "delivered",
    ]  # fmt: skip
    assert queries.parcel_contents(placed.order_id) == {first: ((line.id, 1),), second: ((line.id, 2),)}


def test_no_more_pieces_leave_than_are_still_to_be_sent() -> None:
    placed = an_order((goods(stock=5), 3))
    (line,) = view(placed.order_id).lines
    for pieces in ({line.id: 4}, {line.id: 0}, {placed.order_id: 1}, {}):
        with pytest.raises(orders.TooManyPiecesProblem):
            orders.ship_order(order_id=placed.order_id, carrier="demo_post", lines=pieces)
    assert levels() == (5, 3)


def test_pieces_that_cannot_come_are_taken_off_and_paid_back() -> None:
    placed = an_order((goods(stock=5), 3))
    (line,) = view(placed.order_id).lines
    assert orders.shorten_order(order_id=placed.order_id, pieces={line.id: 1}, key="a", note="It fell.") == 1999
    assert orders.shorten_order(order_id=placed.order_id, pieces={line.id: 1}, key="a") == 1999
    assert levels() == (5, 2)
    run_jobs()
    assert DemoCharge.objects.get().refunded_minor == 1999
    with pytest.raises(orders.TooManyPiecesProblem):
        orders.shorten_order(order_id=placed.order_id, pieces={line.id: 3}, key="b")
    orders.ship_order(order_id=placed.order_id, carrier="demo_post", lines={line.id: 1})
    assert orders.shorten_order(order_id=placed.order_id, pieces={line.id: 1}, key="c") == 1999
    run_jobs()
    done = view(placed.order_id)
    assert (done.status, done.refunded_minor, done.lines[0].to_send) == ("shipped", 2 * 1999, 0)
    assert levels() == (4, 0)
    assert [paper.kind for paper in queries.papers_of(placed.order_id)] == ["invoice", "credit_note"]
    assert any("It fell." in mail.text for mail in contact.mailbox_rows())


def test_not_all_of_an_order_is_taken_off() -> None:
    placed = an_order((goods(stock=5), 3))
    (line,) = view(placed.order_id).lines
    with pytest.raises(orders.TooManyPiecesProblem):
        orders.shorten_order(order_id=placed.order_id, pieces={line.id: 3}, key="a")
    assert levels() == (5, 3)
