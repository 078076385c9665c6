"""Keeping what a statement says, once; and which payment each line is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.sale.payments.models import Payment
from nitka.sale.payments.statements import camt, spreadsheet
from nitka.sale.payments.statements.entries import Entry, StatementProblem
from nitka.sale.payments.statements.models import Statement, StatementLine

State = StatementLine.State
# The order's code as people copy it: without dashes, with spaces, in small letters.
CODE = re.compile(r"NK[\s\-–_./]*([0-9A-Z]{4})[\s\-–_./]*([0-9A-Z]{2})(?![0-9A-Z])")
BY_TRANSFER = ("bank_transfer", "on_account")
WAITS = (Payment.State.STARTED, Payment.State.ACTION)


@dataclass(frozen=True, slots=True)
class StatementView:
    """What reading a file came to: lines that are new, and lines that were known before."""

    id: UUID
    new: tuple[UUID, ...]
    known: int


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a statement. `state`: open, booked, ignored; `outcome`: whole, part, over, twice, late."""

    id: UUID
    booked_on: date
    minor: int
    currency: str
    payer: str
    payer_account: str
    text: str
    state: str
    reference: UUID | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Match:
    """Payments that a line may be about, by the order's code in its text (`sure`), or by the amount alone."""

    references: tuple[UUID, ...]
    sure: bool


def read_statement(raw: bytes, *, currency: str = "EUR") -> list[Entry]:
    """The lines of a file, CAMT.053 or CSV. Raises StatementProblem."""
    return camt.read(raw) if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else spreadsheet.read(raw, currency)


@transaction.atomic
def keep_statement(*, raw: bytes, name: str, currency: str = "EUR", actor: str = "") -> StatementView:
    """Read a statement and keep its lines that brought money, each once. Raises StatementProblem for an empty one."""
    entries = read_statement(raw, currency=currency)
    if not entries:
        raise StatementProblem(_("No money came in, by this statement."))
    row = Statement.objects.create(name=name[:200], account=entries[0].account, lines=len(entries), actor=actor)
    StatementLine.objects.bulk_create((_line(row, entry) for entry in entries), ignore_conflicts=True)
    new = tuple(StatementLine.objects.filter(statement=row).order_by("booked_on", "id").values_list("id", flat=True))
    return StatementView(row.id, new, len(entries) - len(new))


def _line(row: Statement, entry: Entry) -> StatementLine:
    return StatementLine(id=new_id(), statement=row, **{name: getattr(entry, name) for name in Entry.__slots__})


@transaction.atomic
def finish_line(*, line_id: UUID, outcome: str = "", reference: UUID | None = None, actor: str = "") -> bool:
    """Note what a line was: booked on an order (`reference`), or not the shop's sale. False where that was done."""
    row = StatementLine.objects.select_for_update().filter(id=line_id).first()
    if row is None:
        raise StatementProblem(_("There is no such line."))
    if row.state != State.OPEN:
        return False
    row.state, row.reference, row.outcome = State.BOOKED if reference else State.IGNORED, reference, outcome
    row.actor, row.done_at = actor, clock.now()
    row.save()
    return True


def statement_line(line_id: UUID) -> LineView | None:
    """One line."""
    row = StatementLine.objects.filter(id=line_id).first()
    return line_view(row) if row else None


def line_view(row: StatementLine) -> LineView:
    return LineView(**{name: getattr(row, name) for name in LineView.__slots__})


def line_rows(state: str = "") -> QuerySet[StatementLine]:
    """Lines for tables of the back office, the newest day on top."""
    rows = StatementLine.objects.order_by("-booked_on", "-id")
    return rows.filter(state=state) if state else rows


def codes_in(text: str) -> list[str]:
    """Codes of orders in what the payer wrote, as we write them."""
    read = str.maketrans("OIL", "011")
    return list(dict.fromkeys(f"NK-{a.translate(read)}-{b.translate(read)}" for a, b in CODE.findall(text.upper())))


def match_of(line: LineView) -> Match:
    """Which payments the line may be about. One question, two where the text names no order of ours."""
    named = Payment.objects.filter(label__in=codes_in(line.text), currency=line.currency)
    sure = tuple(dict.fromkeys(named.order_by("created_at").values_list("reference", flat=True)))
    if sure:
        return Match(sure, sure=len(sure) == 1)
    waits = Payment.objects.filter(
        provider__in=BY_TRANSFER, state__in=WAITS, minor=line.minor, currency=line.currency, captured_minor=0
    )
    return Match(tuple(waits.order_by("created_at").values_list("reference", flat=True)[:5]), sure=False)


def matches_of(lines: Iterable[LineView]) -> dict[UUID, Match]:
    """`match_of` of each."""
    return {line.id: match_of(line) for line in lines}
