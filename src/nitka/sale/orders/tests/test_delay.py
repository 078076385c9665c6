"""A promised day will not be kept: noticed, told, chosen upon."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from nitka.ground import clock
from nitka.ground.facts.queries import told_about
from nitka.people.contact.models import OutgoingMail
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries, tasks
from nitka.sale.orders.tests.makers import an_order
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping import tasks as shipping_tasks
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def view(order_id: UUID) -> queries.OrderView:
    found = queries.order(order_id)
    assert found
    return found


def placed() -> UUID:
    """Paid by card on a Wednesday; handling one day, five to ten days on the way: 1 October at the latest."""
    with clock.freeze(WEDNESDAY):
        order_id = an_order(language="nb").order_id
        run_jobs()
    assert view(order_id).promise.day_to == date(2026, 10, 1)
    return order_id


def watched(order_id: UUID, moment: datetime) -> queries.OrderView:
    with clock.freeze(moment):
        tasks.watch_promises()
        shipping_tasks.watch_promises()
        run_jobs()
    return view(order_id)


def at(day: str, hour: int) -> datetime:
    return clock.at_local(date.fromisoformat(day), datetime.min.time().replace(hour=hour), "Europe/Warsaw")


def delayed() -> UUID:
    order_id = placed()
    # It should have left on the 17th; on the evening of the 17th it has not.
    assert watched(order_id, at("2026-09-17", 19)).promise.cause == ""
    assert watched(order_id, at("2026-09-17", 21)).promise.cause == "not_handed_over"
    return order_id


def test_an_order_that_did_not_leave_in_time_is_told_in_the_language_of_the_shopper_with_a_choice() -> None:
    order_id = delayed()
    seen = view(order_id)
    assert (seen.promise.day_to, seen.promise.given_day) == (date(2026, 10, 2), date(2026, 10, 1))
    mail = OutgoingMail.objects.order_by("-id").filter(template="orders/mail/delivery_delayed").get()
    assert mail.language == "nb" and f"/nb/order/{seen.code}/delay?k=" in mail.text
    kinds = [fact.kind for fact in told_about(order_id)]
    assert kinds.count("orders.delivery_delayed") == 1
    watched(order_id, at("2026-09-17", 22))
    assert [fact.kind for fact in told_about(order_id)] == kinds


def test_every_promise_is_kept_with_its_source_and_moment() -> None:
    order_id = delayed()
    first, second = shipping.promises_of(order_id)
    assert (first.source, first.computed_at, first.reason) == ("ten_days@PL", WEDNESDAY, "")
    assert (second.source, second.reason, second.day_to) == (
        "watch:not_handed_over", "not_handed_over", date(2026, 10, 2)
    )  # fmt: skip


def test_the_shopper_waits_and_says_so_once() -> None:
    order_id = delayed()
    offered = queries.choices_of_delay(order_id)
    assert offered and offered.can_cancel and offered.days[0] == date(2026, 10, 5)
    for _twice in range(2):
        orders.answer_delay(order_id=order_id, choice="wait")
    assert view(order_id).promise.choice == "wait"
    assert [fact.kind for fact in told_about(order_id)].count("orders.delay_answered") == 1


def test_the_shopper_takes_another_day_or_a_faster_way_at_no_cost() -> None:
    order_id = delayed()
    with clock.freeze(at("2026-09-18", 9)):
        offered = queries.choices_of_delay(order_id)
        assert offered and [each.code for each in offered.options] == ["two_days"]
        total = view(order_id).total_minor
        orders.answer_delay(order_id=order_id, choice="change", day=offered.days[2])
        assert view(order_id).promise.day_to == offered.days[2]
        orders.answer_delay(order_id=order_id, choice="change", option="two_days")
    seen = view(order_id)
    assert (seen.promise.code, seen.promise.day_to, seen.total_minor) == ("two_days", date(2026, 9, 22), total)
    assert seen.promise.given_day == date(2026, 10, 1)
    with clock.freeze(at("2026-09-18", 9)), pytest.raises(orders.DelayProblem):
        orders.answer_delay(order_id=order_id, choice="change", option="same_day")


def test_the_shopper_cancels_until_it_leaves() -> None:
    order_id = delayed()
    assert orders.answer_delay(order_id=order_id, choice="cancel") == "cancelled"
    assert orders.answer_delay(order_id=order_id, choice="cancel") == "cancelled"
    run_jobs()
    assert view(order_id).refunded_minor == view(order_id).total_minor


def test_a_parcel_on_its_way_can_be_waited_for_and_no_more() -> None:
    order_id = placed()
    with clock.freeze(at("2026-09-17", 12)):
        orders.ship_order(order_id=order_id, carrier="by_hand", tracking_number="X1")
        run_jobs()
    assert watched(order_id, at("2026-09-22", 9)).promise.cause == "no_scan"
    offered = queries.choices_of_delay(order_id)
    assert offered and not offered.can_cancel and offered.options == () and offered.days == ()
    with pytest.raises(orders.TooLateToCancelProblem):
        orders.answer_delay(order_id=order_id, choice="cancel")
    with pytest.raises(orders.DelayProblem):
        orders.answer_delay(order_id=order_id, choice="change", day=date(2026, 10, 9))
    orders.answer_delay(order_id=order_id, choice="wait")
    parcel = view(order_id).shipments[0]
    assert parcel.promised_on == date(2026, 10, 1) and parcel.option == "ten_days"


def test_nothing_is_chosen_where_the_promise_stands() -> None:
    order_id = placed()
    assert queries.choices_of_delay(order_id) is None
    for choice in ("wait", "change", "cancel"):
        with pytest.raises(orders.DelayProblem):
            orders.answer_delay(order_id=order_id, choice=choice)


def test_an_unpaid_transfer_is_not_late_for_its_days_are_counted_from_the_payment() -> None:
    with clock.freeze(WEDNESDAY):
        order_id = an_order(payment="bank_transfer").order_id
    assert watched(order_id, WEDNESDAY + timedelta(days=5)).promise.cause == ""
