"""The lanes that a shop starts with, and in which of them a promotion goes by itself."""

from nitka.shelf.pricing.promotions import rules
from nitka.shelf.pricing.promotions.models import Lane
from nitka.shelf.pricing.promotions.rules import LaneView

# (code, name, place, how it takes)
STANDARD = (
    ("goods", "Prices of goods", 1, Lane.Takes.EACH), ("codes", "Codes", 2, Lane.Takes.BEST),
    ("gifts", "Gifts", 3, Lane.Takes.ALL), ("delivery", "Delivery", 4, Lane.Takes.BEST),
)  # fmt: skip


def set_up() -> None:
    """Make what is missing of them. What is there stays."""
    rows = [Lane(code=code, name=name, position=place, takes=takes) for code, name, place, takes in STANDARD]
    Lane.objects.bulk_create(rows, ignore_conflicts=True)


def standard() -> tuple[LaneView, ...]:
    """The same as values."""
    return tuple(LaneView(code, name, takes) for code, name, _place, takes in STANDARD)


def default_of(kind: str, by_code: bool) -> str:
    """Where a promotion of that kind belongs unless somebody says otherwise."""
    if kind in (rules.DELIVERY, rules.GIFT):
        return "delivery" if kind == rules.DELIVERY else "gifts"
    return "codes" if by_code else "goods"
