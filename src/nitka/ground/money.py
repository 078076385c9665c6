"""Money: whole minor units of an ISO 4217 currency. All rounding of the house happens in this file.

The policy: discount first; tax per line, half up to the currency's exponent; discounts of an order are split over its
lines by largest remainder; totals are sums of rounded parts. So what is shown, charged and refunded always adds up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Self

from babel.core import get_global


class Tax(StrEnum):
    """Whether an amount holds tax. NONE: the question does not arise (a payment, a gift card)."""

    GROSS = "gross"
    NET = "net"
    NONE = "none"


class MixedMoney(ValueError):
    """Two amounts of different currency or tax basis met in one sum."""


@cache
def exponent(currency: str) -> int:
    """Decimal places of the minor unit by ISO 4217: EUR 2, JPY 0, KWD 3, AMD 2 (although dram are shown whole)."""
    if currency in _ISO_EXPONENTS:
        return _ISO_EXPONENTS[currency]
    if len(currency) != 3 or not currency.isalpha() or currency not in get_global("all_currencies"):
        raise ValueError(f"{currency!r} is no ISO 4217 currency.")
    return 2


# Where ISO 4217 differs from two places. CLDR's own list is of places shown, which is another thing.
_ISO_EXPONENTS = (
    dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    )
    | dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3)
    | {"CLF": 4, "UYW": 4}
)


# Where prices and payments are in whole units although ISO 4217 knows hundredths (CLDR: no digits in cash, and here
# none on a price tag or a card either).
_COINS = {"AMD": 100}


def coin(currency: str) -> int:
    """The least that is asked for or paid, in minor units: AMD 100 (one dram), EUR 1."""
    return _COINS.get(currency, 1)


def in_coins(minor: int, currency: str) -> int:
    """An amount as it can be paid, halves up: 81150 AMD → 81200."""
    least = coin(currency)
    return minor if least == 1 else round_half_up(Decimal(minor) / least) * least


def round_half_up(amount: Decimal) -> int:
    """The nearest whole number, halves away from zero: 4.5 → 5, -4.5 → -5."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def rounded(amount: Decimal, currency: str) -> int:
    """An exact amount of the currency in whole minor units: 8.955 EUR → 896."""
    return round_half_up(amount.scaleb(exponent(currency)))


def tax_added(net_minor: int, rate: Decimal) -> int:
    """Tax on top of a net amount; `rate` in per cent (23 → 23 %)."""
    return round_half_up(Decimal(net_minor) * rate / 100)


def tax_included(gross_minor: int, rate: Decimal) -> int:
    """The part of a gross amount that is tax; `rate` in per cent of the net."""
    return round_half_up(Decimal(gross_minor) * rate / (100 + rate))


def split(minor: int, weights: Sequence[int]) -> list[int]:
    """Parts of `minor` in proportion to `weights`, whole and summing exactly to it (largest remainder, ties first).

    Where all weights are zero the parts are equal. Raises ValueError for no weights or a negative one.
    """
    if not weights or min(weights) < 0:
        raise ValueError("A split needs weights, none below zero.")
    total = sum(weights)
    if total == 0:
        weights, total = [1] * len(weights), len(weights)
    sign, rest = (-1, -minor) if minor < 0 else (1, minor)
    parts = [rest * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(rest * weights[i] % total), i))
    for index in by_remainder[: rest - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]


def decimal(minor: int, currency: str) -> Decimal:
    """Minor units as a decimal number of the currency: 1999 EUR → 19.99."""
    return Decimal(minor).scaleb(-exponent(currency))


def convert(minor: int, currency: str, into: str, rate: Decimal) -> int:
    """An amount in another currency, half up; `rate` is how much of `into` one of `currency` is.

    Whoever shows a sum converts the sum: converted parts need not add up to it (2 x 6.82 is not 13.63).
    """
    return rounded(decimal(minor, currency) * rate, into)


def to_step(minor: int, step_minor: int, less_minor: int = 0) -> int:
    """The nearest price of a merchant's kind: a multiple of `step_minor` less `less_minor`, halves up, never below
    the first such price above zero. 12.37 by steps of 1.00 less 0.01 → 11.99; 5 412 dram by steps of 10 → 5 410."""
    if minor <= 0 or step_minor <= 1:
        return max(0, minor)
    steps = max(1, round_half_up(Decimal(minor + less_minor) / step_minor))
    return steps * step_minor - less_minor


def parse(text: str, currency: str) -> int:
    """A written amount (`12.50`, `12,50`, `1 234.00`) in minor units.

    Raises ValueError for what is no number, or has more places than the currency.
    """
    digits = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    try:
        minor = Decimal(digits).scaleb(exponent(currency))
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount of money.") from None
    if not minor.is_finite() or minor != minor.to_integral_value() or abs(minor) > 10**15:
        raise ValueError(f"{text!r} is no amount in {currency}.")
    return int(minor)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units. Adding or comparing across currencies or tax bases raises MixedMoney."""

    minor: int
    currency: str
    tax: Tax = Tax.NONE

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int):
            raise TypeError("Money is counted in whole minor units.")
        exponent(self.currency)

    def _same(self, other: Self) -> int:
        if self.currency != other.currency or self.tax != other.tax:
            raise MixedMoney(f"{self.currency} {self.tax} and {other.currency} {other.tax} do not mix.")
        return other.minor

    def __add__(self, other: Self) -> Self:
        return type(self)(self.minor + self._same(other), self.currency, self.tax)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.minor - self._same(other), self.currency, self.tax)

    def __mul__(self, times: int) -> Self:
        if not isinstance(times, int):
            raise TypeError("Money is multiplied by whole numbers; use `split` or the tax functions for parts.")
        return type(self)(self.minor * times, self.currency, self.tax)

    __rmul__ = __mul__

    def __neg__(self) -> Self:
        return type(self)(-self.minor, self.currency, self.tax)

    def __lt__(self, other: Self) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Self) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def split(self, weights: Sequence[int]) -> list[Self]:
        """See `split`: parts that sum exactly to this amount."""
        return [type(self)(part, self.currency, self.tax) for part in split(self.minor, weights)]
