import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nitka.sale.payments import actions, tasks
from nitka.sale.payments.models import Payment, Refund
from nitka.sale.payments.providers import GatewayTrouble
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.payments.tests.makers import a_captured_payment, a_payment, view
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_parts_go_back_until_nothing_is_left() -> None:
    payment_id = a_captured_payment(2000)
    actions.refund(payment_id=payment_id, minor=500, key="a")
    actions.refund(payment_id=payment_id, minor=1500, key="b")
    with pytest.raises(actions.RefundProblem) as refused:
        actions.refund(payment_id=payment_id, minor=1, key="c")
    assert refused.value.detail == {"refundable_minor": 0}
    run_jobs()
    assert DemoCharge.objects.get().refunded_minor == 2000
    assert view(payment_id).state == "refunded"
    assert set(Refund.objects.values_list("state", flat=True)) == {"done"}


def test_the_same_key_is_one_refund() -> None:
    payment_id = a_captured_payment()
    assert actions.refund(payment_id=payment_id, minor=500, key="a") == actions.refund(
        payment_id=payment_id, minor=500, key="a"
    )
    run_jobs()
    assert view(payment_id).refunded_minor == DemoCharge.objects.get().refunded_minor == 500


def test_what_was_not_captured_cannot_go_back() -> None:
    with pytest.raises(actions.RefundProblem):
        actions.refund(payment_id=a_payment(), minor=1, key="a")


def test_a_refund_whose_answer_is_lost_is_sent_again_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    payment_id, real = a_captured_payment(), gateway.refund

    def answer_is_lost(*asked: object) -> bool:
        real(*asked)
        raise GatewayTrouble("time-out")

    refund_id = actions.refund(payment_id=payment_id, minor=500, key="a")
    monkeypatch.setattr(gateway, "refund", answer_is_lost)
    with pytest.raises(GatewayTrouble):
        tasks.send_refund(refund_id=str(refund_id))
    monkeypatch.setattr(gateway, "refund", real)
    tasks.retry_refunds()
    run_jobs()
    assert DemoCharge.objects.get().refunded_minor == 500 and Refund.objects.get().state == "done"


def test_a_refund_that_the_gateway_refuses_is_free_again(monkeypatch: pytest.MonkeyPatch) -> None:
    payment_id = a_captured_payment()
    monkeypatch.setattr(gateway, "refund", lambda *asked: False)
    actions.refund(payment_id=payment_id, minor=2000, key="a")
    run_jobs()
    assert (view(payment_id).state, view(payment_id).refunded_minor) == ("captured", 0)


def test_money_that_came_by_hand_goes_back_by_hand() -> None:
    payment_id = a_payment(provider="bank_transfer")
    actions.confirm_received(payment_id=payment_id, minor=1500)
    assert view(payment_id).state == "started"
    actions.confirm_received(payment_id=payment_id, minor=500)
    assert view(payment_id).state == "captured"
    actions.refund(payment_id=payment_id, minor=2000, key="a")
    run_jobs()
    assert Refund.objects.get().state == "by_hand"


class NeverMoreThanCaptured(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.integers(1, 10_000), st.lists(st.integers(1, 6000), max_size=6))
    def test_no_sequence_of_refunds_gives_back_more_than_came(self, captured: int, parts: list[int]) -> None:
        payment_id = a_captured_payment(captured)
        for place, part in enumerate(parts):
            try:
                actions.refund(payment_id=payment_id, minor=part, key=f"{payment_id}:{place}")
            except actions.RefundProblem:
                assert part > view(payment_id).refundable_minor
        row = Payment.objects.get(id=payment_id)
        assert 0 <= row.refunded_minor <= row.captured_minor == captured
        assert row.refunded_minor == sum(Refund.objects.filter(payment=row).values_list("minor", flat=True))
