"""Stripe's provider against our own stand-in for Stripe, which behaves or misbehaves as it is told."""

import time
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from nitka.sale.payments import actions, providers, queries
from nitka.sale.payments.models import Finding, Payment, SavedMean
from nitka.sale.payments.providers import ForgedWebhookProblem, GatewayTrouble
from nitka.sale.payments.queries import Attempt, Verdict
from nitka.sale.payments.tests.fakes.server import Gateway
from nitka.sale.payments.tests.fakes.stripe_side import confirm, message, signature
from nitka.sale.payments.tests.makers import a_payment, view
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
BACK = "http://localhost/en/order/NK-TEST-01/return-from-payment?k=t"
ANNA = UUID(int=1)


def begun(**more: Any) -> UUID:
    payment_id = a_payment(provider="stripe", choice="", **more)
    assert actions.start(payment_id=payment_id, return_url=BACK).kind == "page"
    return payment_id


def paid(gateway: Gateway, **more: Any) -> UUID:
    payment_id = begun(**more)
    confirm(gateway, view(payment_id).provider_ref)
    actions.settle(payment_id=payment_id, outcome=actions.ask(payment_id=payment_id))
    return payment_id


def held(gateway: Gateway) -> UUID:
    actions.put_method(code="stripe", capture="on_shipment")
    return paid(gateway)


def test_it_is_offered_where_its_keys_are_set_alone(settings: Any, stripe: Gateway) -> None:
    asked = {"market": "eu", "country": "DE", "currency": "EUR", "minor": 1000}
    assert providers.found()["stripe"].available(**asked)
    assert not providers.found()["stripe"].available(**{**asked, "currency": "RUB"})
    settings.NITKA_STRIPE_KEY = ""
    assert not providers.found()["stripe"].available(**asked)


def test_a_start_makes_an_intent_and_shows_our_page(stripe: Gateway) -> None:
    payment_id = begun()
    told = view(payment_id)
    asked = stripe.book["intents"][told.provider_ref]["asked"]
    assert told.state == "action" and asked["automatic_payment_methods[enabled]"] == "true"
    assert asked["metadata[nitka_payment]"] == str(payment_id) and asked["currency"] == "eur"
    page = actions.page_of(payment_id=payment_id, return_url=BACK)
    assert page and page.data["secret"] == f"{told.provider_ref}_secret_x" and page.data["session"] == ""


def test_the_money_is_seen_by_asking_and_by_a_webhook_alike(stripe: Gateway) -> None:
    assert (view(paid(stripe)).state, view(paid(stripe)).captured_minor) == ("captured", 2000)
    payment_id = begun()
    confirm(stripe, view(payment_id).provider_ref)
    told = message(stripe, view(payment_id).provider_ref, "succeeded")
    assert actions.store_webhook(provider="stripe", raw=told[0], headers=told[1]) == view(payment_id).reference
    assert actions.settle(payment_id=payment_id).state == "captured"


@pytest.mark.parametrize("fault", ["changed", "no signature", "old", "another secret", "no secret here"])
def test_a_forged_webhook_is_refused(stripe: Gateway, settings: Any, fault: str) -> None:
    payment_id = begun()
    raw, headers = message(stripe, view(payment_id).provider_ref, "succeeded")
    now = int(time.time())
    if fault == "no secret here":
        settings.NITKA_STRIPE_WEBHOOK_SECRET = ""
    bad = {
        "changed": (raw.replace(b"2000", b"2001"), headers), "no signature": (raw, {}),
        "old": (raw, {"Stripe-Signature": signature(raw, now - 301)}),
        "another secret": (raw, {"Stripe-Signature": signature(raw, now, "whsec_other")}),
        "no secret here": (raw, headers),
    }[fault]  # fmt: skip
    with pytest.raises(ForgedWebhookProblem):
        actions.store_webhook(provider="stripe", raw=bad[0], headers=bad[1])


@pytest.mark.parametrize("what", ["down", "slow", "before", "after", "lost", "garbage"])
def test_whatever_happens_to_the_start_one_intent_is_shown_in_the_end(stripe: Gateway, what: str) -> None:
    payment_id = a_payment(provider="stripe", choice="")
    stripe.fail(what, "POST /v1/payment_intents")
    for _try in range(3):
        try:
            actions.start(payment_id=payment_id, return_url=BACK)
            break
        except actions.GatewayUnreachedProblem:
            assert view(payment_id).state == "started"
    ref = view(payment_id).provider_ref
    confirm(stripe, ref)
    assert actions.settle(payment_id=payment_id, outcome=actions.ask(payment_id=payment_id)).state == "captured"
    charged = [each for each in stripe.book["intents"].values() if each["amount_received"]]
    assert [each["id"] for each in charged] == [ref]


@pytest.mark.parametrize("what", ["down", "slow", "before", "after", "lost", "garbage"])
def test_whatever_happens_to_a_refund_it_goes_back_once(stripe: Gateway, what: str) -> None:
    payment_id = paid(stripe)
    stripe.fail(what, "POST /v1/refunds")
    actions.refund(payment_id=payment_id, minor=700, key="r1")
    run_jobs_until(lambda: queries.refunds_of(view(payment_id).reference)[0].state == "done", stripe)
    assert [each["amount"] for each in stripe.book["refunds"].values()] == [700]


@pytest.mark.parametrize("what", ["down", "slow", "before", "after", "lost", "garbage"])
def test_whatever_happens_to_a_capture_it_is_taken_once(stripe: Gateway, what: str) -> None:
    payment_id = held(stripe)
    ref = view(payment_id).provider_ref
    stripe.fail(what, f"POST /v1/payment_intents/{ref}/capture")
    actions.capture_for(reference=view(payment_id).reference, minor=2000, key="parcel", final=True)
    run_jobs_until(lambda: view(payment_id).state == "captured", stripe)
    assert stripe.book["intents"][ref]["amount_received"] == view(payment_id).captured_minor == 2000


def test_parts_are_captured_where_the_account_may(stripe: Gateway) -> None:
    payment_id = held(stripe)
    reference = view(payment_id).reference
    for place, minor in enumerate((500, 1500)):
        assert actions.capture_for(reference=reference, minor=minor, key=f"parcel {place}") == minor
        run_jobs()
    assert (view(payment_id).state, view(payment_id).captured_minor) == ("captured", 2000)


def test_where_it_may_not_the_first_parcel_takes_all(stripe: Gateway) -> None:
    stripe.lies["single"] = {}
    payment_id = held(stripe)
    assert actions.capture_for(reference=view(payment_id).reference, minor=500, key="parcel") == 2000


def test_a_webhook_that_leaves_out_the_parts_is_completed_by_asking(stripe: Gateway) -> None:
    actions.put_method(code="stripe", capture="on_shipment")
    payment_id = begun()
    ref = view(payment_id).provider_ref
    confirm(stripe, ref)
    raw, headers = message(stripe, ref, "amount_capturable_updated")
    actions.store_webhook(provider="stripe", raw=raw, headers=headers)
    actions.settle(payment_id=payment_id)
    assert Payment.objects.get().authorised_until is None
    run_jobs()
    assert Payment.objects.get().in_parts and Payment.objects.get().authorised_until


def test_the_card_is_learned_from_the_answer_and_after_a_webhook_by_asking(stripe: Gateway) -> None:
    nobody = Verdict(0, "allow", ())
    for way in ("asked", "told"):
        payment_id = begun()
        reference = view(payment_id).reference
        actions.note_attempt(reference, Attempt(minor=2000, currency="EUR", countries=("NO", "NO")), nobody)
        confirm(stripe, view(payment_id).provider_ref)
        if way == "told":
            raw, headers = message(stripe, view(payment_id).provider_ref, "succeeded")
            actions.store_webhook(provider="stripe", raw=raw, headers=headers)
            actions.settle(payment_id=payment_id)
            run_jobs()
        else:
            actions.settle(payment_id=payment_id, outcome=actions.ask(payment_id=payment_id))
        risk = queries.risk_of(reference)
        assert risk and risk.score == 20 and "another country" in risk.reasons[0]


def test_cancelling_asks_first_and_money_wins(stripe: Gateway) -> None:
    open_, taken = begun(), begun()
    confirm(stripe, view(taken).provider_ref)
    assert actions.cancel(payment_id=open_).state == "cancelled"
    assert actions.cancel(payment_id=taken).state == "captured"
    let_go = held(stripe)
    actions.void(payment_id=let_go)
    run_jobs()
    assert view(let_go).state == "cancelled"


@pytest.mark.parametrize("lie", [{"amount_received": 1}, {"currency": "usd"}])
def test_a_lie_about_the_money_is_not_believed_and_is_shown(stripe: Gateway, lie: dict[str, Any]) -> None:
    payment_id = begun()
    ref = view(payment_id).provider_ref
    confirm(stripe, ref)
    stripe.lies[ref] = lie
    assert actions.settle(payment_id=payment_id, outcome=actions.ask(payment_id=payment_id)).state == "action"
    assert Finding.objects.get().kind == "amount_differs"


def test_a_means_is_kept_only_for_who_is_signed_in_and_only_if_they_ask(stripe: Gateway) -> None:
    payment_id = begun()
    page = actions.page_of(payment_id=payment_id, return_url=BACK, customer_id=ANNA)
    assert page and page.data["session"].startswith("cuss_cus_")
    confirm(stripe, view(payment_id).provider_ref, keep=True)
    actions.settle(payment_id=payment_id, outcome=actions.ask(payment_id=payment_id))
    run_jobs()
    kept = queries.saved_means(ANNA)[0]
    assert (kept.brand, kept.last4, kept.expires) == ("visa", "4242", "2031-04")
    second = begun()
    actions.page_of(payment_id=second, return_url=BACK, customer_id=ANNA)
    assert len(stripe.book["customers"]) == 1
    confirm(stripe, view(second).provider_ref)
    actions.settle(payment_id=second, outcome=actions.ask(payment_id=second))
    run_jobs()
    assert len(queries.saved_means(ANNA)) == 1
    # A stranger at the same payment sees nobody's cards.
    third = begun()
    actions.page_of(payment_id=third, return_url=BACK, customer_id=ANNA)
    shown = actions.page_of(payment_id=third, return_url=BACK)
    assert shown and shown.data["session"] == ""


@pytest.mark.parametrize(("token", "kind", "state"), [
    ("pm_ok", "done", "captured"), ("pm_declined", "done", "failed"), ("pm_authenticate", "page", "action"),
])  # fmt: skip
def test_a_saved_card_is_charged_while_the_payer_is_away(stripe: Gateway, token: str, kind: str, state: str) -> None:
    reference = view(paid(stripe)).reference
    mean_id = actions.save_mean(customer_id=ANNA, provider="stripe", token=token, payer_ref="cus_1")
    answer = actions.charge_saved(reference=reference, mean_id=mean_id, minor=300, key="d")
    assert answer.outcome and (answer.kind, answer.outcome.state) == (kind, state)


@pytest.mark.parametrize("what", ["lost", "after", "slow"])
def test_a_lost_answer_about_a_saved_card_makes_no_second_charge(stripe: Gateway, what: str) -> None:
    reference = view(paid(stripe)).reference
    mean_id = actions.save_mean(customer_id=ANNA, provider="stripe", token="pm_ok", payer_ref="cus_1")
    stripe.fail(what, "POST /v1/payment_intents")
    with pytest.raises(actions.GatewayUnreachedProblem):
        actions.charge_saved(reference=reference, mean_id=mean_id, minor=300, key="d")
    answer = actions.charge_saved(reference=reference, mean_id=mean_id, minor=300, key="d")
    assert answer.outcome and answer.outcome.state == "captured"
    assert sum(each["amount_received"] for each in stripe.book["intents"].values()) == 2300


def test_a_removed_means_is_removed_there_too(stripe: Gateway) -> None:
    mean_id = actions.save_mean(customer_id=ANNA, provider="stripe", token="pm_ok", payer_ref="cus_1")
    stripe.book["means"]["pm_ok"] = "cus_1"
    actions.forget_mean(mean_id=mean_id, customer_id=ANNA)
    run_jobs()
    assert stripe.book["means"] == {} and SavedMean.objects.get().removed_at


def run_jobs_until(done: Any, gateway: Gateway) -> None:
    """The jobs with their tries; the clock's task that tries for ever stands behind them. A day later Stripe forgets
    its keys."""
    from nitka.sale.payments import tasks

    for _round in range(4):
        with suppress(GatewayTrouble):
            run_jobs()
        if done():
            return
        gateway.remembered.clear()
        tasks.retry_refunds()
        tasks.retry_captures()
    raise AssertionError("It was never done.")
