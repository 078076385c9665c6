"""What a fact is, and how a domain says that it reacts to one."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, get_type_hints
from uuid import UUID

from django.utils.dateparse import parse_datetime

Reaction = Callable[[Any], None]
Hook = Callable[[Any], None]

_kinds: dict[str, type["Fact"]] = {}
_listeners: dict[str, dict[str, Reaction]] = {}
_hooks: list[Hook] = []


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, in the past tense: ids, numbers, words of the house and times, never personal data.

    `class OrderPlaced(Fact, kind="orders.order_placed", subject="order_id")`: the kind is its name for ever, the
    subject is the field whose facts keep their order. `whose="customer_id"` names the field with the party on whose
    thread the fact lies, if it lies on one.
    """

    kind: ClassVar[str]
    subject_field: ClassVar[str]
    whose_field: ClassVar[str]
    version: ClassVar[int] = 1

    def __init_subclass__(cls, *, kind: str, subject: str, whose: str = "", version: int = 1) -> None:
        super().__init_subclass__()
        cls.kind, cls.subject_field, cls.whose_field, cls.version = kind, subject, whose, version
        known = _kinds.setdefault(kind, cls)
        if known is not cls and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"{kind} is told by {known.__qualname__} already.")

    @property
    def subject(self) -> str:
        return str(getattr(self, self.subject_field))

    @property
    def whose(self) -> UUID | None:
        return getattr(self, self.whose_field) if self.whose_field else None

    def payload(self) -> dict[str, Any]:
        """The fields as JSON: UUIDs and times as text."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def reacts_to[FactType: Fact](
    fact_type: type[FactType],
) -> Callable[[Callable[[FactType], None]], Callable[[FactType], None]]:
    """Register a reaction: it gets the fact, after commit, at least once, in a transaction of its own.

    Its rows and its receipt are one commit, so its effects happen once. Network work is a task that it enqueues.
    """

    def register(reaction: Callable[[FactType], None]) -> Callable[[FactType], None]:
        name = f"{reaction.__module__}.{reaction.__qualname__}"
        _listeners.setdefault(fact_type.kind, {})[name] = reaction
        return reaction

    return register


def when_told(hook: Hook) -> None:
    """Register what is done with the row of every fact of whatever kind, in its own transaction: rows only, and quick.

    For what passes all of them on; who wants one kind reacts to it.
    """
    _hooks.append(hook)


def hooks() -> tuple[Hook, ...]:
    """What is done with every fact."""
    return tuple(_hooks)


def kinds() -> dict[str, type[Fact]]:
    """All kinds of facts that loaded domains tell."""
    return dict(_kinds)


def listeners(kind: str) -> dict[str, Reaction]:
    """The reactions to that kind, by dotted name."""
    return _listeners.get(kind, {})


def rebuild(kind: str, payload: dict[str, Any]) -> Fact:
    """The fact of a stored row. Fields that a later version dropped are ignored; KeyError for an unknown kind."""
    fact_type: Any = _kinds[kind]
    hints = _hints(fact_type)
    fact: Fact = fact_type(**{name: _typed(value, hints[name]) for name, value in payload.items() if name in hints})
    return fact


@cache
def _hints(fact_type: Any) -> dict[str, Any]:
    hints = get_type_hints(fact_type)
    return {field.name: hints[field.name] for field in fields(fact_type)}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def _typed(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    members = getattr(hint, "__args__", ())
    if hint is UUID or (UUID in members and isinstance(value, str) and not isinstance(hint, type(tuple[UUID, ...]))):
        return UUID(value)
    if hint is datetime or datetime in members:
        return parse_datetime(value)
    if isinstance(value, list):
        inner = members[0] if members else None
        return tuple(_typed(part, inner) for part in value)
    return value
