"""Means that a gateway keeps, and charges on them while the payer is away."""

from uuid import UUID

import pytest

from nitka.ground.belongings import Party, StandIns
from nitka.ground.ids import new_id
from nitka.sale.payments import actions, belongings, providers, queries
from nitka.sale.payments.models import Payment
from nitka.sale.payments.providers import GatewayTrouble
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.payments.tests.makers import a_captured_payment, view
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
ANNA = UUID(int=1)


def a_mean(token: str = "success:1") -> UUID:
    return actions.save_mean(customer_id=ANNA, provider="demo_card", token=token, brand="visa", last4="4242")


def test_a_saved_means_is_one_row_of_one_customer() -> None:
    assert a_mean() == a_mean()
    assert [(each.brand, each.last4, each.name) for each in queries.saved_means(ANNA)] == [
        ("visa", "4242", "Card (demo)")
    ]
    with pytest.raises(actions.PaymentProblem):
        actions.save_mean(customer_id=UUID(int=2), provider="demo_card", token="success:1")
    with pytest.raises(actions.PaymentProblem):
        actions.save_mean(customer_id=ANNA, provider="bank_transfer", token="x")


def test_a_difference_is_charged_once_a_key() -> None:
    reference = view(a_captured_payment()).reference
    first = actions.charge_saved(reference=reference, mean_id=a_mean(), minor=300, key="diff")
    again = actions.charge_saved(reference=reference, mean_id=a_mean(), minor=300, key="diff")
    for answer in (first, again):
        assert answer.kind == "done" and answer.outcome and answer.outcome.state == "captured"
    assert [each.captured_minor for each in queries.payments_of(reference)] == [2000, 300]
    assert DemoCharge.objects.count() == 2
    with pytest.raises(actions.PaymentProblem):
        actions.charge_saved(reference=reference, mean_id=a_mean(), minor=301, key="diff")


def test_a_declined_one_says_so_and_takes_nothing() -> None:
    reference = view(a_captured_payment()).reference
    answer = actions.charge_saved(reference=reference, mean_id=a_mean("decline:1"), minor=300, key="diff")
    assert answer.outcome and answer.outcome.state == "failed"
    assert queries.payments_of(reference)[1].captured_minor == 0


def test_a_lost_answer_and_its_retry_are_one_charge(monkeypatch: pytest.MonkeyPatch) -> None:
    reference, real = view(a_captured_payment()).reference, gateway.charge

    def answer_is_lost(**asked: object) -> object:
        real(**asked)  # type: ignore[arg-type]
        raise GatewayTrouble("time-out")

    monkeypatch.setattr(gateway, "charge", answer_is_lost)
    with pytest.raises(actions.GatewayUnreachedProblem):
        actions.charge_saved(reference=reference, mean_id=a_mean(), minor=300, key="diff")
    monkeypatch.setattr(gateway, "charge", real)
    assert actions.charge_saved(reference=reference, mean_id=a_mean(), minor=300, key="diff").outcome
    assert DemoCharge.objects.count() == Payment.objects.count() == 2


def test_a_removed_means_is_gone_and_nobody_else_removes_it() -> None:
    mean_id = a_mean()
    with pytest.raises(actions.UnknownMeanProblem):
        actions.forget_mean(mean_id=mean_id, customer_id=new_id())
    actions.forget_mean(mean_id=mean_id, customer_id=ANNA)
    assert queries.saved_means(ANNA) == ()
    with pytest.raises(actions.UnknownMeanProblem):
        actions.charge_saved(reference=new_id(), mean_id=mean_id, minor=1, key="k", currency="EUR")


def test_an_erasure_reaches_what_the_gateway_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[str] = []
    monkeypatch.setattr(providers.found()["demo_card"], "forget", lambda mean: forgotten.append(mean.token))
    a_mean()
    party = Party(ids=frozenset([ANNA]))
    assert belongings.erase_saved_means(party, StandIns()) == 1
    run_jobs()
    assert forgotten == ["success:1"] and queries.saved_means(ANNA) == ()
