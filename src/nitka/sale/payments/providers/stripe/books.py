"""Stripe's books: every intent of a time, for comparing with ours."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import stripe

from nitka.sale.payments.providers import GatewayCharge, GatewayTrouble
from nitka.sale.payments.providers.stripe.client import api, asking
from nitka.sale.payments.providers.stripe.reading import outcome_of, payment_id_of, plain


def charges(since: datetime, until: datetime) -> Iterator[GatewayCharge]:
    """Page by page. https://docs.stripe.com/api/payment_intents/list"""
    asked: dict[str, Any] = {
        "created": {"gte": int(since.timestamp()), "lte": int(until.timestamp())}, "limit": 100,
        "expand": ["data.latest_charge"],
    }  # fmt: skip
    while True:
        try:
            with asking():
                listed = api().payment_intents.list(asked)
        except stripe.InvalidRequestError as refused:
            raise GatewayTrouble(str(refused)) from refused
        for each in listed.data:
            yield _charge(plain(each))
        if not listed.has_more or not listed.data:
            return
        asked["starting_after"] = listed.data[-1].id


def _charge(intent: dict[str, Any]) -> GatewayCharge:
    told = outcome_of(intent)
    latest = intent.get("latest_charge")
    back = latest.get("amount_refunded", 0) if isinstance(latest, dict) else 0
    received = int(intent.get("amount_received") or 0)
    return GatewayCharge(
        provider_ref=str(intent["id"]), payment_id=payment_id_of(intent),
        state="captured" if received else told.state, minor=received or told.minor, refunded_minor=int(back or 0),
        currency=str(intent["currency"]).upper(), at=datetime.fromtimestamp(int(intent["created"]), UTC),
    )  # fmt: skip
