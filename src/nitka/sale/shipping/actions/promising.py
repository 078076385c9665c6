"""Promises: written down when they are given, replaced before they break, and what the shopper makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.sale.shipping.facts import PromiseAtRisk
from nitka.sale.shipping.models import PromiseRow, Shipment
from nitka.sale.shipping.problems import ChoiceProblem

CHOICES = ("wait", "change", "cancel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A promise that somebody was given."""

    reference: UUID
    day_from: date
    day_to: date
    source: str
    computed_at: datetime
    option: str = ""
    country: str = ""


@transaction.atomic
def keep_promises(*, given: Sequence[Given]) -> int:
    """Write down promises as they were given, in one statement; those that are known stay as they are.

    Returns how many were handed in.
    """
    PromiseRow.objects.bulk_create(
        [
            PromiseRow(
                reference=each.reference, day_from=each.day_from, day_to=each.day_to, source=each.source[:80],
                computed_at=each.computed_at, option=each.option, country=each.country,
            )
            for each in given
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(given)


@transaction.atomic
def replace_promise(
    *, reference: UUID, day_to: date, source: str, reason: str, day_from: date | None = None, option: str = "",
    shipment_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """A new promise in the place of the last one of this reference, silently (the shopper chose it). Returns its id."""
    last = _last(reference)
    # One after another, also within one tick of the clock.
    moment = max(clock.now(), last.computed_at + timedelta(microseconds=1)) if last else clock.now()
    row = PromiseRow.objects.create(
        reference=reference, day_from=day_from or day_to, day_to=day_to, source=source[:80], computed_at=moment,
        option=option or (last.option if last else ""), country=last.country if last else "", replaces=last,
        shipment_id=shipment_id, reason=reason[:24],
    )  # fmt: skip
    return row.id


@transaction.atomic
def risk_promise(
    *, reference: UUID, promised_on: date, new_day: date, cause: str, shipment_id: UUID | None = None
) -> UUID | None:
    """A promise will break: promise a new day and tell it. None where that very day was promised already, so that
    asking again tells nothing; a day that is no later is no news either."""
    if shipment_id:
        Shipment.objects.select_for_update().filter(id=shipment_id).first()
    last = _last(reference)
    if new_day <= max(promised_on, last.day_to if last and last.reason else promised_on):
        return None
    if shipment_id:
        Shipment.objects.filter(id=shipment_id).update(expected_on=new_day)
    made = replace_promise(
        reference=reference, day_to=new_day, source=f"watch:{cause}", reason=cause, shipment_id=shipment_id
    )
    tell(
        PromiseAtRisk(
            reference=reference, promise_id=made, shipment_id=shipment_id, promised_on=promised_on.isoformat(),
            new_day=new_day.isoformat(), cause=cause,
        )
    )  # fmt: skip
    return made


@transaction.atomic
def choose(*, reference: UUID, choice: str) -> bool:
    """What the shopper makes of the new day: wait, change or cancel. Only the last promise is chosen upon.

    Returns whether that was news. Raises ChoiceProblem where no promise was replaced, or for another word.
    """
    last = _last(reference)
    if choice not in CHOICES or last is None or not last.reason:
        raise ChoiceProblem(_("There is nothing to choose here: the promised day stands."))
    if last.choice == choice:
        return False
    PromiseRow.objects.filter(id=last.id).update(choice=choice, chosen_at=clock.now())
    return True


def _last(reference: UUID) -> PromiseRow | None:
    rows = PromiseRow.objects.select_for_update().filter(reference=reference)
    return rows.order_by("-computed_at", "-id").first()
