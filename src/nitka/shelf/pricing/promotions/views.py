"""What is asked about promotions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from nitka.shelf.pricing import markets
from nitka.shelf.pricing.promotions import rules
from nitka.shelf.pricing.promotions.codes import normalised
from nitka.shelf.pricing.promotions.models import Lane, Promotion, PromotionBudget, PromotionCode, PromotionUse


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionView:
    """A promotion as its form shows it. `budgets`: currency → (may give, gave)."""

    id: UUID
    name: str
    label: Mapping[str, str]
    benefit: Mapping[str, Any]
    conditions: Mapping[str, Any]
    lane: str
    priority: int
    stops_lane: bool
    exclusive: bool
    needs_code: bool
    code: str
    code_most: int | None
    public: bool
    starts_at: datetime | None
    ends_at: datetime | None
    most: int | None
    most_each: int | None
    budgets: Mapping[str, tuple[int, int]]
    active: bool
    codes: int
    uses: int


def asked_of_buyers() -> frozenset[str]:
    """What of a buyer any price or promotion that runs depends on: labels, groups, orders_count, company. Remembered,
    no query."""
    return rules.book().asks | markets.asked_by_lists()


def promotion(promotion_id: UUID) -> PromotionView | None:
    """One promotion, in at most four queries."""
    row = Promotion.objects.filter(id=promotion_id).first()
    if row is None:
        return None
    shown = PromotionCode.objects.filter(promotion=row, shown=True).first()
    budgets = PromotionBudget.objects.filter(promotion=row).order_by("currency")
    counts = Promotion.objects.filter(id=row.id).values_list(_codes_counted(), _uses_counted())[0]
    return PromotionView(
        id=row.id, name=row.name, label=row.label, benefit=row.benefit, conditions=row.conditions, lane=row.lane_id,
        priority=row.priority, stops_lane=row.stops_lane, exclusive=row.exclusive, needs_code=row.needs_code,
        code=shown.code if shown else "", code_most=shown.most if shown else None, public=row.public,
        starts_at=row.starts_at, ends_at=row.ends_at, most=row.most, most_each=row.most_each,
        budgets={each.currency: (each.most_minor, each.spent_minor) for each in budgets}, active=row.active,
        codes=counts[0] or 0, uses=counts[1] or 0,
    )  # fmt: skip


def promotion_of_code(code: str) -> UUID | None:
    """The promotion that a code opens."""
    rows = PromotionCode.objects.filter(code=normalised(code))
    return rows.values_list("promotion_id", flat=True).first()


def promotion_rows() -> QuerySet[Promotion]:
    """Promotions for back-office tables, with `shown_code`, `codes` and `uses`."""
    shown = PromotionCode.objects.filter(promotion=OuterRef("pk"), shown=True).values("code")
    return Promotion.objects.annotate(
        shown_code=Subquery(shown), codes=_codes_counted(), uses=_uses_counted()
    ).order_by("name", "id")


def code_rows(promotion_id: UUID) -> QuerySet[PromotionCode]:
    """The codes of a promotion, for tables and files."""
    return PromotionCode.objects.filter(promotion_id=promotion_id).order_by("code")


def lane_rows() -> QuerySet[Lane]:
    """The lanes, in their order."""
    return Lane.objects.order_by("position", "code")


def promotion_sums(promotion_ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """What promotions gave away: promotion → currency → minor units. One query."""
    rows = PromotionUse.objects.filter(promotion_id__in=list(promotion_ids)).exclude(currency="")
    found: dict[UUID, dict[str, int]] = {}
    for promotion_id, currency, minor in rows.values_list("promotion_id", "currency").annotate(sum=Sum("minor")):
        found.setdefault(promotion_id, {})[currency] = minor
    return found


def _codes_counted() -> Subquery:
    rows = PromotionCode.objects.filter(promotion=OuterRef("pk")).order_by().values("promotion")
    return Subquery(rows.annotate(n=Count("pk")).values("n"))


def _uses_counted() -> Subquery:
    rows = PromotionUse.objects.filter(promotion=OuterRef("pk")).order_by().values("promotion")
    return Subquery(rows.annotate(n=Count("pk")).values("n"))
