"""What is news for those who wish: noted when it happens, told later, and only if it is still so then."""

from uuid import UUID

from django.db import transaction

from nitka.ground import clock
from nitka.growth.wishes.models import Wish
from nitka.growth.wishes.standing import Standing, key_of, standing


@transaction.atomic
def notice_prices(product_id: UUID, market: str) -> None:
    """The price moved: below what it was measured by is news, back above is none any more."""
    rows = list(Wish.objects.select_for_update().filter(product_id=product_id, market=market, list__tells=True))
    now = standing(map(key_of, rows), market) if rows else {}
    for row in rows:
        measure(row, now[key_of(row)].minor)
        row.save(update_fields=["price_minor", "said_minor", "cheaper_at"])


def measure(row: Wish, minor: int | None) -> None:
    """Compare with the price of the day of the wish, or the lower one of the last mail.

    A price that rises again raises the measure with it, but never above the price of the day: one that was put up
    only to be taken down is no news.
    """
    if minor is None:
        return
    if row.price_minor is None:
        row.price_minor = minor
    if row.said_minor is not None and minor > row.said_minor:
        row.said_minor = min(minor, row.price_minor)
    row.cheaper_at = (row.cheaper_at or clock.now()) if is_cheaper(row, minor) else None


def is_cheaper(row: Wish, minor: int | None) -> bool:
    """Whether this price is below what the owner knows."""
    known = row.price_minor if row.said_minor is None else row.said_minor
    return minor is not None and known is not None and minor < known


@transaction.atomic
def notice_stock(product_id: UUID) -> None:
    """Goods came or went: what was gone and is there again is news."""
    rows = list(Wish.objects.select_for_update().filter(product_id=product_id, list__tells=True))
    stands = {market: standing(map(key_of, rows), market) for market in {row.market for row in rows}}
    for row in rows:
        there = stands[row.market].get(key_of(row), Standing()).there
        if there and row.gone:
            row.back_at = clock.now()
        if not there:
            row.back_at = None
        row.gone = not there
        row.save(update_fields=["gone", "back_at"])
