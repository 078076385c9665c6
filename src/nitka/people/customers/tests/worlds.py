"""Small worlds of evidence and links, for the tests that look at all of them."""

import random
from collections.abc import Iterable, Sequence
from uuid import UUID

from hypothesis import strategies as st

from nitka.people.customers.graph import DECIDED, PROVED, VERIFIED, Mark, People, Tie
from nitka.people.customers.queries import evidence_id

KINDS = ("device", "device", "login", "email", "email", "phone", "whatsapp")
Event = tuple[str, tuple[object, ...]]


def mark_of(number: int) -> tuple[str, str]:
    """Kind and value of the nth piece of evidence of a world."""
    kind = KINDS[number % len(KINDS)]
    values = {"email": f"p{number}@example.com", "phone": f"+4822555{1000 + number}"}
    return kind, values.get(kind, f"{kind}-{number}")


def id_of(number: int) -> UUID:
    return evidence_id(*mark_of(number))


def events(most: int, numbers: int = 9) -> st.SearchStrategy[list[Event]]:
    """What may happen: evidence gets a standing, or two pieces are linked with some trust."""
    one = st.integers(0, numbers - 1)
    seen = st.tuples(st.just("see"), st.tuples(one, st.integers(0, 2)))
    pair = st.tuples(one, one).filter(lambda two: two[0] != two[1])
    linked = st.tuples(st.just("link"), st.tuples(pair, st.sampled_from([0, 1, 1, 2, 2, 3])))
    return st.lists(st.one_of(seen, linked, linked), min_size=1, max_size=most)


def random_events(seed: int, many: int, numbers: int) -> list[Event]:
    """A larger world."""
    dice = random.Random(seed)
    made: list[Event] = []
    for _ in range(many):
        if dice.random() < 0.25:
            made.append(("see", (dice.randrange(numbers), dice.randrange(3))))
        else:
            pair = tuple(dice.sample(range(numbers), 2))
            made.append(
                ("link", (pair, dice.choice([0, 0, 1, 1, 1, 2, 2, 3] if dice.random() < 0.3 else [0, 1, 1, 2])))
            )
    return made


def state(happened: Iterable[Event]) -> tuple[dict[UUID, Mark], list[Tie]]:
    """What is known after all that: the best standing of each, and all links."""
    marks: dict[UUID, Mark] = {}
    ties: dict[tuple[UUID, UUID], int] = {}

    def seen(number: int, standing: int) -> None:
        kind, id_ = mark_of(number)[0], id_of(number)
        best = max(0 if kind == "device" else standing, marks[id_].standing if id_ in marks else 0)
        marks[id_] = Mark(kind, best)

    for what, (who, much) in happened:  # type: ignore[misc]
        if what == "see":
            seen(who, much)
            continue
        for number in who:
            seen(number, min(much, 1))
        a, b = sorted(map(id_of, who))
        ties[a, b] = max(ties.get((a, b), 0), much)
    return marks, [Tie(a, b, trust) for (a, b), trust in ties.items()]


def broken_promises(marks: dict[UUID, Mark], ties: Sequence[Tie], found: People) -> list[str]:
    """Where two proved people became one without proof that holds them together, or two logins without a decision."""
    wrong = []
    for members in found.groups().values():
        strong = {id_ for id_ in members if marks[id_].kind != "device"}
        proved = {id_ for id_ in strong if marks[id_].kind == "login" or marks[id_].standing == VERIFIED}
        if proved and not proved <= _reach(next(iter(proved)), strong, ties, PROVED):
            wrong.append(f"proved evidence without proof between: {proved}")
        logins = {id_ for id_ in strong if marks[id_].kind == "login"}
        if logins and not logins <= _reach(next(iter(logins)), set(marks), ties, DECIDED):
            wrong.append(f"two logins: {logins}")
    return wrong


def _reach(start: UUID, inside: set[UUID], ties: Sequence[Tie], trust: int) -> set[UUID]:
    reached, grew = {start}, True
    while grew:
        grew = False
        for tie in ties:
            ends = {tie.a, tie.b}
            if tie.trust >= trust and ends <= inside and len(ends & reached) == 1:
                reached |= ends
                grew = True
    return reached
