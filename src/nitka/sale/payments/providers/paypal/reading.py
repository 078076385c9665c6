"""What PayPal's orders say, in our words. Amounts are decimal strings there, minor units here."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from nitka.ground.money import exponent
from nitka.sale.payments.providers import GatewayTrouble, Outcome

Thing = dict[str, Any]


def amount(minor: int, currency: str) -> dict[str, str]:
    """As PayPal wants it."""
    places = exponent(currency)
    return {"currency_code": currency, "value": f"{Decimal(minor).scaleb(-places):.{places}f}"}


def minor_of(told: Thing) -> tuple[int, str]:
    """Minor units and currency of an amount of theirs. Raises GatewayTrouble for what is no amount."""
    try:
        currency = str(told["currency_code"])
        minor = Decimal(str(told["value"])).scaleb(exponent(currency))
        if minor != int(minor):
            raise ValueError("parts of a minor unit")
        return int(minor), currency
    except (KeyError, ValueError, InvalidOperation, TypeError) as trouble:
        raise GatewayTrouble(f"PayPal's amount is none: {told!r:.80}") from trouble


def payments_of(order: Thing) -> Thing:
    """Captures, authorizations and refunds of an order."""
    units = order.get("purchase_units") or [{}]
    return units[0].get("payments") or {}


def link_of(thing: Thing, *rels: str) -> str:
    return next((str(each["href"]) for each in thing.get("links", []) if each.get("rel") in rels), "")


def outcome_of(order: Thing) -> Outcome:
    """How the order stands. An approved one is not paid: it must be completed."""
    ref, status = str(order.get("id", "")), order.get("status")
    paid = payments_of(order)
    done = [
        each for each in paid.get("captures", []) if each["status"] in ("COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED")
    ]
    if done and not paid.get("authorizations"):
        sums = [minor_of(each["amount"]) for each in done]
        return Outcome(state="captured", provider_ref=ref, minor=sum(each[0] for each in sums), currency=sums[0][1])
    if paid.get("authorizations"):
        return _authorised(ref, paid["authorizations"][0], done)
    waiting = [each for each in paid.get("captures", []) if each["status"] == "PENDING"]
    if waiting:
        return Outcome(state="pending", provider_ref=ref, reason="PENDING")
    if any(each["status"] in ("DECLINED", "FAILED") for each in paid.get("captures", [])):
        return Outcome(state="action", provider_ref=ref, reason="DECLINED")
    if status == "VOIDED":
        return Outcome(state="cancelled", provider_ref=ref)
    return Outcome(state="action", provider_ref=ref, reason=str(status or ""))


def _authorised(ref: str, told: Thing, done: list[Thing]) -> Outcome:
    minor, currency = minor_of(told["amount"])
    status = told["status"]
    if status == "CAPTURED" or (status == "PARTIALLY_CAPTURED" and done):
        taken = sum(minor_of(each["amount"])[0] for each in done)
        if status == "CAPTURED":
            return Outcome(state="captured", provider_ref=ref, minor=taken, currency=currency)
    if status in ("CREATED", "PARTIALLY_CAPTURED"):
        until = told.get("expiration_time")
        return Outcome(
            state="authorised", provider_ref=ref, minor=minor, currency=currency, in_parts=True,
            until=datetime.fromisoformat(until) if until else None,
        )  # fmt: skip
    if status == "PENDING":
        return Outcome(state="pending", provider_ref=ref, reason=status)
    return Outcome(state="cancelled", provider_ref=ref, reason=status)
