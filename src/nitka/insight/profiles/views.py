"""The values that a profile is shown as."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileValue:
    """One thing known of a customer, in the active language.

    `value` is plain data for programs; `texts` says it to people, one entry a line; `source` says where it comes from,
    `at` the moment of the newest thing that it rests on. `order_code` names an order where one stands behind it.
    `tone` is `danger` for what went wrong, else empty.
    """

    name: str
    label: str
    value: Any
    texts: tuple[str, ...]
    source: str
    at: datetime | None = None
    order_code: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileGroup:
    name: str
    label: str
    values: tuple[ProfileValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """All that is known of a customer. `notes` say what is left out, and why."""

    customer_id: UUID
    groups: tuple[ProfileGroup, ...]
    notes: tuple[str, ...] = ()

    def value(self, name: str) -> ProfileValue | None:
        """The value of that name."""
        return next((each for group in self.groups for each in group.values if each.name == name), None)
