"""What the border costs: pure arithmetic over rules that were read before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from nitka.ground import money

ANYWHERE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A line that crosses the border: worth of all its pieces without tax, in minor units, after discounts."""

    hs_code: str = ""
    origin: str = ""
    worth_minor: int
    pieces: int = 1
    tax_class: str = "standard"
    tags: tuple[str, ...] = ()
    sku: str = ""


@dataclass(frozen=True, slots=True)
class Territory:
    """Countries with one border, and what they ask. See the table of that name."""

    code: str
    countries: frozenset[str]
    duty_free: Mapping[str, int]
    tax_free: Mapping[str, int]
    flat_duty: Mapping[str, int]
    delivered: bool
    has_import_tax: bool
    rates: tuple[tuple[str, str, Decimal], ...] = ()  # HS prefix, origin, per cent


@dataclass(frozen=True, slots=True)
class Terms:
    """Who pays, and the number under which tax is collected at the sale."""

    paid_by_shop: bool = False
    number: str = ""
    up_to: Mapping[str, int] = field(default_factory=dict)
    charged: bool = False  # of what the shop pays: the estimate is part of the price of delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What goods cost at the border, as far as it can be known before. `tax_collected`: tax is in the price already.

    `paid_by_shop`: nothing is asked at the door; `charged`: for it the shopper pays the estimate here. `rough`: goods
    without an HS code were counted at the general rate.
    """

    country: str
    currency: str
    duty_minor: int
    tax_minor: int
    tax_collected: bool
    paid_by_shop: bool
    number: str
    rough: bool
    charged: bool = False

    @property
    def total_minor(self) -> int:
        """Duty and import tax together."""
        return self.duty_minor + self.tax_minor

    @property
    def due_minor(self) -> int:
        """What the carrier asks of the shopper at the door."""
        return 0 if self.paid_by_shop else self.total_minor

    @property
    def charged_minor(self) -> int:
        """What the shopper pays with the order, as a part of the price of delivery."""
        return self.total_minor if self.paid_by_shop and self.charged else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Goods on their way over a border. `collects_tax`: the sale was taxed as one of the destination."""

    goods: Sequence[Goods]
    country: str
    currency: str
    delivery_minor: int = 0
    collects_tax: bool = False
    terms: Terms = Terms()


def estimate(
    crossing: Crossing, to: Territory, unions: Mapping[str, str], tax_percent: Mapping[str, Decimal]
) -> Duties:  # fmt: skip
    """Duty and import tax of a consignment. `unions` is country → territory, `tax_percent` by class of goods.

    Value: goods after discounts, with delivery shared over them where the territory counts it. Duty: none up to the
    duty-free worth (or the flat one, once for each kind of goods), else per line, half up. Import tax: on value and
    duty, unless the sale was taxed already or the worth is free. A currency without a threshold has none.
    """
    goods, currency = crossing.goods, crossing.currency
    worth = sum(each.worth_minor for each in goods)
    shared = money.split(crossing.delivery_minor, [each.worth_minor for each in goods]) if goods else []
    values = [each.worth_minor + (part if to.delivered else 0) for each, part in zip(goods, shared, strict=True)]
    if worth <= to.duty_free.get(currency, -1):
        kinds = {(each.hs_code[:6], "" if each.hs_code else each.sku) for each in goods}
        duties = money.split(to.flat_duty.get(currency, 0) * len(kinds), values) if goods else []
    else:
        duties = [
            money.round_half_up(value * _percent(to, each, unions) / 100)
            for each, value in zip(goods, values, strict=True)
        ]
    limit = crossing.terms.up_to.get(currency)
    numbered = bool(crossing.terms.number) and (limit is None or worth <= limit)
    collected = crossing.collects_tax or numbered
    tax = 0
    if not collected and to.has_import_tax and worth > to.tax_free.get(currency, -1):
        general = tax_percent.get("standard", Decimal(0))
        tax = sum(
            money.round_half_up((value + duty) * tax_percent.get(each.tax_class, general) / 100)
            for each, value, duty in zip(goods, values, duties, strict=True)
        )
    return Duties(
        country=crossing.country, currency=currency, duty_minor=sum(duties), tax_minor=tax, tax_collected=collected,
        paid_by_shop=crossing.terms.paid_by_shop, number=crossing.terms.number if numbered else "",
        rough=any(not each.hs_code for each in goods), charged=crossing.terms.charged,
    )  # fmt: skip


def _percent(to: Territory, goods: Goods, unions: Mapping[str, str]) -> Decimal:
    """The rate of the agreement with where it was made, else that of the longest beginning of its HS code."""
    made_in = {goods.origin, unions.get(goods.origin, "")} - {""}
    fitting = [
        (origin != ANYWHERE, len(prefix), percent)
        for prefix, origin, percent in to.rates
        if goods.hs_code.startswith(prefix) and (origin == ANYWHERE or origin in made_in)
    ]
    return max(fitting, default=(False, 0, Decimal(0)), key=lambda found: found[:2])[2]
