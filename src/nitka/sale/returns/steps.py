"""Writing steps: the one place where the state of a case changes."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.sale.orders import actions as orders
from nitka.sale.returns.facts import CaseMoved
from nitka.sale.returns.models import Case, CaseLine, CaseStep, Kind, Tally
from nitka.sale.returns.problems import TooManyPiecesProblem, UnknownCaseProblem, WrongStateProblem

State = Case.State
OPEN = (State.REQUESTED, State.APPROVED, State.SENT, State.RECEIVED, State.GRADED)


def locked(case_id: UUID) -> Case:
    """The case under its order's lock: all that is done after one sale is done one after another."""
    order_id = Case.objects.filter(id=case_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise UnknownCaseProblem(_("There is no such return."))
    orders.lock_order(order_id=order_id)
    return Case.objects.select_for_update().get(id=case_id)


def expect(case: Case, *states: str) -> None:
    """Raises WrongStateProblem for a case that is past that, or not there yet."""
    if case.state not in states:
        raise WrongStateProblem(
            _("%(code)s changed meanwhile: this cannot be done any more.") % {"code": case.code}, state=case.state
        )


def write(case: Case, **changes: Any) -> None:
    """Change the row."""
    changes["changed_at"] = clock.now()
    Case.objects.filter(id=case.id).update(**changes)
    for name, value in changes.items():
        setattr(case, name, value)


def note(case: Case, kind: str, *, actor: str = "", note: str = "", detail: dict[str, Any] | None = None) -> None:
    """One knot more."""
    CaseStep.objects.create(case=case, kind=kind, at=clock.now(), actor=actor, note=note[:500], detail=detail or {})


def move(case: Case, step: str, *, actor: str = "", words: str = "", told: bool = True, **changes: Any) -> None:
    """Write a step with what it changes of the row, and tell it."""
    note(case, step, actor=actor, note=words)
    write(case, **changes)
    if told:
        tell(
            CaseMoved(
                order_id=case.order_id, case_id=case.id, code=case.code, order_code=case.order_code,
                customer_id=case.customer_id, case_kind=case.kind, step=step,
            )
        )  # fmt: skip


def claim(pieces: dict[UUID, int], delivered: dict[UUID, int]) -> None:
    """Count pieces as gone back: one guarded update a line, with the table's CHECK behind it.

    Raises TooManyPiecesProblem for the first line by id that has too few left.
    """
    for line_id in sorted(pieces):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO returns_tallies (line_id, delivered, returned) VALUES (%s, %s, 0)"
                " ON CONFLICT (line_id) DO UPDATE SET delivered = GREATEST(returns_tallies.delivered,"
                " EXCLUDED.delivered)",
                [line_id, delivered.get(line_id, 0)],
            )
            cursor.execute(
                "UPDATE returns_tallies SET returned = returned + %s WHERE line_id = %s AND returned + %s <= delivered",
                [pieces[line_id], line_id, pieces[line_id]],
            )
            if cursor.rowcount == 0:
                raise TooManyPiecesProblem(
                    _("More pieces than you have. Some may be on their way back already."), line_id=str(line_id)
                )


def let_go(case: Case) -> None:
    """The pieces of a case that came to nothing (or that were replaced) may go back another time."""
    rows = list(CaseLine.objects.filter(case=case, counts=True).order_by("line_id"))
    for row in rows:
        if case.kind != Kind.COMPLAINT:
            Tally.objects.filter(line_id=row.line_id).update(returned=F("returned") - row.pieces)
    CaseLine.objects.filter(id__in=[row.id for row in rows]).update(counts=False)
