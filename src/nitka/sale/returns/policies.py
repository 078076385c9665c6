"""Which policy holds for a piece."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from nitka.ground import clock, locale
from nitka.ground.remembered import Remembered
from nitka.sale.orders.queries import LineView, OrderView
from nitka.sale.returns.built_in import POLICIES
from nitka.sale.returns.models import Policy
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A policy as a value. `id` is None for one that comes with Nitka."""

    kind: str
    name: str
    id: UUID | None = None
    position: int = 0
    active: bool = True
    markets: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    allowed: bool = True
    window_days: int | None = None
    once_only: bool = False
    once_for_all: bool = False
    alike: bool = False
    reasons: tuple[str, ...] = ()
    needs_photo: bool = False
    auto_approve: bool = False
    needs_goods: bool = True
    restocking_percent: Decimal = Decimal(0)
    refund_ceiling: Mapping[str, int] = field(default_factory=dict)
    way_back: str = "shop"
    label_fee: Mapping[str, int] = field(default_factory=dict)
    refund_to: tuple[str, ...] = ("original",)
    refunds_delivery: bool = False
    note: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks_for_goods(self) -> bool:
        """Whether it holds for some goods only."""
        return bool(self.categories or self.tags)

    def note_in(self, language: str) -> str:
        """The merchant's own sentence."""
        return locale.pick(dict(self.note), language) if self.note else ""


_TUPLES = ("markets", "countries", "categories", "tags", "reasons", "refund_to")


def rule_of(row: Policy) -> Rule:
    """The row as a value."""
    values: dict[str, Any] = {name: getattr(row, name) for name in Rule.__dataclass_fields__}
    values.update({name: tuple(values[name]) for name in _TUPLES})
    return Rule(**{**values, "refund_to": values["refund_to"] or ("original",)})


def all_rules() -> tuple[Rule, ...]:
    """Every policy, those that come with Nitka for kinds of which the shop has written none."""
    rows = [rule_of(row) for row in Policy.objects.order_by("kind", "position", "id")]
    written = {rule.kind for rule in rows}
    return (*rows, *(_built_in(each) for each in POLICIES if each["kind"] not in written))


remembered = Remembered(all_rules)


def rule_for_goods(
    kind: str, *, market: str, country: str, categories: frozenset[str], tags: frozenset[str]
) -> Rule | None:  # fmt: skip
    """The first policy of the kind that would hold for such goods; asked of the database every two seconds at most."""
    fitting = (
        rule
        for rule in remembered()
        if rule.kind == kind and rule.active and (not rule.markets or market in rule.markets)
        and (not rule.countries or country in rule.countries) and _fits(rule, categories, tags)
    )  # fmt: skip
    return next(fitting, None)


def rules_by_line(order: OrderView, rules: Iterable[Rule]) -> dict[tuple[str, UUID], Rule]:
    """(kind, line) → the first policy that fits; a kind without one cannot be asked for."""
    here = [
        rule
        for rule in rules
        if rule.active and (not rule.markets or order.market in rule.markets)
        and (not rule.countries or order.country in rule.countries)
    ]  # fmt: skip
    kinds = dict.fromkeys(rule.kind for rule in here)
    marks = _marks(order.lines) if any(rule.asks_for_goods for rule in here) else {}
    found: dict[tuple[str, UUID], Rule] = {}
    for line in order.lines:
        handles, tags = marks.get(line.product_id, (frozenset(), frozenset()))
        for kind in kinds:
            fits = (rule for rule in here if rule.kind == kind and _fits(rule, handles, tags))
            if rule := next(fits, None):
                found[kind, line.id] = rule
    return found


def window_end(rule: Rule, delivered_at: datetime | None) -> datetime | None:
    """The end of the last day, in the shop's zone; None: without end, or nothing was delivered yet."""
    if rule.window_days is None or delivered_at is None:
        return None
    zone = content.shop().zone
    day = clock.local(delivered_at, zone).date() + timedelta(days=rule.window_days + 1)
    return clock.at_local(day, time(0), zone)


def delivered_at(order: OrderView) -> datetime | None:
    """When the shopper got it."""
    return next((step.at for step in order.steps if step.kind == "delivered"), None)


def _built_in(values: Mapping[str, Any]) -> Rule:
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Rule(**plain)


def _marks(lines: Iterable[LineView]) -> dict[UUID | None, tuple[frozenset[str], frozenset[str]]]:
    """Product → handles of its categories, from the root down, and its tags."""
    handles = {node.id: node.handle for node in catalog.category_tree()}
    products = catalog.product_source([id_ for id_ in dict.fromkeys(line.product_id for line in lines) if id_])
    return {
        each.id: (frozenset(handles[id_] for id_ in each.category_ids if id_ in handles), frozenset(each.tags))
        for each in products
    }


def _fits(rule: Rule, handles: frozenset[str], tags: frozenset[str]) -> bool:
    if not rule.asks_for_goods:
        return True
    return bool(handles & set(rule.categories) or tags & set(rule.tags))
