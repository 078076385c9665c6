"""Stripe's posts: the signature over the raw bytes first. https://docs.stripe.com/webhooks#verify-official-libraries"""

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from nitka.sale.payments.providers import ForgedWebhookProblem, WebhookEvent
from nitka.sale.payments.providers.stripe.reading import outcome_of, payment_id_of, plain

# A declined try leaves the intent open, so its news is only that the payer is still asked.
_OF_INTEREST = frozenset(
    f"payment_intent.{each}"
    for each in (
        "succeeded",
        "amount_capturable_updated",
        "canceled",
        "processing",
        "requires_action",
        "payment_failed",
    )
)


def read(raw: bytes, signature: str) -> WebhookEvent | None:
    secret = settings.NITKA_STRIPE_WEBHOOK_SECRET
    if not secret:
        raise ForgedWebhookProblem(_("This shop takes no messages of Stripe."))
    try:
        event = plain(stripe.Webhook.construct_event(raw, signature, secret))
    except (ValueError, stripe.SignatureVerificationError) as forged:
        raise ForgedWebhookProblem(_("The signature of this message is not valid.")) from forged
    told = (event.get("data") or {}).get("object") or {}
    if event.get("type") not in _OF_INTEREST or told.get("object") != "payment_intent":
        return None
    return WebhookEvent(event_id=str(event["id"]), payment_id=payment_id_of(told), outcome=outcome_of(told))
