"""What Stripe's objects say, in our words. https://docs.stripe.com/payments/paymentintents/lifecycle"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nitka.sale.payments.providers import Outcome

MARK = "nitka_payment"  # in the metadata: the id of our payment


def plain(thing: Any) -> dict[str, Any]:
    """One of the library's objects as plain values."""
    return thing if isinstance(thing, dict) else thing.to_dict()  # type: ignore[no-any-return]


def payment_id_of(intent: dict[str, Any]) -> UUID | None:
    try:
        return UUID((intent.get("metadata") or {}).get(MARK, ""))
    except ValueError:
        return None


def outcome_of(intent: dict[str, Any]) -> Outcome:
    """How the intent stands. A declined card leaves it open: the payer may try another in the same form."""
    status, currency, ref = intent.get("status"), str(intent.get("currency", "")).upper(), str(intent.get("id", ""))
    if status == "succeeded":
        card, its_country = _card(intent)
        return Outcome(
            state="captured", provider_ref=ref, minor=_received(intent), currency=currency, card=card,
            card_country=its_country,
        )  # fmt: skip
    if status == "requires_capture":
        return _authorised(intent, ref, currency)
    if status == "canceled":
        return Outcome(state="cancelled", provider_ref=ref, reason=str(intent.get("cancellation_reason") or ""))
    if status == "processing":
        return Outcome(state="pending", provider_ref=ref, reason="processing")
    error = intent.get("last_payment_error") or {}
    return Outcome(state="action", provider_ref=ref, reason=str(error.get("decline_code") or error.get("code") or ""))


def _received(intent: dict[str, Any]) -> int:
    got = intent.get("amount_received")
    return int(intent["amount"] if got is None else got)


def _authorised(intent: dict[str, Any], ref: str, currency: str) -> Outcome:
    free = intent.get("amount_capturable")
    card = _card_details(intent)
    until = card.get("capture_before")
    known, its_country = _card(intent)
    return Outcome(
        state="authorised", provider_ref=ref, minor=int(intent["amount"] if free is None else free), currency=currency,
        in_parts=(card.get("multicapture") or {}).get("status") == "available",
        until=datetime.fromtimestamp(int(until), UTC) if until else None, card=known,
        card_country=its_country,
    )  # fmt: skip


def _card(intent: dict[str, Any]) -> tuple[str, str]:
    """Stripe's print of the card, and the country that it was issued in."""
    card = _card_details(intent)
    return str(card.get("fingerprint") or ""), str(card.get("country") or "")[:2]


def _card_details(intent: dict[str, Any]) -> dict[str, Any]:
    charge = intent.get("latest_charge")
    if not isinstance(charge, dict):  # an id alone, where it was not asked for
        return {}
    return (charge.get("payment_method_details") or {}).get("card") or {}
