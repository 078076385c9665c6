"""Stripe: cards, wallets and what else the merchant switched on there, in Stripe's own form on a page of ours.

A PaymentIntent for each payment. No card number ever touches us: the form is Stripe's, and a means that somebody saved
is a token. Offered where the keys are set (NITKA_STRIPE_…). What was proven against what: docs/payments.md.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _

from nitka.sale.payments.providers import (
    Charge,
    Choice,
    GatewayCharge,
    Mean,
    Next,
    Offer,
    Outcome,
    PaymentPage,
    WebhookEvent,
)

# Of the currencies that we sell in; Stripe takes no roubles. https://docs.stripe.com/currencies
_CURRENCIES = frozenset({"EUR", "USD", "NOK", "PLN", "AMD", "GBP", "SEK", "DKK", "CHF", "CZK", "RON", "BGN"})


def _part(name: str) -> Any:
    # The library is large: it is loaded by those alone who use it.
    return import_module(f"{__name__}.{name}")


class Stripe:
    code = "stripe"
    position = 5
    hold_for = timedelta(minutes=30)
    placed_at_once = False
    knows_cards: Literal[True] = True

    def name(self) -> str:
        return _("Card and more")

    def text(self) -> str:
        return _("Card, Apple Pay, Google Pay and others, in the form of Stripe. We never see your card number.")

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def defaults(self) -> Offer:
        return Offer()

    def available(self, *, market: str, country: str, currency: str, minor: int) -> bool:
        keys = settings.NITKA_STRIPE_KEY and settings.NITKA_STRIPE_PUBLIC_KEY
        return bool(keys) and currency in _CURRENCIES and minor >= 50

    def start(self, charge: Charge, return_url: str) -> Next:
        return _part("charging").start(charge)  # type: ignore[no-any-return]

    def page(self, charge: Charge, return_url: str) -> PaymentPage:
        return _part("paging").page(charge, return_url)  # type: ignore[no-any-return]

    def poll(self, charge: Charge) -> Outcome:
        return _part("charging").poll(charge)  # type: ignore[no-any-return]

    def cancel(self, charge: Charge) -> Outcome:
        return _part("charging").cancel(charge)  # type: ignore[no-any-return]

    def void(self, charge: Charge, key: str) -> Outcome:
        return _part("charging").cancel(charge)  # type: ignore[no-any-return]

    def capture(self, charge: Charge, minor: int, key: str, *, final: bool) -> Outcome:
        return _part("taking").capture(charge, minor, key, final=final)  # type: ignore[no-any-return]

    def refund(self, charge: Charge, minor: int, key: str) -> Outcome:
        return _part("taking").refund(charge, minor, key)  # type: ignore[no-any-return]

    def charge_saved(self, charge: Charge, mean: Mean) -> Outcome:
        return _part("saved").charge_saved(charge, mean)  # type: ignore[no-any-return]

    def kept_of(self, charge: Charge) -> Mean | None:
        return _part("saved").kept_of(charge)  # type: ignore[no-any-return]

    def forget(self, mean: Mean) -> None:
        _part("saved").forget(mean)

    def charges(self, since: datetime, until: datetime) -> Iterator[GatewayCharge]:
        if settings.NITKA_STRIPE_KEY:
            yield from _part("books").charges(since, until)

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
        return _part("webhooks").read(raw, headers.get("stripe-signature", ""))  # type: ignore[no-any-return]


PROVIDER = Stripe()
