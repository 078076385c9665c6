"""The way back: the parcel left, it is here, it was looked at."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nitka.ground import money
from nitka.sale.orders import queries as orders
from nitka.sale.returns import closing, goods, steps
from nitka.sale.returns.models import Case, CaseLine, Kind, Tally
from nitka.sale.returns.parties import Party, refuse_all_but_staff, refuse_strangers
from nitka.sale.returns.problems import TooManyPiecesProblem, UnknownCaseProblem, UnknownLineProblem, WrongStateProblem
from nitka.sale.returns.steps import State

Grade = CaseLine.Grade


@transaction.atomic
def mark_sent(*, case_id: UUID, by: Party, tracking_number: str = "") -> None:
    """The shopper gave the parcel away; the number lets both look for it."""
    case = steps.locked(case_id)
    order = orders.order(case.order_id)
    if order is None:
        raise UnknownCaseProblem(_("There is no such return."))
    refuse_strangers(by, order)
    steps.expect(case, State.APPROVED)
    if not case.needs_goods:
        raise WrongStateProblem(_("Nothing has to be sent back."))
    number = tracking_number.strip()[:60]
    steps.move(case, "sent", actor=by.actor, state=State.SENT, tracking_number=number, send_before=None)


@transaction.atomic
def mark_received(*, case_id: UUID, by: Party, pieces: Mapping[UUID, int] | None = None) -> None:
    """The parcel is here. `pieces` by line of the case: what was in it; None: all of it.

    What was not in it stays the shopper's: it is neither refunded nor counted as gone back.
    """
    refuse_all_but_staff(by, "orders.ship")
    case = steps.locked(case_id)
    steps.expect(case, State.APPROVED, State.SENT)
    if not case.needs_goods:
        raise WrongStateProblem(_("Nothing has to be sent back."))
    rows = list(CaseLine.objects.filter(case=case).order_by("line_id"))
    if pieces is not None and (unknown := pieces.keys() - {row.id for row in rows}):
        raise UnknownLineProblem(_("Choose from what was announced."), line_id=str(min(unknown)))
    came = {row.id: row.pieces if pieces is None else pieces.get(row.id, 0) for row in rows}
    if any(not 0 <= came[row.id] <= row.pieces for row in rows):
        raise TooManyPiecesProblem(_("More pieces than were announced. Open another return for them."))
    if not any(came.values()):
        raise TooManyPiecesProblem(_("Nothing was in the parcel? Then it has not come back yet."))
    if case.kind == Kind.EXCHANGE and any(came[row.id] < row.pieces for row in rows):
        raise TooManyPiecesProblem(_("Pieces of the exchange are missing. Ask the shopper, or refuse it."))
    for row in rows:
        _came(row, came[row.id])
    steps.move(case, "received", actor=by.actor, state=State.RECEIVED, send_before=None)
    closing.sum_up(case)


def _came(row: CaseLine, pieces: int) -> None:
    """The line as it came: what is missing is the shopper's again, with the money that was paid for it."""
    missing = row.pieces - pieces
    if missing:
        Tally.objects.filter(line_id=row.line_id).update(returned=F("returned") - missing)
        if pieces == 0:
            row.grade, row.counts = Grade.MISSING, False
        else:
            row.paid_minor = money.split(row.paid_minor, [pieces, missing])[0]
            row.restocking_minor = money.split(row.restocking_minor, [pieces, missing])[0]
            row.pieces = pieces
    row.received = pieces
    row.save(update_fields=["pieces", "received", "paid_minor", "restocking_minor", "grade", "counts"])


@transaction.atomic
def grade(*, case_id: UUID, by: Party, grades: Mapping[UUID, str] | None = None) -> None:
    """Say how each line of the case came back: as new (to the shelf), used or damaged (never sold again).

    A line that is not named is as new. An exchange or a replacement whose new pieces have left is closed by this.
    """
    refuse_all_but_staff(by, "orders.ship")
    case = steps.locked(case_id)
    steps.expect(case, State.RECEIVED)
    rows = list(CaseLine.objects.filter(case=case, received__gt=0).order_by("variant_id"))
    asked = dict(grades or {})
    if set(asked) - {row.id for row in rows} or set(asked.values()) - {Grade.AS_NEW, Grade.USED, Grade.DAMAGED}:
        raise UnknownLineProblem(_("Say for each line how it came back: as new, used or damaged."))
    for row in rows:
        row.grade = asked.get(row.id, Grade.AS_NEW)
        row.save(update_fields=["grade"])
    _to_shelf(case, rows)
    steps.move(case, "graded", actor=by.actor, state=State.GRADED)
    if case.kind != Kind.RETURN:
        closing.close_if_done(case, actor=by.actor)


def _to_shelf(case: Case, rows: list[CaseLine]) -> None:
    for row in rows:
        if row.variant_id:
            goods.restock(case, row.variant_id, row.received, row.grade)
