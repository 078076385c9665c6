"""A PaymentIntent: begun, looked at, given up."""

from typing import Any

import stripe
from django.conf import settings

from nitka.sale.payments.providers import Charge, GatewayTrouble, Next, Outcome
from nitka.sale.payments.providers.stripe.client import api, asking, with_key
from nitka.sale.payments.providers.stripe.reading import MARK, outcome_of, plain

WHOLE = {"expand": ["latest_charge"]}


def start(charge: Charge) -> Next:
    """Make the intent; the payer confirms it in Stripe's form on our page."""
    intent = plain(_made(charge, asked_for(charge)))
    return Next(kind="page", outcome=outcome_of(intent))


def asked_for(charge: Charge) -> dict[str, Any]:
    """What an intent of this charge is made of."""
    asked: dict[str, Any] = {
        "amount": charge.minor, "currency": charge.currency.lower(),
        "metadata": {MARK: str(charge.payment_id), "order": charge.label},
    }  # fmt: skip
    methods = [each.strip() for each in settings.NITKA_STRIPE_METHODS.split(",") if each.strip()]
    if methods:
        asked["payment_method_types"] = methods
    else:
        asked["automatic_payment_methods"] = {"enabled": True}
    card: dict[str, str] = {}
    if charge.holds:
        asked["capture_method"] = "manual"
        card["request_multicapture"] = "if_available"
    if charge.challenge:
        card["request_three_d_secure"] = "challenge"
    if card:
        asked["payment_method_options"] = {"card": card}
    return asked


def _made(charge: Charge, asked: dict[str, Any]) -> Any:
    """One intent for one key. Stripe repeats even a failure of its own for a known key, and an intent that nobody
    has confirmed costs nobody anything: after such a failure a second key is taken."""
    for key in (charge.key, f"{charge.key}:again"):
        try:
            with asking():
                return api().payment_intents.create(asked, with_key(key))
        except GatewayTrouble as trouble:
            if not isinstance(trouble.__cause__, stripe.APIError) or key != charge.key:
                raise
        except stripe.InvalidRequestError as refused:
            raise GatewayTrouble(f"Stripe does not understand us: {refused.user_message or refused}") from refused
    raise AssertionError("The second try answered or raised.")


def poll(charge: Charge) -> Outcome:
    if not charge.provider_ref:
        return Outcome(state="pending", reason="not begun")
    with asking():
        return outcome_of(plain(api().payment_intents.retrieve(charge.provider_ref, WHOLE)))


def cancel(charge: Charge) -> Outcome:
    """Give up, or let go of what is set aside. Too late for one that succeeded; then it says so."""
    if not charge.provider_ref:
        return Outcome(state="cancelled")  # an intent whose answer never came was never shown to anybody
    try:
        with asking():
            return outcome_of(plain(api().payment_intents.cancel(charge.provider_ref)))
    except stripe.InvalidRequestError:
        return poll(charge)
