"""Captures of an authorisation, its end, and refunds. https://developer.paypal.com/docs/api/payments/v2/"""

from nitka.sale.payments.providers import Charge, GatewayTrouble, Outcome
from nitka.sale.payments.providers.paypal.client import Refused, Thing, call
from nitka.sale.payments.providers.paypal.reading import amount, minor_of, payments_of

_PAYMENTS = "/v2/payments"
_TAKEN = ("COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED", "PENDING")


def capture(charge: Charge, minor: int, key: str, *, final: bool) -> Outcome:
    """Take a part; the capture carries our key, so that one whose answer was lost is found."""
    paid = _paid(charge)
    known = next((each for each in paid.get("captures", []) if each.get("invoice_id") == key), None)
    held = paid.get("authorizations") or [{}]
    asked = {"amount": amount(minor, charge.currency), "final_capture": final, "invoice_id": key}
    try:
        made = known or call("POST", f"{_PAYMENTS}/authorizations/{held[0].get('id', '')}/capture", asked, key)
    except Refused as refused:
        return Outcome(state="failed", provider_ref=charge.provider_ref, reason=refused.code)
    if made["status"] not in _TAKEN:
        return Outcome(state="failed", provider_ref=str(made["id"]), reason=str(made["status"]))
    if made["status"] == "PENDING":
        return Outcome(state="pending", provider_ref=str(made["id"]))
    got, currency = minor_of(made["amount"])
    return Outcome(state="captured", provider_ref=str(made["id"]), minor=got, currency=currency)


def void(charge: Charge, key: str) -> Outcome:
    """Let go of what is left of the authorisation."""
    held = _paid(charge).get("authorizations") or []
    for each in held:
        if each["status"] in ("VOIDED", "DENIED", "EXPIRED"):
            continue
        if each["status"] == "CAPTURED":
            return Outcome(state="captured", provider_ref=charge.provider_ref, minor=charge.minor,
                           currency=charge.currency)  # fmt: skip
        try:
            call("POST", f"{_PAYMENTS}/authorizations/{each['id']}/void", {}, key)
        except Refused as refused:
            if refused.code not in ("PREVIOUSLY_VOIDED", "AUTHORIZATION_VOIDED"):
                raise GatewayTrouble(refused.code) from refused
    return Outcome(state="cancelled", provider_ref=charge.provider_ref)


def refund(charge: Charge, minor: int, key: str) -> Outcome:
    """Send money back, out of as many captures as it takes. What earlier tries sent back under this key counts."""
    paid = _paid(charge)
    done = [each for each in paid.get("refunds", []) if each.get("invoice_id", "").startswith(f"{key}#")]
    done = [each for each in done if each["status"] in ("COMPLETED", "PENDING")]
    left = minor - sum(minor_of(each["amount"])[0] for each in done)
    ref = str(done[-1]["id"]) if done else ""
    for each in paid.get("captures", []):
        part = min(left, _left_of(each, paid))
        if part <= 0 or each["status"] == "PENDING":
            continue
        asked = {"amount": amount(part, charge.currency), "invoice_id": f"{key}#{each['id']}"}
        try:
            made = call("POST", f"{_PAYMENTS}/captures/{each['id']}/refund", asked, f"{key}#{each['id']}")
        except Refused as refused:
            return Outcome(state="failed", reason=refused.code)
        if made["status"] not in ("COMPLETED", "PENDING"):
            return Outcome(state="failed", provider_ref=str(made["id"]), reason=str(made["status"]))
        left, ref = left - part, str(made["id"])
    if left:
        return Outcome(state="failed", provider_ref=ref, reason="captured_less")
    return Outcome(state="refunded", provider_ref=ref, minor=minor, currency=charge.currency)


def _left_of(capture: Thing, paid: Thing) -> int:
    """What of a capture has not gone back yet."""
    back = [each for each in paid.get("refunds", []) if _is_of(each, capture) and each["status"] != "FAILED"]
    return minor_of(capture["amount"])[0] - sum(minor_of(each["amount"])[0] for each in back)


def _is_of(refund: Thing, capture: Thing) -> bool:
    """A refund names its capture by a link."""
    return any(
        each.get("rel") == "up" and str(each.get("href", "")).endswith(f"/{capture['id']}")
        for each in refund.get("links", [])
    )


def _paid(charge: Charge) -> Thing:
    try:
        return payments_of(call("GET", f"/v2/checkout/orders/{charge.provider_ref}"))
    except Refused as refused:
        raise GatewayTrouble(refused.code) from refused
