"""What a shopper can do to an order before it is packed: the questions that its pages ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nitka.ground.locale import pick
from nitka.sale.orders import means, placing, policies
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.means import MeansChoice
from nitka.sale.orders.models import Order
from nitka.sale.orders.policies import PolicyView, Possible
from nitka.sale.orders.relining import Swap
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import queries as pricing


@dataclass(frozen=True, slots=True)
class Possibilities:
    """Each kind of change, whether it is possible now, and why not."""

    cancel: Possible
    address: Possible
    items: Possible
    payment: Possible

    @property
    def any(self) -> bool:
        return any(each.allowed for each in (self.cancel, self.address, self.items, self.payment))


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """A variant that can be had instead of a line's, and what it costs more a piece (below zero: less)."""

    variant_id: UUID
    text: str
    unit_minor: int
    more_minor: int


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of an order. `state`: open (waits for its money), done, failed."""

    id: UUID
    kind: str
    state: str
    difference_minor: int
    means: str
    payment_id: UUID | None
    at: datetime


def possible(order_id: UUID) -> Possibilities | None:
    """What can be changed of an order now. One query."""
    found = policies.past_of(order_id)
    if found is None:
        return None
    return Possibilities(**{kind.value: policies.possible(found[0], kind, found[1]) for kind in policies.STANDARD})


def item_choices(order_id: UUID) -> dict[UUID, tuple[ItemChoice, ...]]:
    """Line → the variants of its product that are on sale, in stock and priced, in the order's language."""
    order = Order.objects.filter(id=order_id).first()
    lines = placing.line_rows(order_id) if order else []
    products = {line.product_id for line in lines if line.product_id}
    if order is None or not products:
        return {}
    siblings = {each.id: each for rows in catalog.variants_of(products).values() for each in rows}
    views = {id_: view for id_, view in catalog.variants(siblings).items() if view.on_sale}
    free, prices = stock.available(list(views)), pricing.prices(list(views), order.market)
    return {
        line.id: tuple(
            ItemChoice(id_, pick(view.option_text, order.language), prices[id_].minor,
                       prices[id_].minor - line.unit_minor)
            for id_, view in views.items()
            if view.product_id == line.product_id and id_ != line.variant_id and free.get(id_, 0) > 0 and id_ in prices
        )
        for line in lines
    }  # fmt: skip


def swap_difference(order_id: UUID, swaps: tuple[Swap, ...]) -> int:
    """What the order would cost more (below zero: less) with these swaps. Raises an OrderProblem as `change_items`."""
    from nitka.sale.orders.actions.change_items import price_of_swaps

    order = Order.objects.get(id=order_id)
    _priced, sums = price_of_swaps(order, placing.line_rows(order_id), swaps)
    return sums.difference(order.tax_included)


def means_of(order_id: UUID, *, minor: int = 0) -> tuple[MeansChoice, ...]:
    """With what its customer may pay so much (minor units), or get money back."""
    order = Order.objects.filter(id=order_id).first()
    return means.choices(order, minor=minor) if order else ()


def changes_of(order_id: UUID) -> tuple[ChangeView, ...]:
    """All changes of an order, oldest first."""
    rows = OrderChange.objects.filter(order_id=order_id).order_by("at", "id")
    return tuple(
        ChangeView(row.id, row.kind, row.state, row.difference_minor, row.means, row.payment_id, row.at) for row in rows
    )


def policies_in_force(market: str = "") -> tuple[PolicyView, ...]:
    """What shoppers of that market may do to their orders themselves."""
    return tuple(policies.policy(kind, market) for kind in policies.STANDARD)
