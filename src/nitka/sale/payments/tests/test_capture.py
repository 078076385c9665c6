"""Money that is set aside first and taken as the goods leave."""

import itertools
from uuid import UUID

import pytest

from nitka.ground.facts.queries import told_about
from nitka.sale.payments import actions, tasks
from nitka.sale.payments.models import Capture, Finding, Payment
from nitka.sale.payments.providers import GatewayTrouble, Outcome
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.payments.tests.makers import a_payment, an_authorised_payment, view, webhook
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_an_authorised_payment_is_secured_and_nothing_is_taken_yet() -> None:
    payment_id = an_authorised_payment(2000)
    told = view(payment_id)
    assert (told.state, told.is_secured, told.captured_minor, told.capturable_minor) == ("authorised", True, 0, 2000)
    assert DemoCharge.objects.get().captured_minor == 0


def test_parts_are_taken_until_the_last_makes_it_captured() -> None:
    payment_id = an_authorised_payment(2000)
    reference = view(payment_id).reference
    assert actions.capture_for(reference=reference, minor=500, key="parcel 1") == 500
    run_jobs()
    assert (view(payment_id).state, view(payment_id).captured_minor) == ("authorised", 500)
    assert actions.capture_for(reference=reference, minor=1500, key="parcel 2") == 1500
    run_jobs()
    assert (view(payment_id).state, view(payment_id).captured_minor) == ("captured", 2000)
    assert [fact.kind for fact in told_about(reference)] == ["payments.capture_answered"] * 2


def test_the_same_key_is_one_capture() -> None:
    payment_id = an_authorised_payment(2000)
    reference = view(payment_id).reference
    assert actions.capture(payment_id=payment_id, minor=5, key="a") == actions.capture(
        payment_id=payment_id, minor=5, key="a"
    )
    assert actions.capture_for(reference=reference, minor=7, key="b") == 7
    assert actions.capture_for(reference=reference, minor=7, key="b") == 0
    run_jobs()
    assert view(payment_id).captured_minor == DemoCharge.objects.get().captured_minor == 12


def test_more_than_is_set_aside_and_what_was_never_set_aside_is_refused() -> None:
    payment_id = an_authorised_payment(2000)
    with pytest.raises(actions.CaptureProblem) as refused:
        actions.capture(payment_id=payment_id, minor=2001, key="a")
    assert refused.value.detail == {"capturable_minor": 2000}
    with pytest.raises(actions.CaptureProblem):
        actions.capture(payment_id=a_payment(), minor=1, key="b")


def test_the_last_part_lets_the_rest_go() -> None:
    payment_id = an_authorised_payment(2000)
    actions.capture(payment_id=payment_id, minor=1200, key="a", final=True)
    with pytest.raises(actions.CaptureProblem):
        actions.capture(payment_id=payment_id, minor=1, key="b")
    run_jobs()
    assert (view(payment_id).state, view(payment_id).refundable_minor) == ("captured", 1200)


def test_where_a_gateway_takes_money_in_one_piece_the_first_parcel_takes_all_of_it() -> None:
    payment_id = an_authorised_payment(2000)
    Payment.objects.update(in_parts=False)
    reference = view(payment_id).reference
    assert actions.capture_for(reference=reference, minor=500, key="parcel 1") == 2000
    assert actions.capture_for(reference=reference, minor=1500, key="parcel 2") == 0
    run_jobs()
    assert view(payment_id).captured_minor == 2000


def test_a_capture_whose_answer_is_lost_is_asked_again_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    payment_id, real = an_authorised_payment(2000), gateway.capture

    def answer_is_lost(*asked: object, **more: object) -> bool:
        real(*asked, **more)  # type: ignore[arg-type]
        raise GatewayTrouble("time-out")

    capture_id = actions.capture(payment_id=payment_id, key="a")
    monkeypatch.setattr(gateway, "capture", answer_is_lost)
    with pytest.raises(GatewayTrouble):
        tasks.send_capture(capture_id=str(capture_id))
    monkeypatch.setattr(gateway, "capture", real)
    tasks.retry_captures()
    run_jobs()
    assert DemoCharge.objects.get().captured_minor == view(payment_id).captured_minor == 2000


def test_a_capture_that_the_gateway_refuses_is_free_again_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    payment_id = an_authorised_payment(2000)
    monkeypatch.setattr(gateway, "capture", lambda *asked, **more: False)
    actions.capture(payment_id=payment_id, key="a")
    run_jobs()
    assert (view(payment_id).state, view(payment_id).capturable_minor) == ("authorised", 2000)
    assert Capture.objects.get().state == "failed" and Finding.objects.get().kind == "capture_refused"


def test_voiding_lets_go_once_and_refuses_captures_from_then_on() -> None:
    payment_id = an_authorised_payment(2000)
    assert actions.void(payment_id=payment_id) and not actions.void(payment_id=payment_id)
    with pytest.raises(actions.CaptureProblem):
        actions.capture(payment_id=payment_id, key="a")
    run_jobs()
    assert view(payment_id).state == DemoCharge.objects.get().state == "cancelled"


def test_voiding_the_rest_keeps_what_was_taken() -> None:
    payment_id = an_authorised_payment(2000)
    actions.capture(payment_id=payment_id, minor=700, key="a")
    run_jobs()
    actions.void(payment_id=payment_id)
    run_jobs()
    assert (view(payment_id).state, view(payment_id).refundable_minor) == ("captured", 700)


@pytest.mark.parametrize("order", list(itertools.permutations(["pending", "authorised", "cancelled"])))
def test_whatever_the_order_of_news_what_the_gateway_let_go_of_is_cancelled(order: tuple[str, ...]) -> None:
    payment_id = _begun()
    for state in order:
        actions.store_webhook(provider="demo_card", **_message(payment_id, state))
        actions.settle(payment_id=payment_id)
    assert view(payment_id).state == "cancelled"


def test_money_that_is_set_aside_for_a_payment_that_was_given_up_is_let_go_of() -> None:
    payment_id = _begun()
    actions.settle(payment_id=payment_id, outcome=Outcome(state="cancelled"))
    gateway.decide_late(DemoCharge.objects.get().ref)
    actions.store_webhook(provider="demo_card", **_message(payment_id, "authorised"))
    actions.settle(payment_id=payment_id)
    run_jobs()
    assert view(payment_id).state == DemoCharge.objects.get().state == "cancelled"


def test_only_a_provider_that_can_is_set_to_take_at_the_shipment() -> None:
    with pytest.raises(actions.PaymentProblem):
        actions.put_method(code="bank_transfer", capture="on_shipment")


def _begun() -> UUID:
    actions.put_method(code="demo_card", capture="on_shipment")
    payment_id = a_payment(choice="late")
    actions.start(payment_id=payment_id, return_url="/")
    return payment_id


def _message(payment_id: UUID, state: str) -> dict[str, object]:
    raw, headers = webhook(payment_id, state, event_id=state)
    return {"raw": raw, "headers": headers}
