"""When to order what: forecasts, rules of the merchant and what is on its way, put together. Private to inventory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Sum

from nitka.shelf.inventory import forecasting
from nitka.shelf.inventory.models import Forecast, PurchaseLine, ReorderRule, StockLevel, SupplierItem

SERVICE_PERCENT = 95
LEAD_DAYS = 14  # where no supplier is known
REVIEW_DAYS = 7  # how often somebody looks
COVER_DAYS = 28  # how long an order is to last


@dataclass(frozen=True, slots=True)
class RuleView:
    """What the merchant said; None where the computed value counts."""

    service_percent: int | None = None
    lead_days: int | None = None
    point: int | None = None
    quantity: int | None = None
    never: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """How a variant stands: what can be promised, what is on its way, what is expected, and what to order."""

    variant_id: UUID
    available: int
    on_order: int
    weekly: float
    point: int
    quantity: int
    supplier: str
    lead_days: int

    @property
    def is_low(self) -> bool:
        """Whether it is time to order."""
        return self.point > 0 and self.available + self.on_order <= self.point

    @property
    def lasts_days(self) -> int | None:
        """For how many days what can be promised will last; None where nothing is expected to be sold."""
        return int(self.available / self.weekly * 7) if self.weekly > 0 else None


@dataclass(frozen=True, slots=True)
class DeadStock:
    """Pieces that nobody wanted since a day (None: ever), and what they cost where that is known."""

    variant_id: UUID
    on_hand: int
    last_sold_on: date | None
    cost_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Terms:
    """At whose hands and in which quantities a variant comes."""

    supplier: str = ""
    lead_days: int = LEAD_DAYS
    pack: int = 1
    minimum: int = 1


def terms(variant_ids: Iterable[UUID]) -> dict[UUID, Terms]:
    """The preferred supplier's terms. One query."""
    rows = SupplierItem.objects.filter(variant_id__in=list(variant_ids), preferred=True, supplier__active=True)
    columns = "variant_id", "supplier__code", "supplier__lead_days", "pack", "minimum"
    return {variant: Terms(*rest) for variant, *rest in rows.values_list(*columns)}


def rules(variant_ids: Iterable[UUID]) -> dict[UUID, RuleView]:
    """What the merchant said of these. One query."""
    rows = ReorderRule.objects.filter(variant_id__in=list(variant_ids))
    columns = "variant_id", "service_percent", "lead_days", "point", "quantity", "never"
    return {variant: RuleView(*rest) for variant, *rest in rows.values_list(*columns)}


def compute(expected: forecasting.Outlook, rule: RuleView, known: Terms) -> tuple[int, int]:
    """Reorder point, and how many to order at once (before packs)."""
    lead = known.lead_days if rule.lead_days is None else rule.lead_days
    weeks = (lead + REVIEW_DAYS) / 7
    service = rule.service_percent or SERVICE_PERCENT
    point = forecasting.reorder_point(expected, weeks=weeks, service_percent=service)
    quantity = max(1, round(expected.weekly * COVER_DAYS / 7))
    return (point if rule.point is None else rule.point), (quantity if rule.quantity is None else rule.quantity)


def needs(variant_ids: Iterable[UUID] | None = None) -> list[Need]:
    """How variants with a forecast or a rule stand (all, or these), what lasts shortest first. Six queries."""
    wanted = None if variant_ids is None else list(variant_ids)
    found = Forecast.objects.all() if wanted is None else Forecast.objects.filter(variant_id__in=wanted)
    stored = {row.variant_id: row for row in found}
    ruled = ReorderRule.objects.all() if wanted is None else ReorderRule.objects.filter(variant_id__in=wanted)
    ids = stored.keys() | set(ruled.values_list("variant_id", flat=True))
    said, known, free, coming = rules(ids), terms(ids), _free(ids), on_order(ids)
    listed = []
    for variant_id in ids:
        rule, its = said.get(variant_id, RuleView()), known.get(variant_id, Terms())
        row = stored.get(variant_id)
        if rule.never:
            continue
        point = rule.point if rule.point is not None else row.point if row else 0
        batch = rule.quantity if rule.quantity is not None else row.quantity if row else 1
        there, way = free.get(variant_id, 0), coming.get(variant_id, 0)
        pieces = point + batch - there - way if there + way <= point and point else 0
        listed.append(
            Need(
                variant_id, there, way, row.weekly if row else 0.0, point,
                forecasting.in_packs(pieces, pack=its.pack, minimum=its.minimum), its.supplier,
                its.lead_days if rule.lead_days is None else rule.lead_days,
            )
        )  # fmt: skip
    never = 10**6
    return sorted(listed, key=lambda n: (never if n.lasts_days is None else n.lasts_days, n.variant_id))


def on_order(variant_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Pieces that suppliers still owe: of sent purchase orders."""
    rows = PurchaseLine.objects.filter(variant_id__in=list(variant_ids), purchase__state="sent")
    return dict(rows.values_list("variant_id").annotate(open=Sum(F("pieces") - F("received"))))


def dead(since: datetime, limit: int) -> list[DeadStock]:
    """Good pieces that lie there since before that moment, and none of which was sold since; the most pieces first."""
    from nitka.shelf.inventory.models import Demand, StockMove

    lying = (
        StockLevel.objects.filter(on_hand__gt=0)
        .exclude(variant_id__in=StockMove.objects.filter(kind="sale", at__gte=since).values("variant_id"))
        .exclude(variant_id__in=Demand.objects.filter(day__gte=since.date()).values("variant_id"))
        .filter(variant_id__in=StockMove.objects.filter(at__lt=since, pieces__gt=0).values("variant_id"))
    )
    sums = dict(lying.values_list("variant_id").annotate(n=Sum("on_hand")).order_by("-n", "variant_id")[:limit])
    last: dict[UUID, date] = {}
    for variant_id, day in Demand.objects.filter(variant_id__in=sums).order_by("day").values_list("variant_id", "day"):
        last[variant_id] = day
    items = SupplierItem.objects.filter(variant_id__in=sums, preferred=True)
    costs = {v: (cost, currency) for v, cost, currency in items.values_list(
        "variant_id", "cost_minor", "supplier__currency")}  # fmt: skip
    listed = []
    for variant_id, pieces in sums.items():
        cost, currency = costs.get(variant_id, (None, ""))
        listed.append(
            DeadStock(variant_id, pieces, last.get(variant_id), None if cost is None else cost * pieces, currency)
        )
    return listed


def _free(variant_ids: Iterable[UUID]) -> dict[UUID, int]:
    rows = StockLevel.objects.filter(variant_id__in=list(variant_ids))
    return dict(rows.values_list("variant_id").annotate(free=Sum(F("on_hand") - F("reserved"))))
