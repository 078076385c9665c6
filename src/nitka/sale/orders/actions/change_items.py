"""Another variant instead of the one that was ordered, before it is packed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import changing, means, parties, placing, policies, relining, sourcing, steps
from nitka.sale.orders.actions.settle_change import settle_change
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.change_problems import LinesProblem, NotForSaleProblem, OtherProductProblem, SameVariantProblem
from nitka.sale.orders.changing import Changed
from nitka.sale.orders.models import Order, OrderLine
from nitka.sale.orders.parties import Party
from nitka.sale.orders.problems import UnknownOrderProblem
from nitka.sale.orders.relining import PricedSwap, Sums, Swap
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import VariantView
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import queries as pricing


def change_items(
    *, order_id: UUID, swaps: Sequence[Swap], by: Party, means_word: str = "", confirmed: bool = False
) -> Changed:
    """Take other variants of the same products, at today's price; the difference (minor units) is paid by, or goes
    back to, the means that `means_word` names (`credit:<id>`, `saved:<id>`, `original`).

    Until packed, once, unless the policy says otherwise. Where a saved means pays, the gateway is asked outside of any
    transaction, and the change stays open, its goods held, until the money is here. Raises an OrderProblem that names
    what is wrong: not_yours, too_late_to_change, changed_already, not_in_order, same_variant, other_product,
    not_available, unknown_means, balance_too_low, not_confirmed.
    """
    change = _begin(order_id, swaps, by, means_word, confirmed)
    if change.state != changing.State.OPEN:
        return Changed(change.id, change.state, change.difference_minor)
    return settle_change(change_id=change.id)


def price_of_swaps(order: Order, lines: Sequence[OrderLine], swaps: Sequence[Swap]) -> tuple[list[PricedSwap], Sums]:
    """What these swaps would cost, after every check of goods; changes nothing. Raises as `change_items` does."""
    views = _checked(lines, swaps)
    priced = _priced(order, swaps, views)
    _after, sums = relining.relined(order, lines, priced)
    return priced, sums


@transaction.atomic
def _begin(order_id: UUID, swaps: Sequence[Swap], by: Party, means_word: str, confirmed: bool) -> OrderChange:
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    rule = policies.permit(order, "items", by=by, confirmed=confirmed)
    priced, sums = price_of_swaps(order, placing.line_rows(order.id), swaps)
    difference = sums.difference(order.tax_included)
    chosen = means.read(means_word)
    parties.refuse_means_of(by, chosen.kind)
    if order.paid:
        means.refuse_unfit(order, chosen, difference, anywhere=rule.refund_anywhere)
    waits = changing.needs_gateway(order, chosen, difference)
    change = changing.record(
        order, rule, by=by, means=chosen, difference_minor=difference,
        detail={"swaps": [each.as_dict() for each in priced]}, waits=waits,
    )  # fmt: skip
    if waits:
        _hold_for(change.id, priced)
    else:
        changing.settle_difference(order, change, chosen)
        apply_items(order, change)
    return change


def apply_items(order: Order, change: OrderChange) -> None:
    """Write the goods and sums of a change whose money is settled. The order is locked. Raises OutOfStock."""
    lines = placing.line_rows(order.id)
    swaps = [PricedSwap.from_dict(each) for each in change.detail["swaps"]]
    after, sums = relining.relined(order, lines, swaps)
    views = catalog.variants([swap.variant_id for swap in swaps])
    inventory.release(reference=change.id)
    relining.write(lines, after, views, order.language)
    pieces = _pieces(order.id)
    places = sourcing.preferred(pieces, order.country)
    inventory.hold_again(reference=order.id, lines=pieces, until=order.hold_until, prefer=places)
    changing.conclude(
        order, change, goods_minor=order.goods_minor + sums.goods_minor,
        discount_minor=order.discount_minor + sums.discount_minor, tax_minor=order.tax_minor + sums.tax_minor,
        total_minor=order.total_minor + change.difference_minor,
        credit_minor=changing.credit_after(order, change),
        taxes=relining.with_taxes(order.taxes, sums.taxes),
    )  # fmt: skip


def _pieces(order_id: UUID) -> Mapping[UUID, int]:
    found: Counter[UUID] = Counter()
    for line in placing.line_rows(order_id):
        if line.variant_id:
            found[line.variant_id] += line.quantity - line.cancelled
    return found


def _hold_for(change_id: UUID, swaps: Sequence[PricedSwap]) -> None:
    wanted: Counter[UUID] = Counter()
    for swap in swaps:
        wanted[swap.variant_id] += swap.pieces
    inventory.hold(reference=change_id, lines=wanted, until=None)


def _checked(lines: Sequence[OrderLine], swaps: Sequence[Swap]) -> dict[UUID, VariantView]:
    by_id = {line.id: line for line in lines}
    asked: Counter[UUID] = Counter()
    for swap in swaps:
        asked[swap.line_id] += swap.pieces
    most = {line.id: line.quantity - line.cancelled for line in lines if not line.gift}
    wrong = any(pieces > most.get(line_id, 0) for line_id, pieces in asked.items())
    if not swaps or wrong or any(swap.pieces < 1 for swap in swaps):
        raise LinesProblem(_("Choose from what you ordered."))
    if any(swap.variant_id == by_id[swap.line_id].variant_id for swap in swaps):
        raise SameVariantProblem(_("Choose another variant than the one that you have ordered."))
    views = catalog.variants([swap.variant_id for swap in swaps])
    for swap in swaps:
        view = views.get(swap.variant_id)
        if view is None or view.product_id != by_id[swap.line_id].product_id:
            raise OtherProductProblem(_("Choose another variant of the same product."))
    _refuse_what_is_gone(swaps, views)
    return views


def _refuse_what_is_gone(swaps: Sequence[Swap], views: Mapping[UUID, VariantView]) -> None:
    wanted: Counter[UUID] = Counter()
    for swap in swaps:
        wanted[swap.variant_id] += swap.pieces
    there = stock.available(list(wanted))
    for variant_id, pieces in wanted.items():
        if not views[variant_id].on_sale or there.get(variant_id, 0) < pieces:
            raise NotForSaleProblem(
                _("This variant is not to be had any more. Choose another one."), variant_id=str(variant_id)
            )


def _priced(order: Order, swaps: Sequence[Swap], views: Mapping[UUID, Any]) -> list[PricedSwap]:
    basket = pricing.Basket(
        lines=tuple(pricing.BasketLine(swap.variant_id, swap.pieces) for swap in swaps), market=order.market,
        country=order.country,
    )  # fmt: skip
    quote = pricing.quote(basket=basket, buyer=pricing.Buyer(key=pricing.buyer_key(order.email)))
    told = {line.variant_id: line for line in quote.lines if not line.gift}
    if any(swap.variant_id not in told for swap in swaps):
        raise NotForSaleProblem(_("This variant is not sold in your country."))
    return [
        PricedSwap(swap.line_id, swap.variant_id, swap.pieces, told[swap.variant_id].unit_minor,
                   told[swap.variant_id].list_minor)
        for swap in swaps
    ]  # fmt: skip
