"""A piece on trial: its way back is open from the delivery on, and lapses where it is kept."""

from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.contact import queries as contact
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.returns import tasks, trials
from nitka.sale.returns.models import Case
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.content import actions as content
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def on_trial() -> Case:
    chair = goods(handle="chair")
    orders.put_variant_terms(variant_id=chair, trial_days=14)
    placed = an_order((chair, 1), (goods(), 1))
    orders.ship_order(order_id=placed.order_id, carrier="demo_post")
    orders.deliver_order(order_id=placed.order_id)
    run_jobs()
    return Case.objects.get()


def test_the_way_back_is_arranged_at_the_delivery() -> None:
    case = on_trial()
    order = order_queries.order(case.order_id)
    assert order and (case.kind, case.state, case.trial) == ("return", "approved", True)
    assert case.refund_minor == next(line.total_minor for line in order.lines if line.trial_until)
    until = next(line.trial_until for line in order.lines if line.trial_until)
    assert case.send_before and case.send_before.date() - until <= timedelta(days=1)
    assert trials.arrange(case.order_id) == case.id  # told twice, opened once
    assert Case.objects.count() == 1


def test_the_shopper_reads_that_nothing_need_be_done_and_the_shop_is_not_told_of_a_wish_that_nobody_had() -> None:
    content.set_shop(email="shop@example.com")
    on_trial()
    (mail,) = contact.mailbox_rows().filter(template__startswith="returns/")
    assert mail.to == "max@example.com" and mail.subject.startswith("Your trial at home ends on")
    assert "Then do nothing" in mail.text and "You asked for this" not in mail.text


def test_it_is_reminded_of_once_and_lapses_where_it_is_kept() -> None:
    case = on_trial()
    assert trials.remind_of_trials() == 0
    Case.objects.update(send_before=clock.now() + timedelta(days=1))
    assert (trials.remind_of_trials(), trials.remind_of_trials()) == (1, 0)
    run_jobs()
    rows = contact.mailbox_rows("max@example.com")
    assert rows.filter(template__endswith="trial_ends").count() == 1
    Case.objects.update(send_before=clock.now() - timedelta(days=8))
    tasks.sweep_unsent()
    case.refresh_from_db()
    assert (case.state, case.refunded_minor) == ("cancelled", 0)
