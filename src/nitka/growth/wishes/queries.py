"""Questions about wish lists."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nitka.growth.wishes.models import Wish, WishList
from nitka.growth.wishes.owners import Owner, lists_owned

__all__ = ["ListView", "Owner", "WishView", "lists_of", "shared_list", "wished_products"]


@dataclass(frozen=True, kw_only=True, slots=True)
class WishView:
    """A product that is wished for; `price_minor` is what it cost on the day it was, None where it had no price."""

    id: UUID
    product_id: UUID
    variant_id: UUID | None
    note: str
    market: str
    currency: str
    price_minor: int | None
    added_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ListView:
    """A list with what is on it, newest first. `share_token` is "" for a list that nobody else may see."""

    id: UUID
    name: str
    share_token: str
    tells: bool
    wishes: tuple[WishView, ...]


def lists_of(owner: Owner) -> tuple[ListView, ...]:
    """All lists of a person or a browser. Two queries, none for nobody."""
    return () if owner.is_nobody else _views(lists_owned(owner))


def wished_products(owner: Owner) -> frozenset[UUID]:
    """What is on any of their lists. One query, none for nobody."""
    if owner.is_nobody:
        return frozenset()
    return frozenset(Wish.objects.filter(list__in=lists_owned(owner)).values_list("product_id", flat=True))


def shared_list(token: str) -> ListView | None:
    """The list that its owner shared by this token; None once they took it back."""
    return next(iter(_views(WishList.objects.filter(share_token=token))), None) if token else None


def _views(rows: Iterable[WishList]) -> tuple[ListView, ...]:
    lists = list(rows)
    wishes: dict[UUID, list[WishView]] = defaultdict(list)
    for row in Wish.objects.filter(list__in=[each.id for each in lists]).order_by("-added_at", "-id"):
        wishes[row.list_id].append(_wish(row))
    return tuple(
        ListView(
            id=each.id, name=each.name, share_token=each.share_token or "", tells=each.tells,
            wishes=tuple(wishes[each.id]),
        )
        for each in lists
    )  # fmt: skip


def _wish(row: Wish) -> WishView:
    return WishView(
        id=row.id, product_id=row.product_id, variant_id=row.variant_id, note=row.note, market=row.market,
        currency=row.currency, price_minor=row.price_minor, added_at=row.added_at,
    )  # fmt: skip
