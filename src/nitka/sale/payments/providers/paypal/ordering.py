"""A PayPal order: made, approved by the payer over there, completed by us. https://developer.paypal.com/docs/api/orders/v2/"""

from nitka.sale.payments.providers import Charge, GatewayTrouble, Next, Outcome
from nitka.sale.payments.providers.paypal.client import Refused, Thing, call
from nitka.sale.payments.providers.paypal.reading import amount, link_of, outcome_of

_ORDERS = "/v2/checkout/orders"


def start(charge: Charge, return_url: str) -> Next:
    """Make the order, and send the payer to PayPal."""
    asked = {
        "intent": "AUTHORIZE" if charge.holds else "CAPTURE",
        "purchase_units": [
            {
                "custom_id": str(charge.payment_id), "reference_id": "default", "description": charge.label,
                "amount": amount(charge.minor, charge.currency),
            }
        ],
        "payment_source": {
            "paypal": {
                "experience_context": {
                    "return_url": return_url, "cancel_url": return_url, "user_action": "PAY_NOW",
                    "shipping_preference": "NO_SHIPPING",
                }
            }
        },
    }  # fmt: skip
    try:
        made = call("POST", _ORDERS, asked, charge.key)
    except Refused as refused:
        raise GatewayTrouble(f"PayPal refuses the order: {refused.code}") from refused
    url, outcome = link_of(made, "payer-action", "approve"), outcome_of(made)
    if outcome.state == "action" and not url:
        raise GatewayTrouble("PayPal named no page for the payer.")
    return Next(kind="redirect" if outcome.state == "action" else "done", url=url, outcome=outcome)


def poll(charge: Charge) -> Outcome:
    """How it stands; an approved order is completed by this."""
    if not charge.provider_ref:
        return Outcome(state="pending", reason="not begun")
    try:
        order = call("GET", f"{_ORDERS}/{charge.provider_ref}")
    except Refused as refused:
        if refused.code == "RESOURCE_NOT_FOUND":  # nobody approved it in time
            return Outcome(state="cancelled", provider_ref=charge.provider_ref, reason=refused.code)
        raise GatewayTrouble(refused.code) from refused
    if order.get("status") == "APPROVED":
        order = _completed(charge, order)
    return outcome_of(order)


def cancel(charge: Charge) -> Outcome:
    """An order that we do not complete moves no money; one that was completed meanwhile says so.

    Its approval must not be completed later: `settle` keeps a cancelled payment cancelled, and asks no more.
    """
    if not charge.provider_ref:
        return Outcome(state="cancelled")
    try:
        outcome = outcome_of(call("GET", f"{_ORDERS}/{charge.provider_ref}"))
    except Refused:
        return Outcome(state="cancelled", provider_ref=charge.provider_ref)
    return Outcome(state="cancelled", provider_ref=charge.provider_ref) if outcome.state == "action" else outcome


def _completed(charge: Charge, order: Thing) -> Thing:
    deed = "authorize" if order.get("intent") == "AUTHORIZE" else "capture"
    try:
        return call("POST", f"{_ORDERS}/{charge.provider_ref}/{deed}", {}, f"{charge.key}:{deed}")
    except Refused as refused:
        if refused.code in ("ORDER_ALREADY_CAPTURED", "ORDER_ALREADY_AUTHORIZED"):
            return call("GET", f"{_ORDERS}/{charge.provider_ref}")
        # INSTRUMENT_DECLINED: the payer may choose another means over there.
        return {**order, "status": refused.code}
