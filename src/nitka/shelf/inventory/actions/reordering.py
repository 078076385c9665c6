"""Demand is counted, forecasts are made anew, and what runs low is drafted as orders to suppliers."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import forecasting, reordering
from nitka.shelf.inventory.actions.buying import draft_purchase
from nitka.shelf.inventory.facts import StockRanLow
from nitka.shelf.inventory.models import Demand, Forecast, Location, ReorderRule, StockMove
from nitka.shelf.inventory.problems import StockProblem


@transaction.atomic
def record_demand(*, rows: Iterable[tuple[UUID, date, int]]) -> int:
    """Write how many pieces of a variant were wanted on a day, over what stood there: for orders of another shop,
    which never passed our ledger. Returns how many days were written."""
    todo = [(variant_id, day, pieces) for variant_id, day, pieces in rows if pieces > 0]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO inventory_demand (id, variant_id, day, pieces)"
            " SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::int[])"
            " ON CONFLICT (variant_id, day) DO UPDATE SET pieces = EXCLUDED.pieces",
            [[new_id() for _row in todo], [v for v, _d, _n in todo], [d for _v, d, _n in todo],
             [n for _v, _d, n in todo]],
        )  # fmt: skip
    return len(todo)


@transaction.atomic
def fold_demand(*, day: date) -> int:
    """Count what left on that day (UTC) from the ledger into the demand. May be repeated. Returns how many variants."""
    counts: dict[UUID, int] = {}
    moves = StockMove.objects.filter(kind=StockMove.Kind.SALE, at__date=day)
    for variant_id, pieces in moves.values_list("variant_id", "pieces"):
        counts[variant_id] = counts.get(variant_id, 0) - pieces
    return record_demand(rows=[(variant_id, day, pieces) for variant_id, pieces in sorted(counts.items())])


@transaction.atomic
def make_forecasts(*, today: date | None = None) -> int:
    """Look anew at the last year of every variant that was ever wanted. Returns how many have a forecast now."""
    until = today or clock.now().date()
    by_day: dict[UUID, dict[date, int]] = {}
    rows = Demand.objects.filter(day__gte=until - timedelta(weeks=forecasting.WEEKS), day__lt=until)
    for variant_id, day, pieces in rows.values_list("variant_id", "day", "pieces").iterator():
        by_day.setdefault(variant_id, {})[day] = pieces
    said, known = reordering.rules(by_day), reordering.terms(by_day)
    made, now = [], clock.now()
    for variant_id, days in by_day.items():
        expected = forecasting.outlook(forecasting.weekly(days, until))
        point, quantity = reordering.compute(
            expected, said.get(variant_id, reordering.RuleView()), known.get(variant_id, reordering.Terms())
        )
        made.append(
            Forecast(
                variant_id=variant_id, weekly=expected.weekly, spread=expected.spread, weeks=expected.weeks,
                speed=expected.speed, point=point, quantity=quantity, made_at=now,
            )
        )  # fmt: skip
    fields = ["weekly", "spread", "weeks", "speed", "point", "quantity", "made_at"]
    Forecast.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["variant"], update_fields=fields, batch_size=2000
    )
    Forecast.objects.filter(made_at__lt=now).delete()
    return len(made)


@transaction.atomic
def set_reorder_rule(
    *, variant_id: UUID, service_percent: int | None = None, lead_days: int | None = None, point: int | None = None,
    quantity: int | None = None, never: bool = False,
) -> None:  # fmt: skip
    """The merchant's own word on a variant; what is None is computed, all None and not `never` ends the rule.

    The service level is the chance, from 50 to 99 percent, that goods last until new ones are there.
    """
    if service_percent is not None and not 50 <= service_percent <= 99:
        raise StockProblem(_("A service level lies from 50 to 99 percent."))
    if min(each for each in (lead_days, point, quantity, 0) if each is not None) < 0:
        raise StockProblem(_("Days and pieces are not below zero."))
    values = {
        "service_percent": service_percent, "lead_days": lead_days, "point": point, "quantity": quantity,
        "never": never,
    }  # fmt: skip
    if not never and all(value is None for name, value in values.items() if name != "never"):
        ReorderRule.objects.filter(variant_id=variant_id).delete()
    else:
        ReorderRule.objects.update_or_create(variant_id=variant_id, defaults=values)
    stored = Forecast.objects.filter(variant_id=variant_id).first()
    if stored is not None:
        expected = forecasting.Outlook(stored.weekly, stored.spread, stored.weeks, stored.speed)
        rule = reordering.RuleView(service_percent, lead_days, point, quantity, never)
        known = reordering.terms([variant_id]).get(variant_id, reordering.Terms())
        stored.point, stored.quantity = reordering.compute(expected, rule, known)
        stored.save(update_fields=["point", "quantity"])


@transaction.atomic
def draft_purchases(*, location: str | None = None) -> tuple[UUID, ...]:
    """Write over the machine's drafts with what is low now, one for each supplier, for one location (the first by
    code where none is named). Returns the drafts. What has no supplier is only told."""
    place = location or Location.objects.order_by("code").values_list("code", flat=True).first()
    wanted: dict[str, dict[UUID, int]] = {}
    for need in reordering.needs():
        if need.is_low and need.supplier and need.quantity:
            wanted.setdefault(need.supplier, {})[need.variant_id] = need.quantity
    if place is None:
        return ()
    return tuple(
        draft_purchase(supplier=supplier, location=place, lines=lines, by_machine=True)
        for supplier, lines in sorted(wanted.items())
    )


@transaction.atomic
def tell_low() -> int:
    """Tell of each variant that is low and was not when we last looked. Returns how many are new."""
    low = {need.variant_id: need for need in reordering.needs() if need.is_low}
    told = set(Forecast.objects.filter(low_told=True).values_list("variant_id", flat=True))
    fresh = sorted(low.keys() - told)
    products = catalog.products_of_variants(fresh)
    for variant_id in fresh:
        need = low[variant_id]
        tell(
            StockRanLow(
                product_id=products[variant_id], variant_id=variant_id, available=need.available, point=need.point
            )
        )
    Forecast.objects.filter(variant_id__in=fresh).update(low_told=True)
    Forecast.objects.filter(low_told=True).exclude(variant_id__in=low).update(low_told=False)
    return len(fresh)
