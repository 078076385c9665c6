"""What lies on a thread: facts and events as one kind of thing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from nitka.ground.facts.contract import kinds as known_kinds
from nitka.people.events.queries import BOT
from nitka.people.events.queries import KINDS as EVENT_KINDS
from nitka.people.thread.reading import FACT, Row
from nitka.people.thread.register import group_of, loaders


@dataclass(frozen=True, slots=True)
class ThreadItem:
    """Something that happened. Facts have a kind (`orders.order_placed`), events the kind of their convention
    (`track`, `page` …) and a name; `data` is the payload or the properties, `more` what its domain filled in."""

    id: str
    at: datetime
    kind: str
    name: str
    source: Literal["fact", "event"]
    group: str
    data: Mapping[str, Any]
    flags: int = 0
    more: Mapping[str, Any] = field(default_factory=dict)
    evidence: UUID | None = None
    device: UUID | None = None
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_bot(self) -> bool:
        return bool(self.flags & BOT)


def items(rows: Iterable[Row]) -> tuple[ThreadItem, ...]:
    """The rows as items, with what the domains tell more of them: one question for each kind of loader."""
    return tuple(_with_more([_item(row) for row in rows]))


def _item(row: Row) -> ThreadItem:
    if row.place.source == FACT:
        kind = row.name
        return ThreadItem(
            id=f"f-{row.place.key}", at=row.place.at, kind=kind, name=kind.partition(".")[2], source="fact",
            group=group_of(kind), data=_whole(kind, row.data),
        )  # fmt: skip
    return ThreadItem(
        id=f"e-{row.place.key}", at=row.place.at, kind=EVENT_KINDS.get(row.kind, "track"), name=row.name,
        source="event", group="visits", data=row.data, flags=row.flags, evidence=row.evidence, device=row.device,
        context=row.context,
    )  # fmt: skip


def _whole(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """With the fields that the fact got after the row was written, empty."""
    fact = known_kinds().get(kind)
    return {**dict.fromkeys(fact.__dataclass_fields__), **payload} if fact else payload


def _with_more(found: list[ThreadItem]) -> list[ThreadItem]:
    places: dict[Any, list[int]] = defaultdict(list)
    for place, item in enumerate(found):
        if item.source == "fact" and item.kind in loaders:
            places[loaders[item.kind]].append(place)
    for loader, wanted in places.items():
        told: Sequence[Mapping[str, Any]] = loader([dict(found[place].data) for place in wanted])
        for place, more in zip(wanted, told, strict=True):
            found[place] = replace(found[place], more=more)
    return found
