"""Bank transfer: the shopper sends the money, a person (or a statement) says that it came."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _

from nitka.sale.payments.providers import Charge, Choice, ForgedWebhookProblem, Next, Offer, Outcome, WebhookEvent
from nitka.shelf.content import queries as content


class BankTransfer:
    code = "bank_transfer"
    position = 20
    hold_for = timedelta(days=7)
    placed_at_once = True

    def name(self) -> str:
        return _("Bank transfer")

    def text(self) -> str:
        return _("You get our account and a code for your banking app. We ship when the money is here.")

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def defaults(self) -> Offer:
        return Offer()

    def available(self, *, market: str, country: str, currency: str, minor: int) -> bool:
        """Wherever the shop has an account."""
        return bool(content.shop().iban)

    def start(self, charge: Charge, return_url: str) -> Next:
        """Nothing to ask of anybody; the page shows `queries.bank_instructions`."""
        return Next(kind="instructions", text=charge.label)

    def poll(self, charge: Charge) -> Outcome:
        return Outcome(state="pending")

    def cancel(self, charge: Charge) -> Outcome:
        return Outcome(state="cancelled")

    def refund(self, charge: Charge, minor: int, key: str) -> Outcome:
        return Outcome(state="by_hand", minor=minor, currency=charge.currency)

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
        raise ForgedWebhookProblem("No bank sends webhooks here.")


PROVIDER = BankTransfer()
