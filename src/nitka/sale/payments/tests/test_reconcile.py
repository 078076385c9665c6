"""Our books beside a gateway's: every kind of trouble is found once, and what agrees is left alone."""

from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.sale.payments import actions, queries
from nitka.sale.payments.models import Finding, Payment
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.payments.tests.fakes.server import Gateway
from nitka.sale.payments.tests.makers import a_captured_payment, a_payment, an_authorised_payment, view
from nitka.sale.payments.tests.test_stripe import paid
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def compared() -> list[str]:
    """Look at what was made an hour ago."""
    with clock.freeze(clock.now() + timedelta(hours=1)):
        actions.reconcile(since=clock.now() - timedelta(days=1))
    return [each.kind for each in queries.open_findings()]


def test_books_that_agree_show_nothing() -> None:
    a_captured_payment()
    an_authorised_payment()
    actions.capture(payment_id=an_authorised_payment(), minor=500, key="part")
    run_jobs()
    assert compared() == []


def test_money_that_belongs_to_no_payment_of_ours_is_found_once() -> None:
    gateway.charge(key="x", payment_id=new_id(), minor=700, currency="EUR", choice="success")
    assert compared() == compared() == ["charge_without_order"]
    found = queries.open_findings()[0]
    assert (found.got_minor, found.got_currency, found.payment_id) == (700, "EUR", None)


def test_money_of_a_payment_that_was_given_up_is_found() -> None:
    payment_id = a_captured_payment()
    Payment.objects.filter(id=payment_id).update(state="failed", captured_minor=0, captured_at=None)
    assert compared() == ["charge_without_order"]


def test_a_payment_that_the_gateway_does_not_know_is_found() -> None:
    a_captured_payment()
    DemoCharge.objects.all().delete()
    assert compared() == ["order_without_charge"]


def test_an_amount_that_differs_is_found_and_so_is_a_refund_made_over_there() -> None:
    a_captured_payment()
    DemoCharge.objects.update(minor=1999)
    assert compared() == ["amount_differs"]
    Finding.objects.all().delete()
    DemoCharge.objects.update(minor=2000, refunded_minor=100)
    assert compared() == ["refund_differs"]
    assert (queries.open_findings()[0].expected_minor, queries.open_findings()[0].got_minor) == (0, 100)


def test_what_is_set_aside_and_ends_soon_is_found() -> None:
    payment_id = an_authorised_payment()
    Payment.objects.update(authorised_until=clock.now() + timedelta(hours=12))
    assert compared() == ["authorisation_ends"] and view(payment_id).is_secured


def test_what_is_on_its_way_is_not_looked_at_yet() -> None:
    a_payment(choice="challenge")
    gateway.charge(key="x", payment_id=new_id(), minor=700, currency="EUR", choice="success")
    actions.reconcile(since=clock.now() - timedelta(days=1))
    assert queries.open_findings() == ()


def test_stripes_books_are_read_and_one_that_does_not_answer_is_left_for_later(stripe: Gateway) -> None:
    paid(stripe)
    ref = paid(stripe) and Payment.objects.latest("created_at").provider_ref
    stripe.lies[ref] = {"amount_received": 5}
    stripe.fail("down", "GET /v1/payment_intents")
    assert compared() == []
    assert compared() == ["amount_differs"]


def test_a_finding_is_closed_with_a_word_and_stays_closed() -> None:
    gateway.charge(key="x", payment_id=new_id(), minor=700, currency="EUR", choice="success")
    compared()
    found = queries.open_findings()[0]
    actions.close_finding(finding_id=found.id, actor="ola", note="sent back by hand")
    assert compared() == []
    assert [(each.note, each.closed_by) for each in queries.closed_findings()] == [("sent back by hand", "ola")]
