"""Questions about who is one person, and why we think so."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from nitka.people.customers.graph import DECIDED, PROVED
from nitka.people.customers.models import Company, Customer, Dismissal, Evidence, Link, Membership

MOST_SHOWN = 200


@dataclass(frozen=True)
class WhyLinked:
    """A link between this evidence and another of the same person; `other` is (kind, value)."""

    link_id: UUID
    reason: str
    trust: int
    source: str
    at: datetime
    other: tuple[str, str]


@dataclass(frozen=True)
class IdentityView:
    """Something that a customer is known by. `first` is what the customer's row was made for."""

    id: UUID
    kind: str
    value: str
    standing: int
    first_seen: datetime
    why: tuple[WhyLinked, ...]
    first: bool = False


@dataclass(frozen=True)
class Decision:
    """A line of the history: what staff made one, and what staff undid."""

    link_id: UUID
    reason: str
    ends: tuple[tuple[str, str], tuple[str, str]]
    at: datetime
    made_by: UUID | None
    undone_at: datetime | None
    undone_by: UUID | None


@dataclass(frozen=True)
class Suggestion:
    """Two customers who could be one. `via` is the evidence that both touch, or None where a link names both."""

    customer_id: UUID
    other_id: UUID
    other_code: str
    other_name: str
    other_email: str
    reason: str
    at: datetime
    via: tuple[str, str] | None


@dataclass(frozen=True)
class CompanyView:
    id: UUID
    code: str
    name: str
    tax_number: str
    country: str
    role: str = ""


def canonical(customer_id: UUID) -> UUID:
    """The id that speaks for this person; an id of old leads there for ever."""
    found = Customer.objects.filter(id=customer_id).values_list("merged_into_id", flat=True).first()
    return found or customer_id


def _speaks(customer_id: UUID) -> Coalesce:
    """`canonical` as a part of another question."""
    merged = Subquery(Customer.objects.filter(id=customer_id).values("merged_into_id"))
    return Coalesce(merged, Value(customer_id, output_field=UUIDField()))


def customer_ids_of(customer_id: UUID) -> list[UUID]:
    """All ids of this person, the one that speaks first: what orders and messages hang on."""
    # One question, for every panel of a customer's page asks it.
    found = _rows_of(customer_id).order_by("merged_into_id", "id").values_list("id", "merged_into_id")
    ids = [id_ for id_, merged in found if merged is None] + [id_ for id_, merged in found if merged is not None]
    return ids or [customer_id]


def customer_id_rows(customer_id: UUID) -> QuerySet[Customer, Any]:
    """The same ids as a part of a question, for tables of the back office."""
    return _rows_of(customer_id).values("id")


def _rows_of(customer_id: UUID) -> QuerySet[Any]:
    rows = Customer.objects.annotate(speaks=_speaks(customer_id))
    return rows.filter(Q(id=F("speaks")) | Q(merged_into_id=F("speaks")))


def proved_ids_of(customer_id: UUID) -> list[UUID]:
    """Those ids of this person that hang together by proof or by staff's decision, with this one.

    Only these may be shown to who signs in: what somebody merely typed opens nobody else's orders.
    """
    ids = customer_ids_of(customer_id)
    if len(ids) == 1:
        return ids
    rows = dict(Customer.objects.filter(id__in=ids, anchor__isnull=False).values_list("anchor", "id"))
    theirs = evidence_ids_of(ids[0])
    ties = Link.objects.filter(a__in=theirs, b__in=theirs, trust__gte=PROVED, undone_at=None).values_list("a", "b")
    reached, grew = {anchor for anchor, id_ in rows.items() if id_ == customer_id}, True
    while grew:
        further = {end for tie in ties for end in tie if reached & set(tie)} - reached
        reached, grew = reached | further, bool(further)
    return [customer_id, *(id_ for anchor, id_ in rows.items() if anchor in reached and id_ != customer_id)]


def evidence_ids_of(customer_id: UUID) -> list[UUID]:
    """The ids of all evidence of this person: what events hang on."""
    return list(Evidence.objects.filter(customer_id=_speaks(customer_id)).values_list("id", flat=True))


def owners_of(evidence_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The customers whom evidence belongs to; what belongs to nobody is missing."""
    rows = Evidence.objects.filter(id__in=evidence_ids, customer__isnull=False)
    return dict(rows.values_list("id", "customer_id"))


def identities_of(customer_id: UUID) -> list[IdentityView]:
    """What this person is known by, each with the links that say why; strongest first."""
    speaks = canonical(customer_id)
    anchor = Customer.objects.filter(id=speaks).values_list("anchor", flat=True).first()
    rows = {row.id: row for row in Evidence.objects.filter(customer_id=speaks)[:MOST_SHOWN]}
    why: dict[UUID, list[WhyLinked]] = {id_: [] for id_ in rows}
    for link in Link.objects.filter(a__in=rows, b__in=rows, undone_at=None).order_by("-trust", "at"):
        for me, other in ((link.a, link.b), (link.b, link.a)):
            end = (rows[other].kind, rows[other].value)
            why[me].append(WhyLinked(link.id, link.reason, link.trust, link.source, link.at, end))
    order = {kind: place for place, kind in enumerate(("login", "email", "phone"))}
    return [
        IdentityView(row.id, row.kind, row.value, row.standing, row.first_seen, tuple(why[row.id]), row.id == anchor)
        for row in sorted(rows.values(), key=lambda row: (order.get(row.kind, 9), row.kind == "device", row.first_seen))
    ]  # fmt: skip


def decisions_of(customer_id: UUID) -> list[Decision]:
    """What staff decided about this person's evidence, and what staff undid, newest first."""
    theirs = evidence_ids_of(customer_id)
    found = Link.objects.filter(Q(a__in=theirs) | Q(b__in=theirs)).exclude(undone_at=None, trust__lt=DECIDED)
    links = list(found.order_by("-id")[:MOST_SHOWN])
    names = _named({end for link in links for end in (link.a, link.b)})
    return [
        Decision(link.id, link.reason, (names[link.a], names[link.b]), link.at, link.made_by, link.undone_at,
                 link.undone_by)
        for link in links
    ]  # fmt: skip


def suggestions(customer_id: UUID | None = None, limit: int = 50) -> list[Suggestion]:
    """Customers who could be one person: of this one, or of the whole shop (then without those who share a device)."""
    apart = Link.objects.filter(apart=True, undone_at=None)
    if customer_id is not None:
        theirs = evidence_ids_of(customer_id)
        apart = apart.filter(Q(a__in=theirs) | Q(b__in=theirs))
    links = list(apart.order_by("-id")[: limit * 4])
    rows = {row.id: row for row in Evidence.objects.filter(id__in={end for link in links for end in (link.a, link.b)})}
    found: dict[tuple[UUID, UUID], tuple[Link, UUID | None]] = {}
    bridges: dict[UUID, Link] = {}
    for link in links:
        one, two = rows[link.a].customer_id, rows[link.b].customer_id
        if one and two:
            found.setdefault((min(one, two), max(one, two)), (link, None))
        elif (one or two) and (bridge := rows[link.b if one else link.a]).shared:
            bridges.setdefault(bridge.id, link) if customer_id or bridge.kind != "device" else None
    for (one, two), (link, via) in _over_bridges(bridges).items():
        found.setdefault((one, two), (link, via))
    mine = canonical(customer_id) if customer_id else None
    return _shown({pair: why for pair, why in found.items() if mine is None or mine in pair}, mine)[:limit]


def _over_bridges(bridges: dict[UUID, Link]) -> dict[tuple[UUID, UUID], tuple[Link, UUID | None]]:
    """Pairs of customers who touch the same shared evidence."""
    touching: dict[UUID, set[UUID]] = {id_: set() for id_ in bridges}
    links = Link.objects.filter(Q(a__in=bridges) | Q(b__in=bridges), undone_at=None)[: MOST_SHOWN * 5]
    ends = [(link.a, link.b) if link.a in bridges else (link.b, link.a) for link in links]
    owners = owners_of({far for _near, far in ends})
    for near, far in ends:
        if far in owners:
            touching[near].add(owners[far])
    return {
        (one, two): (bridges[via], via)
        for via, people in touching.items() if len(people) <= 10
        for one in people for two in people if one < two
    }  # fmt: skip


def _shown(found: dict[tuple[UUID, UUID], tuple[Link, UUID | None]], mine: UUID | None) -> list[Suggestion]:
    ids = {id_ for pair in found for id_ in pair}
    dismissed = set(Dismissal.objects.filter(first_id__in=ids, second_id__in=ids).values_list("first_id", "second_id"))
    people = Customer.objects.in_bulk(list(ids))
    names = _named({via for _link, via in found.values() if via})
    shown = []
    for pair, (link, via) in found.items():
        if pair in dismissed:
            continue
        me, other = pair if mine in (None, pair[0]) else pair[::-1]
        row = people[other]
        shown.append(Suggestion(me, other, row.code, row.name, row.email or "", link.reason, link.at,
                                names[via] if via else None))  # fmt: skip
    return sorted(shown, key=lambda each: each.at, reverse=True)


def _named(ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    return {id_: (kind, value) for id_, kind, value in
            Evidence.objects.filter(id__in=set(ids)).values_list("id", "kind", "value")}  # fmt: skip


def link_ends(link_id: UUID) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The (kind, value) of both ends of a link."""
    link = Link.objects.filter(id=link_id).first()
    if link is None:
        return None
    names = _named({link.a, link.b})
    return names[link.a], names[link.b]


def companies_of(customer_id: UUID) -> list[CompanyView]:
    """The companies that a customer acts for, with the role in each."""
    rows = Membership.objects.filter(customer_id__in=customer_ids_of(customer_id)).select_related("company")
    return [_company(row.company, row.role) for row in rows.order_by("company__name", "id")]


def people_of(company_id: UUID) -> list[UUID]:
    """The customers who act for a company, whose work is the company's thread."""
    rows = Membership.objects.filter(company_id=company_id).order_by("since", "id")
    return list(dict.fromkeys(merged or id_ for id_, merged in
                              rows.values_list("customer_id", "customer__merged_into_id")))  # fmt: skip


def company(company_id: UUID) -> CompanyView | None:
    """The company with that id."""
    row = Company.objects.filter(id=company_id).first()
    return _company(row) if row else None


def companies(text: str = "", limit: int = 20) -> list[CompanyView]:
    """Companies whose name or tax number contains the text, by name."""
    rows = Company.objects.order_by("name", "id")
    if text.strip():
        rows = rows.filter(Q(name__icontains=text.strip()) | Q(tax_number__icontains=text.strip()))
    return [_company(row) for row in rows[:limit]]


def customer_id_of_code(code: str) -> UUID | None:
    """The customer with that code, however it is typed; one that was merged leads on."""
    from nitka.ground.ids import read_code

    row = Customer.objects.filter(code=read_code(code)).values_list("id", "merged_into_id").first()
    return (row[1] or row[0]) if row else None


def _company(row: Company, role: str = "") -> CompanyView:
    return CompanyView(row.id, row.code, row.name, row.tax_number, row.country, role)
