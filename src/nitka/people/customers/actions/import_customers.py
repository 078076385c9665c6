"""Bringing customers of another system: many at once, as history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from nitka.ground import clock
from nitka.ground.facts.actions import tell_history
from nitka.ground.ids import new_id
from nitka.people.customers.actions.evidence import EvidenceRow, LinkRow, record
from nitka.people.customers.facts import CustomerCame
from nitka.people.customers.finding import keep_findable
from nitka.people.customers.history import CustomersOutcome, ImportedCustomer
from nitka.people.customers.marks import evidence_id, is_junk, normal
from nitka.people.customers.models import Address, Customer, Evidence, Link
from nitka.people.customers.queries import PostalAddress

GIVEN = Evidence.Standing.GIVEN


@dataclass(slots=True)
class _Person:
    """What a draft says of somebody: the marks (kind, value), the surest first, and their ids."""

    draft: ImportedCustomer
    marks: list[tuple[str, str]]
    ids: list[UUID] = field(default_factory=list)
    customer_id: UUID | None = None

    @property
    def keys(self) -> list[UUID]:
        """The ids of number and e-mail; a telephone alone is no proof of who it is."""
        return [mark for mark, (kind, _value) in zip(self.ids, self.marks, strict=True) if kind != "phone"]


@transaction.atomic
def import_customers(*, source: str, drafts: Sequence[ImportedCustomer]) -> CustomersOutcome:
    """Bring customers of the system `source`, matched by their number there, then by e-mail; the second time nothing
    changes.

    What is known already stays as it is, what is empty is filled. The number becomes evidence of the kind "external",
    linked with e-mail and telephone as given by an import, so that whoever signs in with that address later gets their
    history. `CustomerCame` is told as history. Raises ValueError for a source without a name.
    """
    if not source or len(source) > 40:
        raise ValueError("A source has a name of up to 40 letters.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('customers.import'))")
    people = [_person(draft, source) for draft in drafts]
    owners = _owners(people)
    fresh: list[Customer] = []
    for person in people:
        if not person.keys:
            continue
        known = next((owners[key] for key in person.keys if key in owners), None)
        if known is None:
            made = _customer(person)
            fresh.append(made)
            known = made.id
        person.customer_id = known
        for key in person.keys:
            owners.setdefault(key, known)
    Customer.objects.bulk_create(fresh, batch_size=1000)
    _record(people, source, owners)
    filled = _fill(people, {row.id for row in fresh})
    moved = _add_addresses(people)
    keep_findable({*(row.id for row in fresh), *filled, *moved})
    tell_history([(CustomerCame(customer_id=row.id), row.created_at) for row in fresh])
    return CustomersOutcome(tuple(person.customer_id for person in people), len(fresh), len(filled))


def _person(draft: ImportedCustomer, source: str) -> _Person:
    marks = []
    number = draft.number.strip()
    if number and not is_junk(number):
        marks.append(("external", f"{source}:{number}"[:255]))
    for kind, value in (("email", draft.email), ("phone", draft.phone)):
        if value and (mark := normal(kind, value, draft.country)):
            marks.append((kind, mark))
    return _Person(draft, marks, [evidence_id(kind, value) for kind, value in marks])


def _owners(people: Iterable[_Person]) -> dict[UUID, UUID]:
    """Evidence → the customer that it belongs to now."""
    keys = {key for person in people for key in person.keys}
    emails = {value for person in people for kind, value in person.marks if kind == "email"}
    by_anchor = Customer.objects.filter(anchor__in=keys).values_list("anchor", "id")
    owners: dict[UUID, UUID] = {anchor: customer_id for anchor, customer_id in by_anchor if anchor}
    by_email = Customer.objects.filter(email__in=emails).values_list("email", "id")
    owners |= {evidence_id("email", email): customer_id for email, customer_id in by_email if email}
    by_evidence = Evidence.objects.filter(id__in=keys).values_list("id", "customer_id")
    owners |= {mark: customer_id for mark, customer_id in by_evidence if customer_id}
    return _canonical(owners)


def _canonical(owners: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """The same, with rows of people who turned out to be others followed to where they lead."""
    rows = Customer.objects.filter(id__in=set(owners.values())).values_list("id", "merged_into")
    into = {customer_id: other for customer_id, other in rows if other}
    return {key: into.get(customer_id, customer_id) for key, customer_id in owners.items()}


def _customer(person: _Person) -> Customer:
    draft, values = person.draft, dict(person.marks)
    return Customer(
        id=new_id(), email=values.get("email"), name=draft.name.strip()[:120], phone=values.get("phone", ""),
        language=draft.language, market=draft.market, birthday=draft.birthday, anchor=person.keys[0],
        created_at=draft.at or clock.now(),
    )  # fmt: skip


def _record(people: Sequence[_Person], source: str, owners: Mapping[UUID, UUID]) -> None:
    """Evidence and links; people are settled by whoever settles them always, but are found from now on."""
    evidence, links = [], []
    for person in people:
        if person.customer_id is None:
            continue
        at: datetime = person.draft.at or clock.now()
        for mark, (kind, value) in zip(person.ids, person.marks, strict=True):
            evidence.append(EvidenceRow(mark, kind, value, GIVEN, source, at))
        links += [
            LinkRow(person.ids[0], other, Link.Reason.IMPORT, Link.Trust.GIVEN, source, at) for other in person.ids[1:]
        ]
    with connection.cursor() as cursor:
        record(cursor, evidence, links)
        ours = [(key, owners[key]) for person in people if person.customer_id for key in person.keys]
        cursor.execute(
            "UPDATE customers_evidence e SET customer_id = given.owner"
            " FROM unnest(%s::uuid[], %s::uuid[]) AS given(id, owner)"
            " WHERE e.id = given.id AND e.customer_id IS NULL AND NOT e.shared",
            [[key for key, _owner in ours], [owner for _key, owner in ours]],
        )


def _fill(people: Iterable[_Person], fresh: set[UUID]) -> set[UUID]:
    """Put in what is empty with those who were here before; returns with whom that was."""
    given = {person.customer_id: person for person in people if person.customer_id and person.customer_id not in fresh}
    changed = []
    for row in Customer.objects.filter(id__in=given):
        draft, values = given[row.id].draft, dict(given[row.id].marks)
        news: dict[str, Any] = {
            "name": draft.name.strip()[:120], "phone": values.get("phone", ""), "birthday": draft.birthday,
            "market": draft.market,
        }  # fmt: skip
        filled = {name: value for name, value in news.items() if value and not getattr(row, name)}
        for name, value in filled.items():
            setattr(row, name, value)
        if filled:
            changed.append(row)
    Customer.objects.bulk_update(changed, ["name", "phone", "birthday", "market"], batch_size=1000)
    return {row.id for row in changed}


def _add_addresses(people: Iterable[_Person]) -> set[UUID]:
    """Keep addresses that are new; returns with whom."""
    given = [
        (person.customer_id, person.draft.address)
        for person in people
        if person.customer_id and person.draft.address and person.draft.address.line1
    ]
    there = {
        (row.customer_id, PostalAddress.from_dict(vars(row)))
        for row in Address.objects.filter(customer_id__in=[customer_id for customer_id, _address in given])
    }
    fresh = [each for each in dict.fromkeys(given) if each not in there]
    Address.objects.bulk_create([_address_row(customer_id, address) for customer_id, address in fresh], batch_size=1000)
    return {customer_id for customer_id, _address in fresh}


def _address_row(customer_id: UUID, address: PostalAddress) -> Address:
    return Address(customer_id=customer_id, **address.as_dict())
