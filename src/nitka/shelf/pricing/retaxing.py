"""The tax of one line of an order that was agreed before, when its pieces change."""

from decimal import Decimal

from nitka.shelf.pricing import arithmetic
from nitka.shelf.pricing.arithmetic import Rounding


def line_tax(minor: int, pieces: int, rate: Decimal, *, tax_included: bool, rounding: Rounding) -> int:
    """The tax in (or on top of) what so many pieces cost after discounts, rounded as the market rounds."""
    line = arithmetic.Line("", 0, pieces, rate)
    return arithmetic.settle_line(line, minor, tax_included, rounding).tax_minor
