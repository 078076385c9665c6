"""Which tax a sale bears: by where it goes and who buys."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nitka.ground import clock
from nitka.shelf.pricing.basket import Buyer
from nitka.shelf.pricing.markets import MarketView, tax_rate


@dataclass(frozen=True, slots=True)
class Treatment:
    """The tax of one sale: the country whose rates count, on a day."""

    country: str
    on: date

    def rate(self, tax_class: str) -> Decimal:
        """Per cent for goods of that class (`delivery` for their way)."""
        return tax_rate(self.country, tax_class, self.on)


def treatment(place: MarketView, country: str, buyer: Buyer | None = None) -> Treatment:
    """How a sale of this market to that country is taxed."""
    return Treatment(country, clock.today(place.zone))
