"""On account: a company that has terms with the shop gets the goods and an invoice, and pays by its day."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.sale.payments.providers import (
    AccountTerms,
    Charge,
    Choice,
    ForgedWebhookProblem,
    Next,
    Offer,
    Outcome,
    WebhookEvent,
)


class OnAccount:
    code = "on_account"
    position = 5
    hold_for = None
    placed_at_once = True

    def name(self) -> str:
        return _("On account")

    def text(self) -> str:
        return _("Your company gets an invoice and pays by its day.")

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def defaults(self) -> Offer:
        return Offer()

    def available(self, *, market: str, country: str, currency: str, minor: int) -> bool:
        """Wherever there is something to pay; whether a company may, its terms say."""
        return minor > 0

    def within(self, terms: AccountTerms, *, currency: str, minor: int) -> bool:
        """Whether the company's credit covers it."""
        return terms.currency == currency and minor <= terms.left_minor

    def text_of(self, terms: AccountTerms) -> str:
        """In how many days this company pays."""
        words = ngettext(
            "Pay within %(days)d day of the invoice.", "Pay within %(days)d days of the invoice.", terms.net_days
        )
        return words % {"days": terms.net_days}

    def start(self, charge: Charge, return_url: str) -> Next:
        return Next(kind="done", outcome=Outcome(state="pending"))

    def poll(self, charge: Charge) -> Outcome:
        return Outcome(state="pending")

    def cancel(self, charge: Charge) -> Outcome:
        return Outcome(state="cancelled")

    def refund(self, charge: Charge, minor: int, key: str) -> Outcome:
        return Outcome(state="by_hand", minor=minor, currency=charge.currency)

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
        raise ForgedWebhookProblem("No company sends webhooks here.")


PROVIDER = OnAccount()
