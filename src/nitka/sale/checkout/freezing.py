"""From a cart to a draft that an order is made of: nothing in it changes afterwards."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.locale import pick
from nitka.people.customers.queries import PostalAddress
from nitka.sale.checkout import acting, borders, buying, crediting, goods, loads, sums
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.problems import EmptyCartProblem, MissingProblem, NotSoldProblem
from nitka.sale.orders.queries import DraftLine, OrderDraft
from nitka.sale.payments import queries as payments
from nitka.sale.payments.queries import AccountTerms, CreditPart, Seen
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import OptionView
from nitka.shelf.catalog.queries import MediaView, VariantView
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.queries import Quote


def cheapest_delivery(options: Sequence[OptionView]) -> OptionView | None:
    """What is taken until the shopper chooses: to the door, for a pick-up asks for a choice of its own."""
    to_the_door = [each for each in options if each.kind == "home"]
    return min(to_the_door or options, key=lambda each: each.price_minor, default=None)


def full_quote(goods_quote: Quote, delivery: OptionView | None, fee_minor: int) -> tuple[Quote, int]:
    """The quote with delivery and the fee of payment, which are taxed as one; and that fee: none for what is free."""
    if goods_quote.total_minor == 0 and not (delivery and delivery.price_minor):
        fee_minor = 0
    if delivery is None and not fee_minor:
        return goods_quote, 0
    price, code = (delivery.list_minor, delivery.code) if delivery else (0, "")
    # What the shop lays out at the border bears the tax of the delivery it is a part of, and no promotion lowers it.
    border = borders.duties(goods_quote, delivery.price_minor) if delivery else None
    with_both = pricing.with_delivery(goods_quote, price, code, fee_minor, border.charged_minor if border else 0)
    # Where no tax is owed, the fee is asked without it too.
    fee = pricing.with_delivery(goods_quote, 0, fee_minor=fee_minor).delivery_minor if fee_minor else 0
    return with_both, fee


def with_credit(
    cart: Cart, goods_quote: Quote, delivery: OptionView | None, fee_minor: int, signed_in: UUID | None,
    *, offers: bool = False,
) -> tuple[Quote, int, tuple[CreditPart, ...]]:  # fmt: skip
    """The full quote, the fee in it, and what gift cards and store credit pay of it: there is no fee where they pay
    all of it, for then nothing else is paid with."""
    quote, fee = full_quote(goods_quote, delivery, fee_minor)
    parts = crediting.parts_of(cart, quote, signed_in, offers=offers)
    if parts and fee:
        plain, _none = full_quote(goods_quote, delivery, 0)
        short = crediting.parts_of(cart, plain, signed_in, offers=offers)
        if crediting.covers(short, plain):
            return plain, 0, short
    return quote, fee, parts


def freeze(
    cart: Cart, lines: Sequence[CartLine], *, customer_id: UUID | None, signed_in: UUID | None = None,
    seen: Seen | None = None,
) -> OrderDraft:  # fmt: skip
    """Everything that is agreed when the button is pressed, at the prices and promises of this moment.

    Raises EmptyCartProblem, NotSoldProblem and MissingProblem. Stock is not asked here: holding it is the question.
    """
    if not lines:
        raise EmptyCartProblem(_("Your cart is empty."))
    goods_quote = sums.quote_of(cart, lines)
    views = goods.variants((*(line.variant_id for line in lines), *(line.variant_id for line in goods_quote.lines)))
    _refuse_what_is_missing(cart, lines, views, goods_quote)
    borders.refuse_forbidden(views, [line.variant_id for line in goods_quote.lines], goods_quote.country)
    if goods_quote.unpriced:
        raise _not_sold(views, goods_quote.unpriced[0])
    delivery = _delivery(cart, goods_quote, views)
    fee = payments.fee(cart.payment_method, cart.market) if cart.payment_method else 0
    quote, fee, parts = with_credit(cart, goods_quote, delivery, fee, signed_in)
    credit = tuple(part for part in parts if part.minor)
    due = quote.total_minor - crediting.sum_of(credit)
    member = acting.member_for(cart, signed_in)
    account = acting.account_for(cart, member)
    _refuse_payment(cart, quote, due, account)
    shipping_address = PostalAddress.from_dict(cart.shipping_address)
    return OrderDraft(
        cart_id=cart.id, cart_version=cart.version, customer_id=customer_id, email=cart.email, language=cart.language,
        market=cart.market, country=quote.country, shipping_address=shipping_address,
        billing_address=PostalAddress.from_dict(cart.billing_address) if cart.billing_address else shipping_address,
        quote=quote, lines=tuple(_copied(views[line.variant_id], cart.language) for line in quote.lines),
        delivery=delivery, payment_method=_method(cart, due, credit), payment_fee_minor=fee, credit=credit, seen=seen,
        company_id=member.company_id if member else None, po_number=acting.po_number(cart, member),
        net_days=account.net_days if account and due and cart.payment_method == "on_account" else None,
        payment_choice=cart.payment_choice, note=cart.note, told_us=cart.told_us,
        coupon_codes=tuple(each.code for each in quote.coupons if each.applied),
        duties=borders.duties(goods_quote, delivery.price_minor),
    )  # fmt: skip


def _refuse_what_is_missing(
    cart: Cart, lines: Sequence[CartLine], views: Mapping[UUID, VariantView], goods_quote: Quote
) -> None:
    for line in lines:
        if line.variant_id not in views or not views[line.variant_id].on_sale:
            raise _not_sold(views, line.variant_id)
    there = {
        "email": bool(cart.email), "address": bool(cart.shipping_address.get("line1")),
        "payment": bool(cart.payment_method or cart.gift_cards or cart.use_credit) or goods_quote.total_minor == 0,
    }  # fmt: skip
    missing = [name for name, is_there in there.items() if not is_there]
    if missing:
        raise MissingProblem(_("Something is missing before you can order: see the marked fields."), missing=missing)


def _not_sold(views: Mapping[UUID, VariantView], variant_id: UUID) -> NotSoldProblem:
    title = pick(views[variant_id].title, "en") if variant_id in views else ""
    return NotSoldProblem(
        _("Something in your cart is not sold here any more. Remove it to go on."),
        variant_id=str(variant_id), title=title,
    )  # fmt: skip


def _delivery(cart: Cart, quote: Quote, views: Mapping[UUID, VariantView]) -> OptionView:
    """What was chosen, at its price for these goods, with the point where it is fetched. Asks no carrier."""
    country = cart.country or pricing.market(cart.market).default_country
    parts = [(views[line.variant_id], line.quantity) for line in quote.lines]
    with translation.override(cart.language):  # whoever places the order: its name is kept, and its mails are in that
        found = shipping.options(
            country=country, postcode=str(cart.shipping_address.get("postcode", "")), market=cart.market,
            at=clock.now(), load=loads.load_of(cart, quote, parts),
        )  # fmt: skip
    delivery = loads.with_point(cart, _chosen(cart, buying.lowered(found, quote)))
    if delivery.kind == "pickup" and delivery.point is None:
        raise MissingProblem(_("Choose where you want to fetch the parcel."), missing=["pickup"])
    return delivery


def _chosen(cart: Cart, options: Sequence[OptionView]) -> OptionView:
    if cart.delivery_code:
        delivery = next((each for each in options if each.code == cart.delivery_code), None)
    else:
        delivery = cheapest_delivery(options)
    if delivery is None:
        text = _("This delivery is not to be had any more. Choose another one.")
        raise MissingProblem(text if options else _("We cannot deliver there."), missing=["delivery"])
    return delivery


def _method(cart: Cart, due_minor: int, credit: Sequence[CreditPart]) -> str:
    if due_minor:
        return cart.payment_method
    return credit[0].kind if credit else ""


def _refuse_payment(cart: Cart, quote: Quote, due_minor: int, account: AccountTerms | None) -> None:
    if due_minor and not payments.is_offered(
        cart.payment_method, market=cart.market, country=quote.country, total_minor=due_minor, account=account
    ):
        text = _("You cannot pay this order that way. Choose another one.")
        raise MissingProblem(text if cart.payment_method else _("Choose how you want to pay."), missing=["payment"])


def _copied(variant: VariantView, language: str) -> DraftLine:
    return DraftLine(
        variant_id=variant.id, product_id=variant.product_id, sku=variant.sku,
        title=pick(variant.title, language)[:300],
        option_text=pick(variant.option_text, language)[:300], picture=_picture(variant.image),
        weight_g=variant.weight_g or 0,
    )  # fmt: skip


def _picture(image: MediaView | None) -> str:
    return str(getattr(image, "src", "") or "")[:400] if image else ""
