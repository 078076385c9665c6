"""The demo card: pays nothing, behaves like a card. Only where NITKA_DEMO is on.

`gateway.py` plays the company on the other side: it keeps its own book (one charge a key), asks for a confirmation as
3-D Secure does (`/demo-bank/<ref>`), and sends signed webhooks, some of them late.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from nitka.sale.payments.providers import (
    Charge,
    Choice,
    ForgedWebhookProblem,
    GatewayCharge,
    Mean,
    Next,
    Offer,
    Outcome,
    WebhookEvent,
)


def _gateway() -> Any:
    # Its table needs Django's apps, which are not ready when providers are found.
    return import_module(f"{__name__}.gateway")


class DemoCard:
    code = "demo_card"
    position = 10
    hold_for = timedelta(minutes=15)
    placed_at_once = False

    def name(self) -> str:
        return _("Card (demo)")

    def text(self) -> str:
        return _("No money moves. Choose how the card behaves.")

    def choices(self) -> tuple[Choice, ...]:
        return (
            Choice("success", _("Card that works")),
            Choice("decline", _("Card that is declined")),
            Choice("challenge", _("Card that asks for confirmation")),
            Choice("late", _("Card whose bank answers late")),
        )

    def defaults(self) -> Offer:
        return Offer()

    def available(self, *, market: str, country: str, currency: str, minor: int) -> bool:
        return bool(settings.NITKA_DEMO) and minor > 0

    def start(self, charge: Charge, return_url: str) -> Next:
        made = _gateway().charge(
            key=charge.key, payment_id=charge.payment_id, minor=charge.minor, currency=charge.currency,
            choice=_behaviour(charge), label=charge.label, return_url=return_url, holds=charge.holds,
        )  # fmt: skip
        outcome = _outcome(made)
        if outcome.state == "action":
            return Next(kind="redirect", url=f"/demo-bank/{made.ref}", outcome=outcome)
        return Next(kind="wait" if outcome.state == "pending" else "done", outcome=outcome)

    def poll(self, charge: Charge) -> Outcome:
        made = _gateway().look(charge.key)
        return _outcome(made) if made else Outcome(state="pending", reason="not begun")

    def cancel(self, charge: Charge) -> Outcome:
        made = _gateway().cancel(charge.key)
        return _outcome(made) if made else Outcome(state="cancelled")

    def refund(self, charge: Charge, minor: int, key: str) -> Outcome:
        done = _gateway().refund(charge.key, minor, key)
        return Outcome(state="refunded" if done else "failed", minor=minor, currency=charge.currency, provider_ref=key)

    def capture(self, charge: Charge, minor: int, key: str, *, final: bool) -> Outcome:
        done = _gateway().capture(charge.key, minor, key, final=final)
        return Outcome(state="captured" if done else "failed", minor=minor, currency=charge.currency, provider_ref=key)

    def void(self, charge: Charge, key: str) -> Outcome:
        made = _gateway().void(charge.key)
        return _outcome(made) if made else Outcome(state="cancelled")

    def charge_saved(self, charge: Charge, mean: Mean) -> Outcome:
        """A token is how the card behaves: success, decline, late."""
        made = _gateway().charge(
            key=charge.key, payment_id=charge.payment_id, minor=charge.minor, currency=charge.currency,
            choice=mean.token.partition(":")[0], label=charge.label, holds=charge.holds,
        )  # fmt: skip
        return _outcome(made)

    def kept_of(self, charge: Charge) -> Mean | None:
        return None

    def forget(self, mean: Mean) -> None:
        """It keeps nothing: the token says all."""

    def charges(self, since: datetime, until: datetime) -> Iterator[GatewayCharge]:
        for made in _gateway().made_between(since, until):
            told = _outcome(made)
            yield GatewayCharge(
                provider_ref=made.ref, payment_id=made.payment_id,
                state="captured" if made.captured_minor else told.state,
                minor=made.captured_minor if made.holds else made.minor, refunded_minor=made.refunded_minor,
                currency=made.currency, at=made.created_at,
            )  # fmt: skip

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
        body = _gateway().verified(raw, headers.get("demo-signature", ""))
        if body is None:
            raise ForgedWebhookProblem(_("The signature of this message is not valid."))
        state = _STATES.get(body["state"])
        if state is None:
            return None
        outcome = Outcome(state=state, provider_ref=body["ref"], minor=body["minor"], currency=body["currency"])  # type: ignore[arg-type]
        return WebhookEvent(event_id=body["id"], payment_id=UUID(body["payment_id"]), outcome=outcome)


_STATES = {
    "challenge": "action",
    "pending": "pending",
    "authorised": "authorised",
    "succeeded": "captured",
    "declined": "failed",
    "cancelled": "cancelled",
}


def _behaviour(charge: Charge) -> str:
    """How the card behaves; where the shop insists on a proof, a good card asks for it too."""
    chosen = charge.choice or "success"
    return "challenge" if charge.challenge and chosen == "success" else chosen


def _outcome(made: Any) -> Outcome:
    return Outcome(
        state=_STATES[made.state], provider_ref=made.ref, minor=made.minor, currency=made.currency,  # type: ignore[arg-type]
        reason="declined" if made.state == "declined" else "", in_parts=made.holds,
    )  # fmt: skip


PROVIDER = DemoCard()
