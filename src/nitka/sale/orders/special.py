"""Samples of materials, so many a person, and home trials, whose way back is arranged with the order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, Sum
from django.utils.translation import ngettext

from nitka.ground import clock
from nitka.ground.remembered import Remembered
from nitka.sale.orders.change_models import VariantTerms
from nitka.sale.orders.change_problems import SampleProblem
from nitka.sale.orders.models import Order, OrderLine
from nitka.sale.orders.steps import Status


@dataclass(frozen=True, slots=True)
class Terms:
    """How a variant is sold. `per_person`: pieces of all samples together in `period_days`; None: no sample."""

    variant_id: UUID
    per_person: int | None
    period_days: int
    trial_days: int | None


def _load() -> dict[UUID, Terms]:
    return {
        row.variant_id: Terms(row.variant_id, row.per_person, row.period_days, row.trial_days)
        for row in VariantTerms.objects.all()
    }


_known = Remembered(_load)


def forget() -> None:
    """Read the terms anew at the next question."""
    _known.forget()


def terms_of(variant_ids: Iterable[UUID]) -> dict[UUID, Terms]:
    """The variants of these that are sold in a way of their own. No query while it is fresh (two seconds)."""
    known = _known()
    return {each: known[each] for each in variant_ids if each in known} if known else {}


def all_terms() -> tuple[Terms, ...]:
    """Every variant that is sold in a way of its own."""
    return tuple(_load().values())


def refuse_too_many_samples(order: Order, wanted: Mapping[UUID, int]) -> None:
    """Raises SampleProblem where this order takes its buyer over a limit. Its lines are written already.

    One buyer's orders come one after another here, so that two tabs are not two persons. No query without samples.
    """
    samples = {each.variant_id: each for each in terms_of(wanted).values() if each.per_person is not None}
    if not samples:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"samples {order.email.lower()}"])
    strictest = min(samples.values(), key=lambda each: each.per_person or 0)
    most = strictest.per_person or 0
    if taken_by(order, strictest.period_days) > most:
        text = ngettext(
            "One sample a person is free to try; choose the one that you need most.",
            "%(n)d samples a person are free to try; choose those that you need most.",
            most,
        )
        raise SampleProblem(text % {"n": most}, per_person=most)


def taken_by(order: Order, days: int) -> int:
    """Pieces of samples that the buyer of this order has ordered in so many days, with this order."""
    sampled = [each.variant_id for each in _known().values() if each.per_person is not None]
    whose = Q(order__email__iexact=order.email)
    if order.customer_id:
        whose |= Q(order__customer_id=order.customer_id)
    rows = OrderLine.objects.filter(
        whose, variant_id__in=sampled, order__created_at__gte=clock.now() - timedelta(days=days)
    ).exclude(order__status__in=[Status.CANCELLED, Status.FAILED])
    return int(rows.aggregate(pieces=Sum("quantity"))["pieces"] or 0)


def trial_until(variant_id: UUID, arrives: date) -> date | None:
    """The day by which a piece on trial goes back, where it arrives as promised; None for one that is just sold."""
    terms = terms_of([variant_id]).get(variant_id)
    return arrives + timedelta(days=terms.trial_days) if terms and terms.trial_days else None
