"""Who buys, and what promotions make of a cart: gifts that are in stock, delivery at its lowered price."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from nitka.ground.locale import pick
from nitka.people.customers import queries as customers
from nitka.sale.checkout import acting, goods
from nitka.sale.checkout.models import Cart
from nitka.sale.checkout.views import GiftView
from nitka.sale.orders import queries as orders
from nitka.sale.shipping.queries import OptionView
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.queries import Basket, Buyer, Quote


def buyer_of(cart: Cart) -> Buyer:
    """Who buys, as far as promotions ask today: what none of them asks for costs no question."""
    asked = pricing.asked_of_buyers()
    known = cart.customer_id if asked else None
    labels = customers.labels_of(known) if known and not asked.isdisjoint(("labels", "groups")) else ()
    return Buyer(
        key=pricing.buyer_key(cart.email), customer_id=cart.customer_id, country=cart.country, market=cart.market,
        labels=labels, groups=labels,  # a group is whoever has its label
        orders_count=orders.orders_count(cart.email) if "orders_count" in asked else 0,
        company_id=_company(cart) if known and "company" in asked else None, vat_number=cart.vat_number,
    )  # fmt: skip


def _company(cart: Cart) -> UUID | None:
    member = acting.member_for(cart, cart.customer_id)
    return member.company_id if member else None


def quote(cart: Cart, basket: Basket) -> Quote:
    """The quote of the cart's buyer. A gift that is sold out is left out, which is asked only where there is a gift;
    and a code that an unpaid order of this very cart holds is the shopper's own."""
    buyer = buyer_of(cart)
    asked = pricing.quote(basket=basket, buyer=buyer)
    if any(not each.applied for each in asked.coupons) and (living := orders.living_order_of_cart(cart.id)):
        buyer = replace(buyer, undecided=(living,))
        asked = pricing.quote(basket=basket, buyer=buyer)
    gone = _sold_out(asked)
    return pricing.quote(basket=replace(basket, no_gifts=gone), buyer=buyer) if gone else asked


def _sold_out(asked: Quote) -> tuple[UUID, ...]:
    wanted: dict[UUID, int] = {}
    for line in asked.lines:
        wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
    gifts = [line.variant_id for line in asked.lines if line.gift]
    stock = inventory.available(gifts) if gifts else {}
    return tuple(each for each in dict.fromkeys(gifts) if stock.get(each, 0) < wanted[each])


def lowered(options: Iterable[OptionView], asked: Quote) -> tuple[OptionView, ...]:
    """The options at the prices that promotions make of them."""
    if not asked.delivery_off:
        return tuple(options)
    return tuple(
        each
        if (price := pricing.delivery_price(asked, each.code, each.list_minor)) == each.price_minor
        else replace(each, price_minor=price, before_minor=each.list_minor)
        for each in options
    )


def gifts(asked: Quote, language: str) -> tuple[GiftView, ...]:
    """What is given beside the goods."""
    lines = [line for line in asked.lines if line.gift]
    views = goods.variants(line.variant_id for line in lines) if lines else {}
    return tuple(
        GiftView(
            variant_id=line.variant_id, title=pick(views[line.variant_id].title, language),
            option_text=pick(views[line.variant_id].option_text, language), picture=views[line.variant_id].image,
            quantity=line.quantity, label=line.promotions[0].label, list_minor=line.unit_minor * line.quantity,
        )
        for line in lines
        if line.variant_id in views
    )  # fmt: skip
