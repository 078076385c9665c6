"""From news to state: in whatever order news come, the end is the same."""

from collections.abc import Iterable
from typing import cast

import structlog

from nitka.ground import clock
from nitka.sale.payments import findings
from nitka.sale.payments.models import Finding, GatewayEvent, Payment
from nitka.sale.payments.providers import Outcome
from nitka.sale.payments.providers import State as News

State = Payment.State
log = structlog.get_logger(__name__)

# Money beats everything, a decision beats a promise, a promise beats a question, and a later word of the same rank
# changes nothing.
_RANK = {"pending": 0, "action": 1, "authorised": 2, "cancelled": 3, "failed": 3, "captured": 4, "refunded": 5}
_STATE_RANK: dict[State, int] = {each: _RANK.get(each.value, 0) for each in State}


def outcome_of(event: GatewayEvent) -> Outcome:
    """What a stored webhook says."""
    return Outcome(
        state=cast(News, event.state), provider_ref=event.provider_ref, minor=event.minor, currency=event.currency,
        reason=event.reason,
    )  # type: ignore[arg-type]  # fmt: skip


def apply(row: Payment, news: Iterable[Outcome]) -> bool:
    """Change the row by the news; returns whether anything changed. Other amounts than ours are refused, and shown to
    the shop."""
    changed = False
    for outcome in sorted(news, key=lambda each: _RANK.get(each.state, -1)):
        if outcome.state not in _RANK or outcome.state == "refunded":
            continue  # refunds are asked for by us and answered to us
        if _RANK[outcome.state] <= _STATE_RANK[State(row.state)] or _is_echo(row, outcome):
            continue
        if outcome.state in ("authorised", "captured") and not _is_our_amount(row, outcome):
            continue
        changed = True
        row.provider_ref = row.provider_ref or outcome.provider_ref
        row.reason = outcome.reason[:200]
        _move(row, outcome)
    return changed


def _move(row: Payment, outcome: Outcome) -> None:
    if outcome.state == "captured":
        row.state, row.captured_at = State.CAPTURED, clock.now()
        row.captured_minor = outcome.minor
    elif outcome.state == "authorised":
        row.state, row.authorised_minor = State.AUTHORISED, outcome.minor
        row.in_parts, row.authorised_until = outcome.in_parts, outcome.until
    elif outcome.state != "pending":
        row.state = State(outcome.state)


def _is_echo(row: Payment, outcome: Outcome) -> bool:
    """News of what we are taking in parts ourselves: our own capture notes what it brought."""
    return outcome.state == "captured" and row.asked_minor > 0


def needs_void(row: Payment, news: Iterable[Outcome]) -> bool:
    """Whether the gateway sets money aside for a payment that was given up here: nobody will ever take it."""
    given_up = row.state in (State.CANCELLED, State.FAILED) and row.void_asked_at is None
    return given_up and any(outcome.state == "authorised" for outcome in news)


def _is_our_amount(row: Payment, outcome: Outcome) -> bool:
    if outcome.minor == row.minor and outcome.currency == row.currency:
        return True
    log.error("captured_amount_differs", payment_id=str(row.id), expected=row.minor, got=outcome.minor)
    findings.note(
        kind=Finding.Kind.AMOUNT_DIFFERS, provider=row.provider, provider_ref=row.provider_ref or outcome.provider_ref,
        reference=row.reference, payment_id=row.id, expected=(row.minor, row.currency),
        got=(outcome.minor, outcome.currency),
    )  # fmt: skip
    return False
