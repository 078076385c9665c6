"""Means that Stripe keeps for a customer, and charges on them while the payer is away.

https://docs.stripe.com/payments/save-and-reuse
"""

from typing import Any

import stripe

from nitka.sale.payments.providers import Charge, Mean, Outcome
from nitka.sale.payments.providers.stripe.charging import asked_for
from nitka.sale.payments.providers.stripe.client import api, asking, with_key
from nitka.sale.payments.providers.stripe.reading import MARK, outcome_of, plain

_HAPPENS_LATER = "authentication_required"


def charge_saved(charge: Charge, mean: Mean) -> Outcome:
    """Charge it off session. Where the bank wants to see the payer, they confirm later on our page."""
    known = _begun_before(charge, mean)
    if known:
        return outcome_of(known)
    asked = asked_for(charge) | {
        "customer": mean.payer_ref, "payment_method": mean.token, "confirm": True, "off_session": True,
    }  # fmt: skip
    try:
        with asking():
            return outcome_of(plain(api().payment_intents.create(asked, with_key(charge.key))))
    except stripe.CardError as declined:
        intent = _intent_of(declined)
        state: Any = "action" if declined.code == _HAPPENS_LATER else "failed"
        return Outcome(state=state, provider_ref=str(intent.get("id", "")), reason=str(declined.code or "declined"))
    except stripe.InvalidRequestError as refused:
        return Outcome(state="failed", reason=str(refused.code or refused.user_message or "refused"))


def kept_of(charge: Charge) -> Mean | None:
    """The means of a charge whose payer asked Stripe to keep it."""
    with asking():
        intent = plain(api().payment_intents.retrieve(charge.provider_ref, {"expand": ["payment_method"]}))
    kept, payer = intent.get("payment_method"), intent.get("customer")
    if not isinstance(kept, dict) or not payer or kept.get("customer") != payer:
        return None
    card = kept.get("card") or {}
    expires = f"{card['exp_year']}-{int(card['exp_month']):02}" if card.get("exp_year") else ""
    return Mean(
        token=str(kept["id"]), payer_ref=str(payer), brand=str(card.get("brand") or kept.get("type") or ""),
        last4=str(card.get("last4") or ""), expires=expires,
    )  # fmt: skip


def forget(mean: Mean) -> None:
    """Take it off the customer. One that is gone already is refused, which is as good."""
    try:
        with asking():
            api().payment_methods.detach(mean.token)
    except stripe.InvalidRequestError:
        return


def payer_of(charge: Charge) -> str:
    """Stripe's customer for ours: the known one, or a new one that knows our id and nothing else."""
    if charge.payer_ref or charge.customer_id is None:
        return charge.payer_ref
    with asking():
        asked = {"metadata": {"nitka_customer": str(charge.customer_id)}}
        made = api().customers.create(asked, with_key(f"customer:{charge.customer_id}"))
    return str(made.id)


def _begun_before(charge: Charge, mean: Mean) -> dict[str, Any] | None:
    """The intent of an earlier try whose answer was lost; Stripe forgets keys after a day, but not its intents."""
    with asking():
        listed = api().payment_intents.list({"customer": mean.payer_ref, "limit": 100})
    mark = str(charge.payment_id)
    intents = (plain(each) for each in listed.data)
    return next((each for each in intents if (each.get("metadata") or {}).get(MARK) == mark), None)


def _intent_of(declined: stripe.CardError) -> dict[str, Any]:
    body: Any = declined.json_body or {}
    intent: dict[str, Any] = (body.get("error") or {}).get("payment_intent") or {}
    return intent
