"""Cash on delivery: the carrier takes the money at the door, for a fee where the merchant sets one."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from nitka.sale.payments.providers import Charge, Choice, ForgedWebhookProblem, Next, Offer, Outcome, WebhookEvent


class CashOnDelivery:
    code = "cash_on_delivery"
    position = 30
    hold_for = None
    placed_at_once = True

    def name(self) -> str:
        return _("Cash on delivery")

    def text(self) -> str:
        return _("You pay when the parcel is in your hands.")

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def defaults(self) -> Offer:
        """Where carriers usually collect, and not for very large sums, until the merchant decides."""
        return Offer(
            countries=("PL", "BG", "AM", "RU"),
            fees={"pl": 800, "eu": 200, "am": 50_000, "ru": 15_000},
            maximum={"pl": 200_000, "eu": 50_000, "am": 20_000_000, "ru": 5_000_000},
        )

    def available(self, *, market: str, country: str, currency: str, minor: int) -> bool:
        return minor > 0

    def start(self, charge: Charge, return_url: str) -> Next:
        return Next(kind="done", outcome=Outcome(state="pending"))

    def poll(self, charge: Charge) -> Outcome:
        return Outcome(state="pending")

    def cancel(self, charge: Charge) -> Outcome:
        return Outcome(state="cancelled")

    def refund(self, charge: Charge, minor: int, key: str) -> Outcome:
        return Outcome(state="by_hand", minor=minor, currency=charge.currency)

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
        raise ForgedWebhookProblem("No carrier sends webhooks here.")


PROVIDER = CashOnDelivery()
