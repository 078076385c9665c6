"""What our page needs for Stripe's form. https://docs.stripe.com/payments/accept-a-payment?platform=web&ui=elements"""

from typing import Any
from urllib.parse import urlsplit

import stripe
from django.conf import settings

from nitka.sale.payments.providers import Charge, GatewayTrouble, PaymentPage
from nitka.sale.payments.providers.stripe.client import api, asking
from nitka.sale.payments.providers.stripe.reading import plain
from nitka.sale.payments.providers.stripe.saved import payer_of

# https://docs.stripe.com/security/guide#content-security-policy
_FRAMES = ("https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com")
_FEATURES = {
    "payment_method_redisplay": "enabled", "payment_method_save": "enabled",
    "payment_method_save_usage": "off_session", "payment_method_remove": "enabled",
}  # fmt: skip


def page(charge: Charge, return_url: str) -> PaymentPage:
    """The secret of the intent goes to the payer's browser alone: it is fetched for the page, never stored."""
    if not charge.provider_ref:
        raise GatewayTrouble("The intent was not begun.")
    try:
        payer = payer_of(charge)
        with asking():
            intent = plain(
                api().payment_intents.update(charge.provider_ref, {"customer": payer})
                if payer
                else api().payment_intents.retrieve(charge.provider_ref)
            )
        session = _session(payer) if payer else ""
    except stripe.InvalidRequestError as refused:
        raise GatewayTrouble(f"Stripe does not understand us: {refused.user_message or refused}") from refused
    script = settings.NITKA_STRIPE_JS
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(script))
    return PaymentPage(
        template="payments/stripe.html", payer_ref=payer,
        data={
            "script": script, "key": settings.NITKA_STRIPE_PUBLIC_KEY, "secret": str(intent["client_secret"]),
            "session": session, "return_url": return_url,
        },
        script_hosts=(origin, "https://*.js.stripe.com") if origin == "https://js.stripe.com" else (origin,),
        frame_hosts=_FRAMES if origin == "https://js.stripe.com" else (origin,),
        connect_hosts=("https://api.stripe.com",) if origin == "https://js.stripe.com" else (origin,),
    )  # fmt: skip


def _session(payer: str) -> str:
    """Lets the form show and keep the customer's own means. https://docs.stripe.com/api/customer_sessions"""
    asked: dict[str, Any] = {
        "customer": payer, "components": {"payment_element": {"enabled": True, "features": _FEATURES}},
    }  # fmt: skip
    with asking():
        return str(api().customer_sessions.create(asked).client_secret)
