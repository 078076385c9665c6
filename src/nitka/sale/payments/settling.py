"""From news to state: in whatever order news come, the end is the same."""

from collections.abc import Iterable
from typing import cast

import structlog

from nitka.ground import clock
from nitka.sale.payments.models import GatewayEvent, Payment
from nitka.sale.payments.providers import Outcome
from nitka.sale.payments.providers import State as News

State = Payment.State
log = structlog.get_logger(__name__)

# Money beats everything, a decision beats a question, and a later word of the same rank changes nothing.
_RANK = {"pending": 0, "action": 1, "cancelled": 2, "failed": 2, "captured": 3, "refunded": 4}
_STATE_RANK = {
    State.STARTED: 0,
    State.ACTION: 1,
    State.CANCELLED: 2,
    State.FAILED: 2,
    State.CAPTURED: 3,
    State.REFUNDED: 4,
}


def outcome_of(event: GatewayEvent) -> Outcome:
    """What a stored webhook says."""
    return Outcome(
        state=cast(News, event.state), provider_ref=event.provider_ref, minor=event.minor, currency=event.currency,
        reason=event.reason,
    )  # type: ignore[arg-type]  # fmt: skip


def apply(row: Payment, news: Iterable[Outcome]) -> bool:
    """Change the row by the news; returns whether anything changed. Other amounts than ours are refused and logged."""
    changed = False
    for outcome in sorted(news, key=lambda each: _RANK.get(each.state, -1)):
        if outcome.state not in _RANK or outcome.state == "refunded":
            continue  # refunds are asked for by us and answered to us
        if _RANK[outcome.state] <= _STATE_RANK[State(row.state)]:
            continue
        if outcome.state == "captured" and not _is_our_amount(row, outcome):
            continue
        changed = True
        row.provider_ref = row.provider_ref or outcome.provider_ref
        row.reason = outcome.reason
        if outcome.state == "captured":
            row.state, row.captured_at = State.CAPTURED, clock.now()
            row.captured_minor = outcome.minor
        elif outcome.state != "pending":
            row.state = State(outcome.state)
    return changed


def _is_our_amount(row: Payment, outcome: Outcome) -> bool:
    if outcome.minor == row.minor and outcome.currency == row.currency:
        return True
    log.error("captured_amount_differs", payment_id=str(row.id), expected=row.minor, got=outcome.minor)
    return False
