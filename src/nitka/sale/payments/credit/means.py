"""What gift cards and store credit have in common as means of payment.

They pay at once and in rows, in the transaction that places the order; so they are never started, and what goes back
is back at once.
"""

from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from nitka.sale.payments.providers import Charge, Choice, ForgedWebhookProblem, Next, Offer, Outcome, WebhookEvent


def _ledger() -> Any:
    # Its tables need Django's apps, which are not ready when providers are found.
    return import_module("nitka.sale.payments.credit.ledger")


class FromLedger:
    code: str
    position: int
    hold_for: timedelta | None = None
    placed_at_once = True
    in_rows = True  # refunds need no network: they are done in the transaction that asks for them

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def defaults(self) -> Offer:
        return Offer()

    def available(self, *, market: str, country: str, currency: str, minor: int) -> bool:
        """Never chosen from the list: it is used before the list, and the list pays the rest."""
        return False

    def start(self, charge: Charge, return_url: str) -> Next:
        return Next(kind="done", outcome=self.poll(charge))

    def poll(self, charge: Charge) -> Outcome:
        return Outcome(state="captured", provider_ref=charge.provider_ref, minor=charge.minor, currency=charge.currency)

    def cancel(self, charge: Charge) -> Outcome:
        """It is captured from the first moment; what is given back is a refund."""
        return self.poll(charge)

    def refund(self, charge: Charge, minor: int, key: str) -> Outcome:
        """Back to the card or account that paid, once a key."""
        moved = _ledger().give_back(
            account=UUID(charge.choice), currency=charge.currency, minor=minor, key=f"give-back:{key}"
        )
        return Outcome(state="refunded", provider_ref=str(moved), minor=minor, currency=charge.currency)

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
        raise ForgedWebhookProblem("The ledger sends no webhooks.")
