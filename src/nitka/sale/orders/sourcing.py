"""From where the goods of an order leave: the merchant's rule for its country, asked while they are held."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from nitka.sale.shipping import queries as shipping

Stock = Mapping[str, Mapping[UUID, int]]


def preferred(lines: Mapping[UUID, int], country: str) -> Callable[[Stock], Sequence[str]]:
    """A chooser for `inventory.hold`: the places of the planned parcels, the one liked best first.

    Pieces that a rule brings to one place first are still held where they lie.
    """

    def choose(stock: Stock) -> Sequence[str]:
        made = shipping.plan(lines, stock, shipping.sourcing(country))
        return [place for parcel in made.parcels for place in (parcel.location, *parcel.gathered)]

    return choose
