"""Writing price lists and sales. Reached through `actions`."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.pricing import clockwork, price_rows
from nitka.shelf.pricing.history import note
from nitka.shelf.pricing.models import ListPrice, Market, PriceList
from nitka.shelf.pricing.problems import PricingProblem, UnknownMarket
from nitka.shelf.pricing.tax_verbs import forget_now_and_later


@transaction.atomic
def put_list(
    *,
    name: str,
    market: str,
    code: str = "",
    kind: str = "list",
    labels: Sequence[str] = (),
    groups: Sequence[str] = (),
    companies: Sequence[UUID] = (),
    percent_off: Decimal | None = None,
    contract: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    active: bool = True,
) -> UUID:
    """Make or change a price list or a sale, found by its code (made of the name). Returns its id.

    Without labels, groups and companies it is for everybody. `percent_off` the price of the market counts for goods
    without a price in the list, and only in a list for some. Raises PricingProblem, UnknownMarket.
    """
    code = (code or slugify(name))[:60] or f"list-{str(new_id())[-8:]}"
    if not Market.objects.filter(code=market).exists():
        raise UnknownMarket(_("There is no market %(code)s.") % {"code": market}, market=market)
    some = bool(labels or groups or companies)
    _refuse(name, kind, some, percent_off, contract, starts_at, ends_at)
    before = PriceList.objects.select_for_update().filter(code=code).first()
    if before and before.market_id != market and ListPrice.objects.filter(list=before).exists():
        raise PricingProblem(_("This list has prices in another market already. Make a new list for this one."))
    row, _made = PriceList.objects.update_or_create(
        code=code,
        defaults={
            "name": name.strip()[:120], "market_id": market, "kind": kind, "labels": sorted(set(labels)),
            "groups": sorted(set(groups)), "companies": sorted(set(companies)), "percent_off": percent_off,
            "contract": contract, "starts_at": starts_at, "ends_at": ends_at, "active": active,
            "turned_at": clock.now(),
        },
    )  # fmt: skip
    _refresh(row, before)
    return row.id


def _refuse(
    name: str, kind: str, some: bool, percent_off: Decimal | None, contract: bool, starts_at: datetime | None,
    ends_at: datetime | None,
) -> None:  # fmt: skip
    if not name.strip() or kind not in PriceList.Kind.values:
        raise PricingProblem(_("Give the list a name."), field="name")
    if starts_at and ends_at and ends_at <= starts_at:
        raise PricingProblem(_("The end of a list comes after its beginning."), field="ends_at")
    if percent_off is not None and not 0 < percent_off <= 100:
        raise PricingProblem(_("A list takes off a percentage up to 100."), field="percent_off")
    if percent_off is not None and not some:
        raise PricingProblem(
            _("A percentage off everything for everybody is a promotion. Say for whom this list is."),
            field="percent_off",
        )
    if kind == PriceList.Kind.SALE and (some or contract):
        raise PricingProblem(_("A sale is for everybody. Make a price list for some customers."), field="kind")


def _wake(*moments: datetime | None) -> None:
    from nitka.shelf.pricing import tasks  # the clock's tasks stand above the verbs

    for moment in moments:
        seconds = (moment - clock.now()).total_seconds() if moment else 0
        if seconds > 0:
            tasks.turn_over.later_in(seconds)


def _refresh(row: PriceList, before: PriceList | None) -> None:
    forget_now_and_later()
    _wake(row.starts_at, row.ends_at)
    was_public = before is not None and not (before.labels or before.groups or before.companies)
    if was_public and (row.labels or row.groups or row.companies):
        variants = ListPrice.objects.filter(list=row).values_list("variant_id", flat=True).distinct()
        keys = [(variant_id, row.market_id) for variant_id in variants]
        note(keys)
        price_rows.tell_changes(keys)
    else:
        clockwork.refresh(row.id)


@transaction.atomic
def set_list_prices(*, list_id: UUID, prices: Sequence[tuple[UUID, int, int | None]]) -> int:
    """Write prices of a list: (variant, from so many pieces, minor). Without an amount the step goes.

    Returns how many steps were given. Raises PricingProblem for a list that is gone and for what is no price.
    """
    row = PriceList.objects.select_for_update().filter(id=list_id).first()
    if row is None:
        raise PricingProblem(_("This list is gone."))
    if any(start < 1 or (minor is not None and minor < 0) for _variant, start, minor in prices):
        raise PricingProblem(_("A price is not below zero, and counts from one piece on or more."))
    wanted = {(variant_id, start): minor for variant_id, start, minor in prices}
    ListPrice.objects.bulk_create(
        [
            ListPrice(list=row, variant_id=variant_id, from_quantity=start, minor=minor)
            for (variant_id, start), minor in sorted(wanted.items())
            if minor is not None
        ],
        update_conflicts=True,
        unique_fields=["variant", "list", "from_quantity"],
        update_fields=["minor"],
    )
    for (variant_id, start), minor in wanted.items():
        if minor is None:
            ListPrice.objects.filter(list=row, variant_id=variant_id, from_quantity=start).delete()
    if not (row.labels or row.groups or row.companies):
        keys = [(variant_id, row.market_id) for variant_id, _start in wanted]
        note(keys)
        price_rows.tell_changes(keys)
    return len(wanted)


@transaction.atomic
def replace_list_prices(*, list_id: UUID, prices: Sequence[tuple[UUID, int, int]]) -> int:
    """Let a list hold these prices and no other. Returns how many. Raises as `set_list_prices`."""
    keep = {(variant_id, start) for variant_id, start, _minor in prices}
    there = ListPrice.objects.filter(list_id=list_id).values_list("variant_id", "from_quantity")
    gone = [(variant_id, start, None) for variant_id, start in there if (variant_id, start) not in keep]
    set_list_prices(list_id=list_id, prices=[*gone, *prices])
    return len(keep)


@transaction.atomic
def drop_list(*, list_id: UUID) -> None:
    """End a list for good, with its prices. Does nothing the second time."""
    row = PriceList.objects.select_for_update().filter(id=list_id).first()
    if row is None:
        return
    keys = [(each, row.market_id) for each in ListPrice.objects.filter(list=row).values_list("variant_id", flat=True)]
    row.delete()
    forget_now_and_later()
    if not (row.labels or row.groups or row.companies):
        note(keys)
        price_rows.tell_changes(keys)
