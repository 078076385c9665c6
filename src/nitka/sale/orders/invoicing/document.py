"""An invoice as plain values: all that stands on the paper and in its structured forms, and nothing else."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self

from nitka.ground import money


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who sells or buys."""

    name: str
    person: str = ""
    line1: str = ""
    line2: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    email: str = ""
    vat_number: str = ""
    register_number: str = ""
    bank_name: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """What was sold, or its way to the buyer. `total_minor` is as the market shows it; `net_minor` is without tax."""

    title: str
    detail: str = ""
    sku: str = ""
    pieces: int
    unit_minor: int
    discount_minor: int = 0
    total_minor: int
    net_minor: int
    tax_minor: int
    rate: str
    is_charge: bool = False


@dataclass(frozen=True, slots=True)
class DocumentTax:
    """The tax at one rate. `rate` in per cent, as text."""

    rate: str
    base_minor: int
    tax_minor: int

    @property
    def gross_minor(self) -> int:
        return self.base_minor + self.tax_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One invoice or credit note. The amounts of a credit note are above zero: its kind says which way they go.

    `tax_kind` is pricing's word (`reverse_charge`, `export` …), `tax_note` the sentence the law asks for.
    """

    kind: str
    number: str
    issued_on: date
    language: str
    order_code: str
    ordered_on: date
    corrects: str = ""
    reason: str = ""
    currency: str
    tax_included: bool
    tax_kind: str = ""
    tax_note: str = ""
    seller: Party
    buyer: Party
    ship_to: Party
    lines: tuple[DocumentLine, ...]
    taxes: tuple[DocumentTax, ...]
    total_minor: int
    paid_minor: int = 0
    payment: str = ""
    payment_method: str = ""
    due_on: str = ""  # of one on account: the day by which it is paid, as ISO text
    po_number: str = ""  # how the buyer calls the purchase

    @property
    def net_minor(self) -> int:
        return sum(part.base_minor for part in self.taxes)

    @property
    def tax_minor(self) -> int:
        return sum(part.tax_minor for part in self.taxes)

    @property
    def due_minor(self) -> int:
        return self.total_minor - self.paid_minor

    def amount(self, minor: int) -> Decimal:
        """Minor units as a decimal number of the currency."""
        return Decimal(minor).scaleb(-money.exponent(self.currency))

    def as_dict(self) -> dict[str, Any]:
        """As JSON: days as text."""
        return asdict(self) | {"issued_on": self.issued_on.isoformat(), "ordered_on": self.ordered_on.isoformat()}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        """What `as_dict` wrote."""
        known = {each.name for each in fields(cls)}
        return cls(
            **{name: value for name, value in kept.items() if name in known}
            | {
                "issued_on": date.fromisoformat(kept["issued_on"]),
                "ordered_on": date.fromisoformat(kept["ordered_on"]),
                "seller": Party(**kept["seller"]), "buyer": Party(**kept["buyer"]),
                "ship_to": Party(**kept["ship_to"]),
                "lines": tuple(DocumentLine(**line) for line in kept["lines"]),
                "taxes": tuple(DocumentTax(**part) for part in kept["taxes"]),
            }
        )  # fmt: skip


def rate_text(rate: Decimal) -> str:
    """Per cent without needless zeros, never with an exponent."""
    return f"{rate.normalize():f}"


def shares(
    minor: int, taxes: tuple[DocumentTax, ...], credited: tuple[DocumentTax, ...],
    weights: dict[str, int] | None = None,
) -> tuple[DocumentTax, ...]:  # fmt: skip
    """How a refund of so many minor units (with tax) is made of the tax parts of its invoice.

    Split over what is left of each rate by largest remainder; `weights` (rate → minor units) say of which rates the
    goods were. Where nothing is left of a rate afterwards its tax is just what was left of it, so that credit notes
    for all of an invoice add up to it. More than is left raises ValueError.
    """
    left = {part.rate: [part.gross_minor, part.tax_minor] for part in taxes}
    for part in credited:
        left[part.rate][0] -= part.gross_minor
        left[part.rate][1] -= part.tax_minor
    if minor > sum(gross for gross, _tax in left.values()):
        raise ValueError("No more than its invoice can be credited.")
    first = {rate: min((weights or {}).get(rate, 0), gross) for rate, (gross, _tax) in left.items()}
    taken = dict.fromkeys(left, 0)
    for bounds in (first, {rate: gross - first[rate] for rate, (gross, _tax) in left.items()}):
        now = min(minor - sum(taken.values()), sum(bounds.values()))
        if now > 0:
            for rate, more in zip(bounds, money.split(now, list(bounds.values())), strict=True):
                taken[rate] += more
    return tuple(
        DocumentTax(rate, gross - tax, tax)
        for rate, gross in taken.items()
        if gross
        for tax in [_tax_of(gross, Decimal(rate), *left[rate])]
    )


def _tax_of(gross: int, rate: Decimal, left_gross: int, left_tax: int) -> int:
    return left_tax if gross == left_gross else min(money.tax_included(gross, rate), left_tax)
