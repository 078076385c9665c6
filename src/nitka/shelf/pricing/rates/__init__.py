"""Where exchange rates come from, a folder each: `NAME`, `BASE`, `fetch() -> Fetched`. `fixed`: set by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nitka.shelf.pricing.problems import PricingProblem


class RatesProblem(PricingProblem):
    """The source did not answer, or with something that cannot be believed."""

    code = "rates_problem"
    status = 502


@dataclass(frozen=True, slots=True)
class Fetched:
    """How much of each currency one of `base` is on a day."""

    source: str
    base: str
    on: date
    rates: Mapping[str, Decimal]
