"""The customers' rows: which one speaks for a person, and which ones lead to it."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from nitka.ground.facts.actions import tell, tell_all
from nitka.ground.facts.contract import Fact
from nitka.people.accounts import queries as accounts
from nitka.people.customers.facts import CustomerCame, PeopleMerged, PeopleParted
from nitka.people.customers.finding import keep_findable
from nitka.people.customers.graph import VERIFIED
from nitka.people.customers.marks import evidence_id
from nitka.people.customers.models import Customer
from nitka.people.customers.neighbours import Known

RANK = {"login": 0, "email": 1, "phone": 2}


def keep(groups: Sequence[set[UUID]], known: Mapping[UUID, Known]) -> dict[UUID, UUID]:
    """Give each person one row that speaks for it; returns the customer of each piece of evidence.

    Rows go where the evidence goes that they were made for. The rest of a person's rows lead to the one that speaks,
    and are themselves again once they are parted.
    """
    group_of = {member: number for number, group in enumerate(groups) for member in group}
    of_group: dict[int, list[Customer]] = {number: [] for number in range(len(groups))}
    for anchor, row in _by_anchor(group_of).items():
        of_group[group_of[anchor]].append(row)
    _adopt([number for number, held in of_group.items() if not held], groups, known, of_group)
    _make([number for number, held in of_group.items() if not held], groups, known, of_group)
    _free_addresses(of_group, group_of)
    home: dict[UUID, UUID] = {}
    for number, held in of_group.items():
        speaks = min(held, key=lambda row: (row.user_id is None, row.email is None, row.created_at, row.id))
        _lead(speaks, held)
        _own(speaks, held, groups[number], known)
        _name(speaks, held, groups[number], known)
        home.update(dict.fromkeys(groups[number], speaks.id))
    return home


def let_go(nobody: Collection[UUID]) -> None:
    """Rows of telephones that turned out to be shared stand for themselves, with what hangs on them."""
    for row in _by_anchor(nobody).values():
        if before := row.merged_into_id:
            row.merged_into_id = None
            row.save(update_fields=["merged_into"])
            tell(PeopleParted(customer_id=before, other_id=row.id))


def _by_anchor(ids: Collection[UUID]) -> dict[UUID, Customer]:
    return {row.anchor: row for row in Customer.objects.filter(anchor__in=list(ids)) if row.anchor}


def _adopt(
    numbers: Sequence[int], named: Sequence[set[UUID]], known: Mapping[UUID, Known], of_group: dict[int, list[Customer]]
) -> None:
    """Rows that were made without evidence, as imports do, belong to whoever has their address."""
    wanted = {
        known[id_].value: (number, id_) for number in numbers for id_ in named[number] if known[id_].kind == "email"
    }
    for row in Customer.objects.filter(anchor=None, email__in=list(wanted)) if wanted else ():
        number, row.anchor = wanted[str(row.email)]
        row.save(update_fields=["anchor"])
        of_group[number].append(row)


def _make(
    numbers: Sequence[int], named: Sequence[set[UUID]], known: Mapping[UUID, Known], of_group: dict[int, list[Customer]]
) -> None:
    """Rows for people who have none. Whoever was parted from a customer speaks the same language."""
    if not numbers:
        return
    came_from = {number: {origin for id_ in named[number] if (origin := known[id_].customer)} for number in numbers}
    old = Customer.objects.in_bulk(list(set().union(*came_from.values())))
    addresses = _free(numbers, named, known)
    made: dict[int, tuple[UUID, Customer]] = {}
    for number in numbers:
        anchor = min(named[number], key=lambda id_: (RANK.get(known[id_].kind, 3), known[id_].first_seen, id_))
        before = next((old[id_] for id_ in came_from[number] if id_ in old), None)
        same = {"language": before.language, "market": before.market, "units": before.units} if before else {}
        made[number] = anchor, Customer(anchor=anchor, email=addresses.get(number), **same)
    Customer.objects.bulk_create([row for _anchor, row in made.values()], ignore_conflicts=True, batch_size=1000)
    by_anchor = _by_anchor([anchor for anchor, _row in made.values()])
    news: list[Fact] = []
    for number, (anchor, row) in made.items():
        of_group[number].append(by_anchor[anchor])
        if by_anchor[anchor].id == row.id:
            parted = (PeopleParted(customer_id=origin, other_id=row.id) for origin in came_from[number])
            news += [CustomerCame(customer_id=row.id), *parted]
    tell_all(news)
    keep_findable(fact.customer_id for fact in news if isinstance(fact, CustomerCame))


def _free(numbers: Sequence[int], named: Sequence[set[UUID]], known: Mapping[UUID, Known]) -> dict[int, str]:
    """The best address of each person, where no row has it."""
    best = {number: address for number in numbers if (address := _best(named[number], known))}
    taken = set(Customer.objects.filter(email__in=best.values()).values_list("email", flat=True))
    return {number: address for number, address in best.items() if address not in taken}


def _best(group: Collection[UUID], known: Mapping[UUID, Known]) -> str | None:
    rows = [known[id_] for id_ in group if known[id_].kind == "email"]
    return min(rows, key=lambda row: (-row.standing, row.first_seen, row.value)).value if rows else None


def _own(speaks: Customer, held: Sequence[Customer], group: Collection[UUID], known: Mapping[UUID, Known]) -> None:
    """A guest's row becomes that of the account that proved the guest's address, and goes from now on where it goes."""
    if any(row.user_id for row in held):
        return
    logins = (id_ for id_ in group if known[id_].kind == "login" and known[id_].standing == VERIFIED)
    owner = min(((id_, user) for id_ in logins if (user := _account(known[id_].value))), default=None)
    if owner is not None:
        speaks.anchor, speaks.user_id = owner
        speaks.save(update_fields=["anchor", "user"])


def _account(login: str) -> UUID | None:
    """The user of our own accounts that a login means, unless a customer has it; other systems' logins have none."""
    try:
        user = accounts.user(UUID(login))
    except ValueError:
        return None
    return user.id if user and not Customer.objects.filter(user_id=user.id).exists() else None


def _free_addresses(of_group: Mapping[int, list[Customer]], group_of: Mapping[UUID, int]) -> None:
    """Take an address from a row whose person lost it, so that its person can have it."""
    for number, held in of_group.items():
        for row in held:
            if row.email and group_of.get(evidence_id("email", row.email), number) != number:
                row.email = None
                row.save(update_fields=["email"])


def _lead(speaks: Customer, held: Sequence[Customer]) -> None:
    for row in held:
        before, row.merged_into_id = row.merged_into_id, None if row is speaks else speaks.id
        if before == row.merged_into_id:
            continue
        row.save(update_fields=["merged_into"])
        if before and before not in {other.id for other in held}:
            tell(PeopleParted(customer_id=before, other_id=row.id))
        if row.merged_into_id:
            tell(PeopleMerged(customer_id=speaks.id, other_id=row.id))


def _name(speaks: Customer, held: Sequence[Customer], group: Collection[UUID], known: Mapping[UUID, Known]) -> None:
    """Write the person's address where no row of theirs has one."""
    address = _best(group, known)
    if address is None or any(row.email for row in held):
        return
    speaks.email = address
    try:
        with transaction.atomic():
            speaks.save(update_fields=["email"])
            keep_findable([speaks.id])
    except IntegrityError:
        speaks.email = None  # a guest with that address came this very moment; the next settling sees both
