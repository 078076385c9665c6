"""Comparing our books with the gateways': money without an order, orders without money, amounts that differ."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.payments import findings, providers
from nitka.sale.payments.models import Finding, Payment
from nitka.sale.payments.problems import UnknownPaymentProblem
from nitka.sale.payments.providers import GatewayCharge, GatewayTrouble, Listing

log = structlog.get_logger(__name__)
Kind, State = Finding.Kind, Payment.State
SETTLED_AFTER = timedelta(minutes=30)  # younger payments may still be on their way between the two books
ENDS_WITHIN = timedelta(hours=36)


def reconcile(*, since: datetime, until: datetime | None = None) -> int:
    """Compare every gateway whose books can be read with ours, for payments of that time. Returns the new findings.

    Network: call it outside of a transaction. A gateway that does not answer is left for the next time.
    """
    until = until or clock.now() - SETTLED_AFTER
    new = 0
    for code, provider in providers.found().items():
        if not isinstance(provider, Listing):
            continue
        try:
            # A little wider than ours: the two clocks differ, and a start may take its time.
            theirs = list(provider.charges(since - SETTLED_AFTER, until + SETTLED_AFTER))
        except GatewayTrouble as trouble:
            log.warning("gateway_books_unread", provider=code, error=str(trouble))
            continue
        new += compare(code, theirs, since, until)
    return new + _ending()


def compare(provider: str, theirs: Iterable[GatewayCharge], since: datetime, until: datetime) -> int:
    """The rows of one gateway beside ours; returns the new findings."""
    charges = list(theirs)
    ids = [each.payment_id for each in charges if each.payment_id]
    refs = [each.provider_ref for each in charges]
    rows = Payment.objects.filter(provider=provider)
    by_id = {row.id: row for row in rows.filter(id__in=ids)}
    by_ref = {row.provider_ref: row for row in rows.filter(provider_ref__in=refs)}
    new, seen = 0, set()
    for each in charges:
        row = by_ref.get(each.provider_ref) or (by_id.get(each.payment_id) if each.payment_id else None)
        if row:
            seen.add(row.id)
        if each.at <= until:
            new += _pair(provider, each, row)
    ours = rows.filter(captured_at__gte=since, created_at__gte=since, created_at__lte=until, captured_minor__gt=0)
    for row in ours.exclude(id__in=seen):
        new += findings.note(
            kind=Kind.ORDER_WITHOUT_CHARGE, provider=provider, provider_ref=row.provider_ref, reference=row.reference,
            payment_id=row.id, expected=(row.captured_minor, row.currency),
        )  # fmt: skip
    return new


def _pair(provider: str, theirs: GatewayCharge, row: Payment | None) -> int:
    took = theirs.minor if theirs.state in ("captured", "refunded") else 0
    if row is None or row.state in (State.STARTED, State.ACTION, State.FAILED, State.CANCELLED):
        kept = took - theirs.refunded_minor
        ours = (0, "")
        kind = Kind.CHARGE_WITHOUT_ORDER if kept > 0 else None
        got = kept
    elif (took, theirs.currency) != (row.captured_minor, row.currency) and (took or row.captured_minor):
        kind, ours, got = Kind.AMOUNT_DIFFERS, (row.captured_minor, row.currency), took
    elif theirs.refunded_minor != row.refunded_minor:
        kind, ours, got = Kind.REFUND_DIFFERS, (row.refunded_minor, row.currency), theirs.refunded_minor
    else:
        kind, ours, got = None, (0, ""), 0
    if kind is None:
        return 0
    return findings.note(
        kind=kind, provider=provider, provider_ref=theirs.provider_ref, reference=row.reference if row else None,
        payment_id=row.id if row else None, expected=ours, got=(got, theirs.currency),
    )  # fmt: skip


def _ending() -> int:
    rows = Payment.objects.filter(
        state=State.AUTHORISED, authorised_until__lt=clock.now() + ENDS_WITHIN, void_asked_at=None, asked_minor=0
    )
    return sum(
        findings.note(
            kind=Kind.ENDING, provider=row.provider, provider_ref=row.provider_ref, reference=row.reference,
            payment_id=row.id, expected=(row.authorised_minor, row.currency),
        )
        for row in rows
    )  # fmt: skip


@transaction.atomic
def report(
    *, kind: str, reference: UUID, payment_id: UUID | None = None, expected_minor: int = 0, got_minor: int = 0,
    currency: str = "", provider: str = "",
) -> bool:  # fmt: skip
    """Write what the owner of a reference found by itself: an order that counts as paid without money, or money of an
    order that does not stand. Returns whether it is new."""
    return findings.note(
        kind=Kind(kind), provider=provider, reference=reference, payment_id=payment_id,
        expected=(expected_minor, currency), got=(got_minor, currency),
    )  # fmt: skip


@transaction.atomic
def close_finding(*, finding_id: UUID, actor: str, note: str = "") -> None:
    """Somebody looked at it and did what was to be done; what they did stands in the note."""
    row = Finding.objects.select_for_update().filter(id=finding_id).first()
    if row is None:
        raise UnknownPaymentProblem(_("There is no such entry."))
    if row.closed_at is None:
        row.closed_at, row.closed_by, row.note = clock.now(), actor[:60], note[:300]
        row.save(update_fields=["closed_at", "closed_by", "note"])
