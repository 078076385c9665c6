"""PayPal's provider against our own stand-in for PayPal. Nothing here was seen by PayPal itself."""

from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from nitka.sale.payments import actions, providers, queries, tasks
from nitka.sale.payments.models import Finding
from nitka.sale.payments.providers import ForgedWebhookProblem, GatewayTrouble
from nitka.sale.payments.providers.paypal.reading import amount, minor_of
from nitka.sale.payments.tests.fakes.paypal_side import approve, message
from nitka.sale.payments.tests.fakes.server import Gateway
from nitka.sale.payments.tests.makers import a_payment, view
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
FAULTS = ["down", "slow", "before", "after", "lost", "garbage"]


def begun() -> UUID:
    payment_id = a_payment(provider="paypal", choice="")
    assert actions.start(payment_id=payment_id, return_url="http://localhost/back").kind == "redirect"
    return payment_id


def settled(payment_id: UUID) -> str:
    return actions.settle(payment_id=payment_id, outcome=actions.ask(payment_id=payment_id)).state


def paid(gateway: Gateway) -> UUID:
    payment_id = begun()
    approve(gateway, view(payment_id).provider_ref)
    settled(payment_id)
    return payment_id


def held(gateway: Gateway) -> UUID:
    actions.put_method(code="paypal", capture="on_shipment")
    return paid(gateway)


def until(done: Any) -> None:
    for _round in range(4):
        with suppress(GatewayTrouble):
            run_jobs()
        if done():
            return
        tasks.retry_refunds()
        tasks.retry_captures()
    raise AssertionError("It was never done.")


def parts(gateway: Gateway, payment_id: UUID, kind: str) -> list[str]:
    order = gateway.book["orders"][view(payment_id).provider_ref]
    return [each["amount"]["value"] for each in order["purchase_units"][0]["payments"].get(kind, [])]


def test_it_is_offered_where_its_keys_are_set_alone(settings: Any, paypal: Gateway) -> None:
    asked = {"market": "eu", "country": "DE", "currency": "EUR", "minor": 1000}
    assert providers.found()["paypal"].available(**asked)
    settings.NITKA_PAYPAL_SECRET = ""
    assert not providers.found()["paypal"].available(**asked)


@pytest.mark.parametrize(("minor", "currency", "value"), [(2000, "EUR", "20.00"), (5, "NOK", "0.05"), (7, "JPY", "7")])
def test_amounts_are_written_and_read_by_the_places_of_their_currency(minor: int, currency: str, value: str) -> None:
    assert amount(minor, currency) == {"currency_code": currency, "value": value}
    assert minor_of(amount(minor, currency)) == (minor, currency)


def test_an_approved_order_is_completed_once_by_who_asks_first(paypal: Gateway) -> None:
    payment_id = begun()
    assert view(payment_id).action_url.startswith(paypal.url) and settled(payment_id) == "action"
    approve(paypal, view(payment_id).provider_ref)
    assert settled(payment_id) == "captured" and view(payment_id).captured_minor == 2000
    assert parts(paypal, payment_id, "captures") == ["20.00"]


def test_a_declined_means_leaves_the_payer_at_paypal(paypal: Gateway) -> None:
    payment_id = begun()
    approve(paypal, view(payment_id).provider_ref)
    paypal.lies["declined"] = True
    assert settled(payment_id) == "action"


@pytest.mark.parametrize("what", FAULTS)
def test_whatever_happens_to_the_completion_the_money_is_taken_once(paypal: Gateway, what: str) -> None:
    payment_id = begun()
    ref = view(payment_id).provider_ref
    approve(paypal, ref)
    paypal.fail(what, f"POST /v2/checkout/orders/{ref}/capture")
    for _try in range(3):
        settled(payment_id)
    assert view(payment_id).state == "captured" and parts(paypal, payment_id, "captures") == ["20.00"]


@pytest.mark.parametrize("what", FAULTS)
def test_whatever_happens_to_a_refund_it_goes_back_once(paypal: Gateway, what: str) -> None:
    payment_id = paid(paypal)
    paypal.fail(what, "POST /v2/payments/captures")
    actions.refund(payment_id=payment_id, minor=700, key="r1")
    until(lambda: queries.refunds_of(view(payment_id).reference)[0].state == "done")
    assert parts(paypal, payment_id, "refunds") == ["7.00"]


@pytest.mark.parametrize("what", FAULTS)
def test_whatever_happens_to_captures_each_is_taken_once(paypal: Gateway, what: str) -> None:
    payment_id = held(paypal)
    assert view(payment_id).state == "authorised"
    paypal.fail(what, "POST /v2/payments/authorizations")
    for place, minor in enumerate((500, 1500)):
        actions.capture_for(reference=view(payment_id).reference, minor=minor, key=f"parcel {place}")
        until(lambda so_far=500 if place == 0 else 2000: view(payment_id).captured_minor == so_far)
    assert parts(paypal, payment_id, "captures") == ["5.00", "15.00"] and view(payment_id).state == "captured"
    # A refund that is larger than any one capture comes out of several.
    paypal.fail(what, "POST /v2/payments/captures")
    actions.refund(payment_id=payment_id, minor=1800, key="r")
    until(lambda: queries.refunds_of(view(payment_id).reference)[0].state == "done")
    assert sorted(parts(paypal, payment_id, "refunds")) == ["13.00", "5.00"]


def test_what_is_set_aside_is_let_go_of(paypal: Gateway) -> None:
    payment_id = held(paypal)
    actions.void(payment_id=payment_id)
    paypal.fail("lost", "POST /v2/payments/authorizations")
    until(lambda: view(payment_id).state == "cancelled")


@pytest.mark.parametrize("lie", [{"value": "0.01"}, {"currency_code": "USD"}])
def test_a_lie_about_the_money_is_not_believed_and_is_shown(paypal: Gateway, lie: dict[str, str]) -> None:
    payment_id = begun()
    ref = view(payment_id).provider_ref
    approve(paypal, ref)
    paypal.lies[ref] = lie
    assert settled(payment_id) == "action" and Finding.objects.get().kind == "amount_differs"


def test_a_post_is_believed_when_paypal_says_so_of_its_very_bytes(paypal: Gateway) -> None:
    payment_id = begun()
    ref = view(payment_id).provider_ref
    approve(paypal, ref)
    providers.found()["paypal"].poll(queries.charge_of(_row(payment_id)))
    raw, headers = message(paypal, ref, "PAYMENT.CAPTURE.COMPLETED")
    assert actions.store_webhook(provider="paypal", raw=raw, headers=headers) == view(payment_id).reference
    assert actions.settle(payment_id=payment_id).state == "captured"
    for bad in (raw.replace(b"20.00", b"20.01"), raw + b" ", b"\xff"):
        with pytest.raises(ForgedWebhookProblem):
            actions.store_webhook(provider="paypal", raw=bad, headers=headers)
    with pytest.raises(ForgedWebhookProblem):
        actions.store_webhook(provider="paypal", raw=raw, headers={})


def test_a_post_that_paypal_cannot_be_asked_about_is_left_for_it_to_send_again(paypal: Gateway) -> None:
    payment_id = paid(paypal)
    raw, headers = message(paypal, view(payment_id).provider_ref, "PAYMENT.CAPTURE.COMPLETED")
    paypal.fail("down", "POST /v1/notifications")
    with pytest.raises(actions.GatewayUnreachedProblem):
        actions.store_webhook(provider="paypal", raw=raw, headers=headers)


def _row(payment_id: UUID) -> Any:
    from nitka.sale.payments.models import Payment

    return Payment.objects.get(id=payment_id)
