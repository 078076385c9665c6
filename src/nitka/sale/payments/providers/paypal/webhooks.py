"""PayPal's posts. Whether one is PayPal's, PayPal is asked, with the very bytes that came.

https://developer.paypal.com/api/rest/webhooks/rest/#verify-webhook-signature
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from nitka.sale.payments.providers import ForgedWebhookProblem, Outcome, WebhookEvent
from nitka.sale.payments.providers.paypal.client import Refused, send
from nitka.sale.payments.providers.paypal.reading import minor_of

_HEADERS = {
    "auth_algo": "paypal-auth-algo", "cert_url": "paypal-cert-url", "transmission_id": "paypal-transmission-id",
    "transmission_sig": "paypal-transmission-sig", "transmission_time": "paypal-transmission-time",
}  # fmt: skip
_STATES = {
    "PAYMENT.CAPTURE.COMPLETED": "captured", "PAYMENT.CAPTURE.PENDING": "pending",
    "PAYMENT.AUTHORIZATION.CREATED": "authorised", "PAYMENT.AUTHORIZATION.VOIDED": "cancelled",
    "CHECKOUT.ORDER.APPROVED": "action",
}  # fmt: skip


def read(raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
    _refuse_forged(raw, headers)
    event = json.loads(raw)
    state: Any = _STATES.get(str(event.get("event_type")))
    told = event.get("resource") or {}
    if state is None:
        return None
    related = ((told.get("supplementary_data") or {}).get("related_ids") or {}).get("order_id", "")
    is_order = str(event["event_type"]).startswith("CHECKOUT.ORDER")
    custom = (told.get("purchase_units") or [{}])[0].get("custom_id") if is_order else told.get("custom_id")
    minor, currency = (0, "") if is_order else minor_of(told.get("amount") or {})
    outcome = Outcome(
        state=state, provider_ref=str(told.get("id") if is_order else related), minor=minor, currency=currency,
        in_parts=state == "authorised",
    )  # fmt: skip
    return WebhookEvent(event_id=str(event["id"]), payment_id=_ours(custom), outcome=outcome)


def _refuse_forged(raw: bytes, headers: Mapping[str, str]) -> None:
    asked = {name: headers.get(header, "") for name, header in _HEADERS.items()}
    if not settings.NITKA_PAYPAL_WEBHOOK or not all(asked.values()):
        raise ForgedWebhookProblem(_("The signature of this message is not valid."))
    try:
        json.loads(raw)
        front = json.dumps({**asked, "webhook_id": settings.NITKA_PAYPAL_WEBHOOK})[:-1].encode()
        # The event goes back as it came: read and written again it would be other bytes.
        told = send("POST", "/v1/notifications/verify-webhook-signature", front + b', "webhook_event": ' + raw + b"}")
    except (ValueError, Refused) as refused:
        raise ForgedWebhookProblem(_("The signature of this message is not valid.")) from refused
    if told.get("verification_status") != "SUCCESS":
        raise ForgedWebhookProblem(_("The signature of this message is not valid."))


def _ours(custom: Any) -> UUID | None:
    try:
        return UUID(str(custom))
    except ValueError:
        return None
