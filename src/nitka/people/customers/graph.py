"""Who is one person: a pure function of the evidence and the living links, whatever the order in which they came.

1. What staff decided is decided. Below that a link counts by its trust; a claimed one only between two claimed ends.
2. Logins are people. An address that was proved belongs to the only login that it is proved with; else it is a person.
3. Other addresses, then telephones and ids of channels, join the one person whom they touch, first by what is proved,
   then by what was given. Who touches two is shared: it stands alone, and staff may decide.
4. Devices come last and carry nothing: they join the one person whom they touch.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

CLAIMED, GIVEN, PROVED, DECIDED = range(4)
VERIFIED = 2
# Nobody has two hundred addresses or as many devices: an id with more neighbours is a shop's tablet, "noemail@…", or
# a program. Its links of that sort do not count, so that no such id can make a component that takes long to settle.
MOST_NEIGHBOURS = 200


class Mark(NamedTuple):
    """What the rule needs to know of a piece of evidence."""

    kind: str
    standing: int


class Tie(NamedTuple):
    """What the rule needs to know of a living link."""

    a: UUID
    b: UUID
    trust: int


@dataclass(frozen=True)
class People:
    """For each piece of evidence the name of its group (the least id in it), and which ones touched two people.

    `nobody` are the telephones and channels among the shared that nobody proved: they are no person of their own.
    """

    group_of: dict[UUID, UUID]
    shared: frozenset[UUID]
    nobody: frozenset[UUID] = frozenset()

    def groups(self) -> dict[UUID, set[UUID]]:
        """The members of each group."""
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for member, group in self.group_of.items():
            found[group].add(member)
        return dict(found)


Ties = dict[UUID, dict[UUID, int]]


def people(marks: Mapping[UUID, Mark], ties: Iterable[Tie]) -> People:
    """All people that the evidence and the living links make."""
    living = list(ties)
    strong = strong_people(marks, living)
    persons = {id_: group for id_, group in strong.group_of.items() if id_ not in strong.nobody}
    devices = device_homes(marks, living, persons)
    group_of = {**strong.group_of, **devices.group_of}
    names: dict[UUID, UUID] = {}
    for member, group in group_of.items():
        names[group] = min(names.get(group, member), member)
    return People(
        {member: names[group] for member, group in group_of.items()}, strong.shared | devices.shared, strong.nobody
    )


def strong_people(marks: Mapping[UUID, Mark], ties: Iterable[Tie]) -> People:
    """The people that all evidence but devices makes; links with devices are not looked at."""
    strong = {id_: mark for id_, mark in marks.items() if mark.kind != "device"}
    counting, hubs = _counting(strong, [tie for tie in ties if tie.a in strong and tie.b in strong])
    decided = {min(part): part for part in _components(strong, _near(tie for tie in counting if tie.trust == DECIDED))}
    atom_of = {member: name for name, part in decided.items() for member in part}
    atoms = {name: _Atom.of([strong[member] for member in part]) for name, part in decided.items()}
    near = _near(Tie(atom_of[tie.a], atom_of[tie.b], tie.trust) for tie in counting if atom_of[tie.a] != atom_of[tie.b])
    home, shared = _place(atoms, near)
    group_of = {member: home[atom] for member, atom in atom_of.items()}
    alone = {member for member in strong if atom_of[member] in shared} | hubs
    nobody = {
        member for member in alone
        if (atom := atoms[atom_of[member]]).rank == 2 and not atom.verified and home[atom_of[member]] == atom_of[member]
        and len(decided[atom_of[member]]) == 1
    }  # fmt: skip
    return People(group_of, frozenset(alone), frozenset(nobody))


def device_homes(marks: Mapping[UUID, Mark], ties: Iterable[Tie], person_of: Mapping[UUID, UUID]) -> People:
    """Where the devices of `marks` belong, given who the other marks are; a group is a person or a device.

    What is missing in `person_of` is nobody, and touching it is nothing.
    """
    counting, hubs = _counting(marks, ties)
    devices = {id_ for id_, mark in marks.items() if mark.kind == "device"}
    near = _near(counting)
    group_of: dict[UUID, UUID] = {}
    shared = hubs & devices
    for part in _components(devices, near):
        touched: dict[UUID, int] = {}
        for device in part:
            for other, trust in near[device].items():
                if other in person_of:
                    person = person_of[other]
                    touched[person] = max(touched.get(person, CLAIMED), trust)
        decided = [person for person, trust in touched.items() if trust == DECIDED]
        homes = decided or list(touched)
        if len(homes) > 1:
            shared |= part
        group = homes[0] if len(homes) == 1 else min(part)
        group_of.update(dict.fromkeys(part, group))
    return People(group_of, frozenset(shared))


@dataclass(frozen=True)
class _Atom:
    """What staff made one, or a single piece of evidence."""

    rank: int  # 0 login, 1 address, number of another system, 2 telephone, channel
    verified: bool

    @classmethod
    def of(cls, marks: Collection[Mark]) -> "_Atom":
        rank = min({"login": 0, "email": 1, "external": 1}.get(mark.kind, 2) for mark in marks)
        return cls(rank, rank == 0 or any(mark.standing == VERIFIED for mark in marks))


def _place(atoms: Mapping[UUID, _Atom], near: Ties) -> tuple[dict[UUID, UUID], set[UUID]]:
    """The home of each atom, and the atoms that are shared."""
    home = {id_: id_ for id_, atom in atoms.items() if atom.rank == 0}
    shared: set[UUID] = set()
    proved_mails = {id_ for id_, atom in atoms.items() if atom.rank == 1 and atom.verified}
    # Directly, not through each other: two proved addresses without a login are two people.
    direct = {id_: {home[other] for other in _by(near, id_, PROVED) if other in home} for id_ in proved_mails}
    for id_, homes in direct.items():
        home[id_] = next(iter(homes)) if len(homes) == 1 else id_
        if len(homes) > 1:
            shared.add(id_)
    mails = {id_ for id_, atom in atoms.items() if atom.rank == 1} - proved_mails
    others = {id_ for id_, atom in atoms.items() if atom.rank == 2}
    to_people: Callable[[UUID], bool] = lambda id_: atoms[id_].rank < 2  # noqa: E731
    to_any: Callable[[UUID], bool] = lambda id_: id_ not in shared or to_people(id_) or atoms[id_].verified  # noqa: E731
    _join(mails, near, PROVED, home, shared, to_people)
    _join(others, near, PROVED, home, shared, to_any)
    _settle_proved(atoms, others, near, home)
    _join(mails, near, CLAIMED, home, shared, to_people)
    for part in _components({id_ for id_ in mails if id_ not in home}, near):
        home.update(dict.fromkeys(part, min(part)))
    _bring_home(atoms, near, home)
    _join(others, near, CLAIMED, home, shared, to_any)
    for part in _components({id_ for id_ in others if id_ not in home}, near):
        home.update(dict.fromkeys(part, min(part)))
    return home, shared


def _join(
    free: Collection[UUID], near: Ties, trust: int, home: dict[UUID, UUID], shared: set[UUID],
    over: Callable[[UUID], bool],
) -> None:  # fmt: skip
    """Let free atoms, chained by links of that trust, join the one person whom the chain touches.

    Where a chain touches two people, only those go home that touch one of them directly; the others are shared.
    """
    open_ = {id_ for id_ in free if id_ not in home}
    touched = {id_: {home[other] for other in _by(near, id_, trust) if other in home and over(other)} for id_ in open_}
    for part in _components(open_, near, trust):
        homes = set().union(*(touched[id_] for id_ in part))
        if len(homes) == 1:
            home.update(dict.fromkeys(part, next(iter(homes))))
        for id_ in part if len(homes) > 1 else ():
            home[id_] = next(iter(touched[id_])) if len(touched[id_]) == 1 else id_
            if home[id_] == id_:
                shared.add(id_)


def _settle_proved(atoms: Mapping[UUID, _Atom], others: set[UUID], near: Ties, home: dict[UUID, UUID]) -> None:
    """Telephones and channels that were proved, and belong to nobody by proof, are people."""
    for part in _components({id_ for id_ in others if id_ not in home}, near, PROVED):
        if any(atoms[id_].verified for id_ in part):
            home.update(dict.fromkeys(part, min(part)))


def _bring_home(atoms: Mapping[UUID, _Atom], near: Ties, home: dict[UUID, UUID]) -> None:
    """A proved channel joins the one person to whom its telephone was given, if nothing of that person is proved.

    The owner of an account stays apart: anybody can write anybody's telephone into an account.
    """
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for id_, group in home.items():
        members[group].append(id_)
    ranks = {group: min(atoms[id_].rank for id_ in part) for group, part in members.items()}
    proved = {group for group, part in members.items() if any(atoms[id_].verified for id_ in part)}
    guests: dict[UUID, list[UUID]] = defaultdict(list)
    for group in sorted(proved):
        if ranks[group] < 2:
            continue
        touched = {home[other] for id_ in members[group] for other in near[id_] if other in home} - {group}
        touched = {other for other in touched if ranks[other] < 2 or other in proved}
        if len(touched) == 1 and not touched & proved:
            guests[next(iter(touched))].append(group)
    for host, groups in guests.items():
        if len(groups) == 1:
            home.update(dict.fromkeys(members[groups[0]], host))


def _by(near: Ties, id_: UUID, trust: int) -> Iterable[UUID]:
    return (other for other, strength in near[id_].items() if strength >= trust)


def _counting(marks: Mapping[UUID, Mark], ties: Iterable[Tie]) -> tuple[list[Tie], set[UUID]]:
    """The links that count, and the ids that have too many neighbours to be anybody's."""
    known = [tie for tie in ties if tie.a in marks and tie.b in marks and _believed(marks, tie)]
    around: dict[tuple[UUID, bool], set[UUID]] = defaultdict(set)
    for tie in known:
        around[tie.a, marks[tie.b].kind == "device"].add(tie.b)
        around[tie.b, marks[tie.a].kind == "device"].add(tie.a)
    crowded = {key for key, others in around.items() if len(others) > MOST_NEIGHBOURS}
    if not crowded:
        return known, set()
    free = lambda one, other: (one, marks[other].kind == "device") not in crowded  # noqa: E731
    counting = [tie for tie in known if tie.trust == DECIDED or (free(tie.a, tie.b) and free(tie.b, tie.a))]
    return counting, {id_ for id_, to_devices in crowded if not to_devices}


def _believed(marks: Mapping[UUID, Mark], tie: Tie) -> bool:
    # A device has no standing of its own. What is merely claimed must not touch what somebody gave or proved.
    ends = (marks[tie.a], marks[tie.b])
    return tie.trust > CLAIMED or all(mark.kind == "device" or mark.standing == CLAIMED for mark in ends)


def _near(ties: Iterable[Tie]) -> Ties:
    near: Ties = defaultdict(dict)
    for a, b, trust in ties:
        best = max(trust, near[a].get(b, trust))
        near[a][b] = near[b][a] = best
    return near


def _components(members: Collection[UUID], near: Ties, trust: int = CLAIMED) -> list[set[UUID]]:
    """The members in parts that links of that trust hold together, links through other ids not counted."""
    left, parts = set(members), []
    while left:
        part, todo = set(), [left.pop()]
        while todo:
            id_ = todo.pop()
            part.add(id_)
            for other, strength in near[id_].items():
                if strength >= trust and other in left:
                    left.discard(other)
                    todo.append(other)
        parts.append(part)
    return parts
