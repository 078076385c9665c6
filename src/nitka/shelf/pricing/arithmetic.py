"""The sums of a sale: plain numbers in, plain numbers out, no database.

The policy: discounts first; tax of each line half up, once a line or for each piece; a discount on all goods is split
over the lines by largest remainder; delivery is a line of its own; every total is the sum of rounded parts. It gives
the published results of the suites of Sylius, Solidus, Vendure and of the reports against Medusa and Oscar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nitka.ground import money

Rounding = Literal["line", "unit"]


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of one thing. `rate` in per cent; `key` decides who gets a cent that cannot be split, so that the order
    in which lines were added never matters. `unit_off_minor` is taken off each piece, `off_minor` off the line."""

    key: str
    unit_minor: int
    quantity: int
    rate: Decimal
    unit_off_minor: int = 0
    off_minor: int = 0


@dataclass(frozen=True, slots=True)
class Discount:
    """Off all goods: per cent, or an amount in minor units."""

    percent: Decimal | None = None
    amount_minor: int | None = None

    def of(self, minor: int) -> int:
        """What it takes off such a sum: never more than there is, never below zero."""
        if self.percent is not None:
            return money.round_half_up(Decimal(minor) * min(self.percent, Decimal(100)) / 100)
        return max(0, min(self.amount_minor or 0, minor))


@dataclass(frozen=True, slots=True)
class Delivery:
    """The price of delivery before its own discount, and its rate in per cent."""

    minor: int
    rate: Decimal
    percent_off: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SettledLine:
    """A line with its share of all discounts. `total_minor` holds tax where prices do."""

    key: str
    discount_minor: int
    total_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class TaxPart:
    """All of one rate: the net base and its tax."""

    rate: Decimal
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """The sums. `goods_minor` is before discounts, `delivery_minor` after its own."""

    lines: tuple[SettledLine, ...]
    goods_minor: int
    discount_minor: int
    discounts_minor: tuple[int, ...]
    delivery_minor: int
    delivery_tax_minor: int
    tax_minor: int
    total_minor: int
    taxes: tuple[TaxPart, ...]


def settle(
    lines: Sequence[Line],
    *,
    tax_included: bool,
    rounding: Rounding = "line",
    discounts: Sequence[Discount] = (),
    delivery: Delivery | None = None,
) -> Settlement:
    """Add up a sale. Discounts apply one after the other, each to what the ones before left."""
    left = [_left_of(line) for line in lines]
    taken = tuple(_take_off(discount, lines, left) for discount in discounts)
    settled = tuple(settle_line(line, total, tax_included, rounding) for line, total in zip(lines, left, strict=True))
    delivery_minor = delivery_tax = 0
    if delivery:
        delivery_minor = delivery.minor - Discount(percent=delivery.percent_off).of(delivery.minor)
        delivery_tax = tax_of(delivery_minor, delivery.rate, tax_included)
    tax = sum(each.tax_minor for each in settled) + delivery_tax
    goods = sum(line.quantity * line.unit_minor for line in lines)
    parts = [(line.rate, each.total_minor, each.tax_minor) for line, each in zip(lines, settled, strict=True)]
    if delivery:
        parts.append((delivery.rate, delivery_minor, delivery_tax))
    return Settlement(
        lines=settled,
        goods_minor=goods,
        discount_minor=goods - sum(left),
        discounts_minor=taken,
        delivery_minor=delivery_minor,
        delivery_tax_minor=delivery_tax,
        tax_minor=tax,
        total_minor=sum(left) + delivery_minor + (0 if tax_included else tax),
        taxes=_by_rate(parts, tax_included),
    )


def _left_of(line: Line) -> int:
    after_unit = line.quantity * max(0, line.unit_minor - max(0, line.unit_off_minor))
    return max(0, after_unit - max(0, line.off_minor))


def tax_of(minor: int, rate: Decimal, tax_included: bool) -> int:
    """The tax in an amount, or on top of it; `rate` in per cent."""
    return money.tax_included(minor, rate) if tax_included else money.tax_added(minor, rate)


def unit_price(minor: int, quantity: Decimal) -> int:
    """The price of one whole unit (metre, litre, kilogram) where a piece holds `quantity` of it."""
    return money.round_half_up(Decimal(minor) / quantity)


def _take_off(discount: Discount, lines: Sequence[Line], left: list[int]) -> int:
    """Split the discount over the lines in the order of their keys; `left` is changed. Returns what it took."""
    if not lines:
        return 0
    order = sorted(range(len(lines)), key=lambda i: lines[i].key)
    taken = discount.of(sum(left))
    for place, part in zip(order, money.split(taken, [left[i] for i in order]), strict=True):
        left[place] -= part
    return taken


def settle_line(line: Line, total: int, tax_included: bool, rounding: Rounding) -> SettledLine:
    """A line that costs `total` after all discounts, with its tax."""
    if rounding == "unit" and line.quantity > 1:
        # A discounted line need not divide by its pieces: some of them cost one minor unit more.
        each, dearer = divmod(total, line.quantity)
        tax = dearer * tax_of(each + 1, line.rate, tax_included)
        tax += (line.quantity - dearer) * tax_of(each, line.rate, tax_included)
    else:
        tax = tax_of(total, line.rate, tax_included)
    return SettledLine(line.key, line.quantity * line.unit_minor - total, total, tax)


def _by_rate(parts: list[tuple[Decimal, int, int]], tax_included: bool) -> tuple[TaxPart, ...]:
    sums: dict[Decimal, tuple[int, int]] = {}
    for rate, minor, tax in parts:
        base, sum_of_tax = sums.get(rate, (0, 0))
        sums[rate] = base + minor - (tax if tax_included else 0), sum_of_tax + tax
    return tuple(TaxPart(rate, *sums[rate]) for rate in sorted(sums))
