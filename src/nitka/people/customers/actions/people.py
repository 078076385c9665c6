"""What we see of people, and what staff decides: one person, or two."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.people.customers.actions.evidence import EvidenceRow, LinkRow, record
from nitka.people.customers.actions.settling import lock, settle
from nitka.people.customers.graph import CLAIMED, DECIDED, GIVEN
from nitka.people.customers.marks import evidence_id, normal
from nitka.people.customers.models import Customer, Dismissal, Evidence, Link


class PeopleProblem(Problem):
    """These two cannot be made one, or what should be undone is undone already."""

    code = "people_problem"


def see(*, kind: str, value: str, standing: int, source: str, at: datetime | None = None) -> UUID | None:
    """Keep a piece of evidence, and settle whose it is at once. Returns its id; None for junk, which is not kept.

    `standing` (0 claimed, 1 given, 2 verified) only ever rises. A device alone is nobody.
    """
    row = _row(kind, value, standing, source, at)
    if row is None:
        return None
    held = Evidence.objects.filter(id=row.id).values_list("standing", "settled").first()
    if held is None or held[0] < row.standing or not held[1]:
        _keep([row], [])
    return row.id


def link(
    *, first: tuple[str, str], second: tuple[str, str], reason: str, trust: int, source: str,
    at: datetime | None = None, now: bool = True,
) -> None:  # fmt: skip
    """Keep that two pieces of evidence, (kind, value) each, may be one person, and settle at once who they are.

    `trust`: 0 claimed, 1 given, 2 proved. What is new to us stands as given (claimed for a claimed link); `see` it
    first where it is verified. `now=False` leaves the settling to the
    worker. Nothing happens where either value is junk, and where staff undid this link.
    """
    standing = GIVEN if trust > CLAIMED else CLAIMED
    ends = [_row(kind, value, 0 if kind == "device" else standing, source, at) for kind, value in (first, second)]
    one, two = ends
    if one is None or two is None or one.id == two.id:
        return
    a, b = sorted((one.id, two.id))
    if Link.objects.filter(a=a, b=b, reason=reason, trust__gte=trust).filter(Q(settled=True) | Q(settled=now)).exists():
        return
    row = LinkRow(a, b, reason, trust, source, at or clock.now())
    if now:
        _keep([one, two], [row])
        return
    with transaction.atomic(), connection.cursor() as cursor:
        record(cursor, [one, two], [row])


@transaction.atomic
def merge(*, customer_id: UUID, other_id: UUID, by: UUID | None) -> UUID:
    """Decide that two customers are one person. Orders and events stay where they are. Returns the id of the decision,
    which `undo_link` takes back. Raises PeopleProblem where one is unknown, or they are one already."""
    lock()
    found = list(Customer.objects.filter(id__in=[customer_id, other_id]).select_related("merged_into"))
    speaking = {row.id: row for row in (row.merged_into or row for row in found)}
    if len(found) < 2 or len(speaking) < 2:
        raise PeopleProblem(_("These two are one customer already."))
    a, b = sorted(_anchor(row) for row in speaking.values())
    decision = Link.objects.create(a=a, b=b, reason=Link.Reason.STAFF, trust=DECIDED, source="back office", made_by=by)
    _settled({a, b})
    Link.objects.filter(id=decision.id).update(settled=True)
    return decision.id


@transaction.atomic
def undo_link(*, link_id: UUID, by: UUID | None) -> None:
    """Say that a link is wrong: people are as if it had never been, and it never comes back. Its row stays as history.

    Raises PeopleProblem for a link that is unknown or undone.
    """
    lock()
    _undo(list(Link.objects.filter(id=link_id, undone_at=None)), by)


@transaction.atomic
def part_evidence(*, customer_id: UUID, evidence: UUID, by: UUID | None) -> None:
    """Say that a piece of evidence is not this person's: every link between it and the rest of them is undone.

    Raises PeopleProblem where nothing links them.
    """
    lock()
    speaking = Customer.objects.filter(id=customer_id).values_list("merged_into_id", flat=True).first() or customer_id
    theirs = set(Evidence.objects.filter(customer_id=speaking).values_list("id", flat=True)) - {evidence}
    found = Link.objects.filter(undone_at=None, a=evidence, b__in=theirs) | Link.objects.filter(
        undone_at=None, b=evidence, a__in=theirs
    )
    _undo(list(found), by)


@transaction.atomic
def dismiss_suggestion(*, customer_id: UUID, other_id: UUID, by: UUID | None) -> None:
    """Remember that staff looked at these two and that they are not one person. A second time changes nothing."""
    first, second = sorted((customer_id, other_id))
    Dismissal.objects.get_or_create(first_id=first, second_id=second, defaults={"by": by})


def _undo(links: list[Link], by: UUID | None) -> None:
    if not links:
        raise PeopleProblem(_("This was undone already."))
    Link.objects.filter(id__in=[row.id for row in links]).update(
        undone_at=clock.now(), undone_by=by, settled=True, apart=False
    )
    _settled({end for row in links for end in (row.a, row.b)})


def _row(kind: str, value: str, standing: int, source: str, at: datetime | None) -> EvidenceRow | None:
    clean = normal(kind, value)
    if clean is None:
        return None
    return EvidenceRow(evidence_id(kind, clean), kind, clean, standing, source, at or clock.now())


@transaction.atomic
def _keep(evidence: list[EvidenceRow], links: list[LinkRow]) -> None:
    lock()
    with connection.cursor() as cursor:
        record(cursor, evidence, links)
    _settled({row.id for row in evidence})
    for row in links:
        Link.objects.filter(a=row.a, b=row.b, reason=row.reason).update(settled=True)


def _settled(ids: set[UUID]) -> None:
    settle(ids)
    Evidence.objects.filter(id__in=ids, settled=False).update(settled=True)


def _anchor(row: Customer) -> UUID:
    """The evidence that a decision about this customer ties; one that has none gets its number in our books."""
    if row.anchor is not None and Evidence.objects.filter(id=row.anchor).exists():
        return row.anchor
    value = f"customer:{row.id}"
    made = EvidenceRow(evidence_id("login", value), "login", value, GIVEN, "our books", row.created_at)
    Customer.objects.filter(id=row.id).update(anchor=made.id)
    with connection.cursor() as cursor:
        record(cursor, [made], [])
    return made.id
