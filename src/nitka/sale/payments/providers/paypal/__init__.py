"""PayPal, Orders v2: the payer approves on PayPal's page and comes back; then the order is captured or authorised.

Approval alone moves no money: whoever asks first after it (return page, sweeper) completes it, once by its request id.
Offered where the keys are set (NITKA_PAYPAL_…). What was proven against what: docs/payments.md.
"""

from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from nitka.sale.payments.providers import Charge, Choice, Next, Offer, Outcome, WebhookEvent

# Of the currencies that we sell in. https://developer.paypal.com/reference/currency-codes/
_CURRENCIES = frozenset({"EUR", "USD", "NOK", "PLN", "GBP", "SEK", "DKK", "CHF", "CZK"})


def _part(name: str) -> Any:
    return import_module(f"{__name__}.{name}")


class PayPal:
    code = "paypal"
    position = 7
    hold_for = timedelta(hours=3)  # an approval is good for three hours
    placed_at_once = False

    def name(self) -> str:
        return "PayPal"

    def text(self) -> str:
        return _("You confirm on PayPal's own page and come back here.")

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def defaults(self) -> Offer:
        return Offer()

    def available(self, *, market: str, country: str, currency: str, minor: int) -> bool:
        keys = settings.NITKA_PAYPAL_CLIENT and settings.NITKA_PAYPAL_SECRET
        return bool(keys) and currency in _CURRENCIES and minor > 0

    def start(self, charge: Charge, return_url: str) -> Next:
        return _part("ordering").start(charge, return_url)  # type: ignore[no-any-return]

    def poll(self, charge: Charge) -> Outcome:
        return _part("ordering").poll(charge)  # type: ignore[no-any-return]

    def cancel(self, charge: Charge) -> Outcome:
        return _part("ordering").cancel(charge)  # type: ignore[no-any-return]

    def capture(self, charge: Charge, minor: int, key: str, *, final: bool) -> Outcome:
        return _part("taking").capture(charge, minor, key, final=final)  # type: ignore[no-any-return]

    def void(self, charge: Charge, key: str) -> Outcome:
        return _part("taking").void(charge, key)  # type: ignore[no-any-return]

    def refund(self, charge: Charge, minor: int, key: str) -> Outcome:
        return _part("taking").refund(charge, minor, key)  # type: ignore[no-any-return]

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
        return _part("webhooks").read(raw, headers)  # type: ignore[no-any-return]


PROVIDER = PayPal()
