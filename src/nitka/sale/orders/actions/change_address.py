"""Another address of delivery, before it is packed."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.people.customers import actions as customers
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import changing, means, parties, placing, policies, promising, relining, steps
from nitka.sale.orders.change_problems import DeliveryProblem, MeansProblem
from nitka.sale.orders.changing import Changed
from nitka.sale.orders.models import Order
from nitka.sale.orders.parties import Party
from nitka.sale.orders.problems import UnknownOrderProblem
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import OptionView
from nitka.shelf.pricing import queries as pricing


@transaction.atomic
def change_address(
    *, order_id: UUID, address: PostalAddress, by: Party, means_word: str = "", confirmed: bool = False,
    insisted: bool = False,
) -> Changed:  # fmt: skip
    """Send the parcel elsewhere in the same country; price and promise of delivery are counted anew for the new place.

    What delivery there costs less goes back to how the order was paid (or to `means_word`); where it costs more, a gift
    card or store credit pays it. `insisted`: the writer says that postcode and region are right as they stand.
    Raises AddressProblem, and an OrderProblem: not_yours, too_late_to_change, changed_already, no_delivery_there,
    unknown_means, balance_too_low, not_confirmed.
    """
    order = steps.lock(order_id)
    if order is None:
        raise UnknownOrderProblem(_("There is no such order."))
    rule = policies.permit(order, "address", by=by, confirmed=confirmed)
    named = replace(address, name=address.name or order.name, phone=address.phone or order.phone)
    clean = customers.check_address(address=named, insisted=insisted)
    if clean.country != order.country:
        raise DeliveryProblem(
            _("Prices and taxes hold for the country that you chose. Cancel this order and order anew for another one.")
        )
    option, difference = delivery_there(order, clean)
    chosen = means.read(means_word)
    parties.refuse_means_of(by, chosen.kind)
    if order.paid and difference:
        means.refuse_unfit(order, chosen, difference, anywhere=rule.refund_anywhere)
        if changing.needs_gateway(order, chosen, difference):
            raise MeansProblem(_("Pay the difference from a gift card or your credit."))
    change = changing.record(
        order, rule, by=by, means=chosen, difference_minor=difference, detail={"before": order.shipping_address}
    )
    changing.settle_difference(order, change, chosen)
    moved = {"credit_minor": changing.credit_after(order, change), **_moved(order, option, difference)}
    changing.conclude(order, change, shipping_address=clean.as_dict(), **moved)
    return Changed(change.id, change.state, difference)


def delivery_there(order: Order, address: PostalAddress) -> tuple[OptionView | None, int]:
    """The order's delivery to that address, and what the total moves by (minor units). Raises DeliveryProblem.

    Not the price of today counts but by how much the new place costs more or less today than the old one: what a
    promotion took off, or a price that changed since, stays. None where the delivery is of another system.
    """
    old = PostalAddress.from_dict(order.shipping_address)
    if (old.postcode, old.country, old.region) == (address.postcode, address.country, address.region):
        return None, 0
    before, after = (_option(order, each) for each in (old, address))
    if after is None and before is not None:
        raise DeliveryProblem(_("Your way of delivery does not reach this address. Write to us, and we find another."))
    if after is None or before is None:
        return after, 0
    return after, max(after.price_minor - before.price_minor, -order.delivery_minor)


def _option(order: Order, address: PostalAddress) -> OptionView | None:
    lines = placing.line_rows(order.id)
    return shipping.option(
        order.delivery_code, country=address.country, postcode=address.postcode, market=order.market,
        goods_minor=order.goods_minor - order.discount_minor,
        weight_g=sum(line.weight_g * line.quantity for line in lines), at=clock.now(),
    )  # fmt: skip


def _moved(order: Order, option: OptionView | None, difference: int) -> dict[str, Any]:
    """What of the order's row follows."""
    changes: dict[str, Any] = {}
    if option is not None:
        kept = promising.kept(option)
        changes["promise"] = {**kept, "name": order.promise.get("name", option.name), "first": order.promise}
    if difference:
        tax = _more_tax(order, difference)
        changes |= {
            "delivery_minor": order.delivery_minor + difference, "tax_minor": order.tax_minor + tax[2],
            "delivery_tax_minor": order.delivery_tax_minor + tax[2],
            "total_minor": order.total_minor + difference + (0 if order.tax_included else tax[2]),
            "taxes": relining.with_taxes(order.taxes, [tax]),
        }  # fmt: skip
    return changes


def _more_tax(order: Order, difference: int) -> tuple[Decimal, int, int]:
    """Rate, base and tax of what delivery costs more; an order without any tax (export) has none here."""
    untaxed = order.goods_minor > 0 and order.tax_minor == 0
    rate = Decimal(0) if untaxed else pricing.tax_rate(order.country, "delivery", clock.now().date())
    tax = pricing.line_tax(difference, 1, rate, tax_included=order.tax_included, rounding="line")
    return rate, difference - (tax if order.tax_included else 0), tax
