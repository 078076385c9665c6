"""Webhooks as they come in life: twice, late, in the wrong order, forged, and about nothing of ours."""

import itertools
import json
import time

import pytest

from nitka.ground.facts.queries import told_about
from nitka.ground.ids import new_id
from nitka.sale.payments import actions
from nitka.sale.payments.models import GatewayEvent
from nitka.sale.payments.providers import ForgedWebhookProblem
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.tests.makers import a_payment, view, webhook

pytestmark = pytest.mark.django_db


def begun(choice: str = "late") -> object:
    payment_id = a_payment(choice=choice)
    actions.start(payment_id=payment_id, return_url="/")
    return payment_id


def store(raw: bytes, headers: dict[str, str]) -> object:
    return actions.store_webhook(provider="demo_card", raw=raw, headers=headers)


def test_a_webhook_is_stored_once_and_told_once_although_it_comes_three_times() -> None:
    payment_id = begun()
    message = webhook(payment_id, "succeeded")
    assert store(*message) == view(payment_id).reference
    assert store(*message) is None and store(*message) is None
    assert GatewayEvent.objects.count() == 1
    assert [fact.kind for fact in told_about(view(payment_id).reference)] == ["payments.gateway_told"]
    assert actions.settle(payment_id=payment_id).state == "captured"
    assert GatewayEvent.objects.get().processed_at


@pytest.mark.parametrize("order", list(itertools.permutations(["pending", "challenge", "succeeded", "cancelled"])))
def test_whatever_the_order_of_news_captured_money_stays_captured(order: tuple[str, ...]) -> None:
    payment_id = begun()
    for state in order:
        store(*webhook(payment_id, state, event_id=state))
        actions.settle(payment_id=payment_id)
    assert (view(payment_id).state, view(payment_id).captured_minor) == ("captured", 2000)


def test_a_decline_after_the_money_changes_nothing_and_money_after_a_decline_counts() -> None:
    payment_id = begun()
    store(*webhook(payment_id, "declined", event_id="1"))
    assert actions.settle(payment_id=payment_id).state == "failed"
    store(*webhook(payment_id, "succeeded", event_id="2"))
    assert actions.settle(payment_id=payment_id).state == "captured"
    store(*webhook(payment_id, "declined", event_id="3"))
    assert actions.settle(payment_id=payment_id).state == "captured"


@pytest.mark.parametrize("fault", ["changed body", "no signature", "old", "wrong key", "rubbish", "later time"])
def test_a_forged_webhook_is_refused_and_leaves_nothing(fault: str) -> None:
    raw, headers = webhook(begun(), "succeeded")
    now = int(time.time())
    bad = {
        "changed body": (raw.replace(b"2000", b"2001"), headers),
        "no signature": (raw, {}),
        "old": (raw, {"Demo-Signature": gateway.signature(raw, now - 301)}),
        "wrong key": (raw, {"Demo-Signature": f"t={now},v1={'0' * 64}"}),
        "rubbish": (b"\xff{", {"Demo-Signature": gateway.signature(b"\xff{", now)}),
        "later time": (raw, {"Demo-Signature": headers["Demo-Signature"].replace("t=", "t=9")}),
    }[fault]
    with pytest.raises(ForgedWebhookProblem):
        store(*bad)
    assert not GatewayEvent.objects.exists()


def test_a_webhook_about_nobody_is_kept_and_answered_without_trouble() -> None:
    body = {"id": "x", "ref": "r", "payment_id": str(new_id()), "state": "succeeded", "minor": 1, "currency": "EUR"}
    raw = json.dumps(body).encode()
    assert store(raw, {"demo-signature": gateway.signature(raw, int(time.time()))}) is None
    assert GatewayEvent.objects.get().payment_id is None


def test_a_webhook_that_is_quicker_than_the_answer_to_our_start_is_matched_by_our_own_id() -> None:
    payment_id = a_payment(choice="late")
    gateway.charge(key=view(payment_id).label, payment_id=payment_id, minor=2000, currency="EUR", choice="late")
    store(*webhook(payment_id, "succeeded"))
    assert actions.settle(payment_id=payment_id).state == "captured"


def test_another_amount_than_ours_is_not_believed() -> None:
    payment_id = begun()
    body = {"id": "x", "ref": "r", "payment_id": str(payment_id), "state": "succeeded", "minor": 1, "currency": "EUR"}
    raw = json.dumps(body).encode()
    store(raw, {"demo-signature": gateway.signature(raw, int(time.time()))})
    assert actions.settle(payment_id=payment_id).state == "started"


def test_an_unknown_provider_is_named() -> None:
    with pytest.raises(actions.UnknownPaymentProblem):
        actions.store_webhook(provider="nobody", raw=b"{}", headers={})
