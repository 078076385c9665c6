"""Captures and refunds. Each looks first whether it was done: so a lost answer is found, whatever became of its key."""

from collections.abc import Iterable
from typing import Any

import stripe

from nitka.sale.payments.providers import Charge, Outcome
from nitka.sale.payments.providers.stripe.client import api, asking, with_key
from nitka.sale.payments.providers.stripe.reading import plain

KEY = "nitka_key"


def capture(charge: Charge, minor: int, key: str, *, final: bool) -> Outcome:
    """Take a part of what is set aside. https://docs.stripe.com/api/payment_intents/capture"""
    before = _state(charge)
    if before.get("status") == "succeeded":  # the answer to an earlier try was lost
        return _taken(charge, minor) if _captured(before) >= minor else _refused(charge, "captured_less")
    asked: dict[str, Any] = {"amount_to_capture": minor}
    if not final:
        asked["final_capture"] = False
    try:
        with asking():
            after = plain(api().payment_intents.capture(charge.provider_ref, asked, with_key(key)))
    except (stripe.InvalidRequestError, stripe.CardError) as refused:
        return _refused(charge, str(refused.code or refused.user_message or "refused"))
    got = _captured(after) - _captured(before)
    # Nothing more than before: the key was known, and this is the answer that was lost.
    return _taken(charge, got or minor)


def refund(charge: Charge, minor: int, key: str) -> Outcome:
    """Send money back. https://docs.stripe.com/api/refunds/create"""
    with asking():
        listed = api().refunds.list({"payment_intent": charge.provider_ref, "limit": 100})
        known = _of_key((plain(each) for each in listed.data), key)
    if known is None:
        try:
            with asking():
                asked = {"payment_intent": charge.provider_ref, "amount": minor, "metadata": {KEY: key}}
                known = plain(api().refunds.create(asked, with_key(key)))
        except stripe.InvalidRequestError as refused:
            return Outcome(state="failed", reason=str(refused.code or refused.user_message or "refused"))
    return _refunded(known)


def _refunded(told: dict[str, Any]) -> Outcome:
    minor, currency = int(told["amount"]), str(told["currency"]).upper()
    if told.get("status") in ("failed", "canceled"):
        return Outcome(state="failed", provider_ref=told["id"], reason=str(told.get("failure_reason") or "failed"))
    # `pending`: Stripe has it and tries; should the bank send it back, the comparison of the books shows it.
    return Outcome(state="refunded", provider_ref=told["id"], minor=minor, currency=currency)


def _of_key(refunds: Iterable[dict[str, Any]], key: str) -> dict[str, Any] | None:
    return next((each for each in refunds if (each.get("metadata") or {}).get(KEY) == key), None)


def _state(charge: Charge) -> dict[str, Any]:
    with asking():
        return plain(api().payment_intents.retrieve(charge.provider_ref))


def _captured(intent: dict[str, Any]) -> int:
    return int(intent.get("amount_received") or 0)


def _taken(charge: Charge, minor: int) -> Outcome:
    return Outcome(state="captured", provider_ref=charge.provider_ref, minor=minor, currency=charge.currency)


def _refused(charge: Charge, reason: str) -> Outcome:
    return Outcome(state="failed", provider_ref=charge.provider_ref, reason=reason)
