"""Promotions as frozen values: read from their rows once in two seconds, then matched without a query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection

from nitka.ground import clock
from nitka.ground.remembered import Remembered

PERCENT, AMOUNT, FIXED, BUY_GET, BUNDLE, DELIVERY, GIFT = KINDS = (
    "percent", "amount", "fixed_price", "buy_get", "bundle", "delivery", "gift",
)  # fmt: skip
_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scope:
    """Which goods: any that one of the lists names; empty lists name all. `full_price` leaves out reduced goods."""

    products: frozenset[UUID] = frozenset()
    categories: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    brands: frozenset[UUID] = frozenset()
    not_products: frozenset[UUID] = frozenset()
    not_categories: frozenset[str] = frozenset()
    not_tags: frozenset[str] = frozenset()
    full_price: bool = False

    @property
    def is_all(self) -> bool:
        """Whether no list names anything."""
        return not (self.products or self.categories or self.tags or self.brands)

    @property
    def excepts(self) -> bool:
        """Whether anything is left out."""
        return bool(self.not_products or self.not_categories or self.not_tags or self.full_price)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Scope":
        """From JSON."""
        return cls(
            products=_ids(data.get("products")), categories=frozenset(map(str, data.get("categories") or ())),
            tags=frozenset(data.get("tags") or ()), brands=_ids(data.get("brands")),
            not_products=_ids(data.get("not_products")),
            not_categories=frozenset(map(str, data.get("not_categories") or ())),
            not_tags=frozenset(data.get("not_tags") or ()), full_price=bool(data.get("full_price")),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What must be true. Empty means: does not matter. Amounts in minor units by currency."""

    scope: Scope = Scope()
    minimum: Mapping[str, int] = _NOTHING
    pieces: int = 0
    whole_cart: bool = False  # minimum and pieces are of the whole cart, not of the goods in scope
    labels: frozenset[str] = frozenset()
    first_order: bool = False
    company: str = ""  # "only" | "never"
    markets: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    weekdays: frozenset[int] = frozenset()  # 0 is Monday
    hours: tuple[str, str] | None = None  # "HH:MM" in the market's zone, the second not included

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Conditions":
        """From JSON."""
        hours = data.get("hours")
        return cls(
            scope=Scope.read(data.get("scope") or {}), minimum=dict(data.get("minimum") or {}),
            pieces=int(data.get("pieces") or 0), whole_cart=bool(data.get("whole_cart")),
            labels=frozenset(data.get("labels") or ()), first_order=bool(data.get("first_order")),
            company=data.get("company") or "",
            markets=frozenset(data.get("markets") or ()), countries=frozenset(data.get("countries") or ()),
            channels=frozenset(data.get("channels") or ()), currencies=frozenset(data.get("currencies") or ()),
            weekdays=frozenset(data.get("weekdays") or ()), hours=(hours[0], hours[1]) if hours else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """What is given. `amounts` are minor units by currency: what is taken off, or what it costs then."""

    kind: str
    percent: Decimal = Decimal(0)
    amounts: Mapping[str, int] = _NOTHING
    most: Mapping[str, int] = _NOTHING
    buy: int = 0
    get: int = 0
    times: int = 0
    reward: Scope | None = None
    parts: tuple[tuple[Scope, int], ...] = ()
    options: frozenset[str] = frozenset()
    variant: UUID | None = None
    pieces: int = 1

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Benefit":
        """From JSON."""
        return cls(
            kind=data["kind"], percent=Decimal(str(data.get("percent") or 0)), amounts=dict(data.get("amounts") or {}),
            most=dict(data.get("most") or {}), buy=int(data.get("buy") or 0), get=int(data.get("get") or 0),
            times=int(data.get("times") or 0), reward=Scope.read(data["reward"]) if data.get("reward") else None,
            parts=tuple((Scope.read(each["scope"]), int(each["pieces"])) for each in data.get("parts") or ()),
            options=frozenset(data.get("options") or ()),
            variant=UUID(data["variant"]) if data.get("variant") else None, pieces=int(data.get("pieces") or 1),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A promotion. `budgets` are what is left by currency; None: it may give away any sum."""

    id: UUID
    name: str
    label: Mapping[str, str] = field(default_factory=dict)
    conditions: Conditions = Conditions()
    benefit: Benefit
    lane: str
    priority: int = 100
    stops_lane: bool = False
    exclusive: bool = False
    needs_code: bool = False
    shown_code: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    left: int | None = None
    most_each: int | None = None
    budgets: Mapping[str, int] | None = None
    counts: bool = False


@dataclass(frozen=True, slots=True)
class LaneView:
    """A lane with how it takes: only the best, or all."""

    code: str
    name: str
    takes: str


@dataclass(frozen=True, slots=True)
class Book:
    """All promotions that may run, in the order in which they are asked, and what has to be known for them."""

    lanes: tuple[LaneView, ...]
    rules: Mapping[UUID, Rule]
    by_lane: Mapping[str, tuple[Rule, ...]]
    gifts: frozenset[UUID]
    limited: frozenset[UUID]
    asks: frozenset[str]


_LOAD = """
    SELECT
        (SELECT json_agg(l ORDER BY position, code) FROM pricing_lanes l),
        (SELECT json_agg(json_build_object('row', p, 'shown', c.code, 'budgets', (
            SELECT json_object_agg(b.currency, b.most_minor - b.spent_minor)
            FROM pricing_promotion_budgets b WHERE b.promotion_id = p.id)) ORDER BY p.priority, p.id)
         FROM pricing_promotions p
         LEFT JOIN pricing_promotion_codes c ON c.promotion_id = p.id AND c.shown
         WHERE p.active AND (p.ends_at IS NULL OR p.ends_at > %s))
"""


def _load() -> Book:
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [clock.now()])
        lanes, rows = (json.loads(part) if isinstance(part, str) else part or [] for part in cursor.fetchone())
    return book_of(
        tuple(LaneView(each["code"], each["name"], each["takes"]) for each in lanes),
        [_rule(each["row"], each["shown"] or "", each["budgets"]) for each in rows],
    )


def book_of(lanes: tuple[LaneView, ...], rules: list[Rule]) -> Book:
    """Rules in the order of their lanes and priorities."""
    ordered = sorted(rules, key=lambda each: (each.priority, each.id))
    return Book(
        lanes=lanes, rules={each.id: each for each in ordered},
        by_lane={lane.code: tuple(each for each in ordered if each.lane == lane.code) for lane in lanes},
        gifts=frozenset(each.benefit.variant for each in ordered if each.benefit.variant),
        limited=frozenset(each.id for each in ordered if each.most_each),
        asks=frozenset(name for each in ordered for name in _asked(each.conditions)),
    )  # fmt: skip


def _asked(conditions: Conditions) -> list[str]:
    wanted = {"labels": conditions.labels, "orders_count": conditions.first_order, "company": conditions.company}
    return [name for name, is_asked in wanted.items() if is_asked]


def _rule(row: Mapping[str, Any], shown: str, budgets: Mapping[str, int] | None) -> Rule:
    most = row["most"]
    return Rule(
        id=UUID(row["id"]), name=row["name"], label=row["label"], conditions=Conditions.read(row["conditions"]),
        benefit=Benefit.read(row["benefit"]), lane=row["lane"], priority=row["priority"],
        stops_lane=row["stops_lane"], exclusive=row["exclusive"], needs_code=row["needs_code"],
        shown_code=shown if row["public"] else "", starts_at=_moment(row["starts_at"]), ends_at=_moment(row["ends_at"]),
        left=None if most is None else most - row["used"], most_each=row["most_each"], budgets=budgets,
        counts=most is not None or budgets is not None,
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _ids(values: Any) -> frozenset[UUID]:
    return frozenset(UUID(str(each)) for each in values or ())


book = Remembered(_load)
