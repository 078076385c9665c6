"""Questions about carts and the way to an order."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from nitka.people.customers.queries import PostalAddress
from nitka.sale.checkout import acting, borders, goods, loads, sums
from nitka.sale.checkout.crediting import sum_of
from nitka.sale.checkout.freezing import cheapest_delivery, with_credit
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.views import (
    MOST_PIECES,
    Badge,
    CartContents,
    CartLineView,
    CartRef,
    CartView,
    CheckoutView,
    RemovedLineView,
)
from nitka.sale.payments import queries as payments
from nitka.sale.payments.queries import CreditPart
from nitka.sale.shipping.queries import OptionView
from nitka.shelf.pricing import queries as pricing

__all__ = [
    "MOST_PIECES", "Badge", "CartContents", "CartLineView", "CartRef", "CartView", "CheckoutView", "RemovedLineView",
    "cart", "cart_badge", "cart_rows", "checkout", "forget", "last_order_of", "token_of_customer",
]  # fmt: skip


def cart_badge(token: str | None, market: str = "") -> Badge:
    """How many pieces, and their sum as last seen. One query; none without a token."""
    rows: Iterable[tuple[str, int, int | None]] = ()
    if token:
        lines = CartLine.objects.filter(cart__token=token, cart__ordered_at=None, removed_at=None)
        rows = lines.values_list("cart__market").annotate(
            pieces=Sum("quantity"), total=Sum(F("quantity") * F("seen_minor"), filter=~Q(seen_minor=None))
        )
    for code, pieces, total in rows:
        return Badge(pieces, total or 0, pricing.market(code).currency)
    return Badge(0, 0, pricing.market(market).currency if market else "")


def cart(token: str | None, language: str, market: str = "") -> CartView:
    """The cart of that token with today's prices, in at most five queries; an empty one where there is none."""
    found = sums.open_with_rows(token) if token else None
    if found is None:
        return sums.empty_view(token or "", market)
    return sums.view_of_rows(*found, language)


def contents(token: str | None) -> CartContents | None:
    """What lies in the open cart, without a price of it; None where there is no cart. One query."""
    found = sums.open_with_rows(token) if token else None
    if found is None:
        return None
    row, active, _removed = found
    country = row.country or pricing.market(row.market).default_country
    return CartContents(row.id, row.market, country, tuple((line.variant_id, line.quantity) for line in active))


def checkout(token: str, language: str, customer_id: UUID | None = None) -> CheckoutView | None:
    """All that the page of checkout shows, with the delivery and payment that were chosen; None without a cart.

    Until the shopper chooses, the cheapest delivery is taken; payment is theirs to choose. `customer_id` is who is
    signed in: their store credit is shown, and counted where they want it.
    """
    if (found := sums.open_with_rows(token)) is None:
        return None
    row, active, removed = found
    view = sums.view_of_rows(row, active, removed, language)
    options = view.delivery_options
    delivery = next((each for each in options if each.code == row.delivery_code), cheapest_delivery(options))
    delivery = loads.with_point(row, delivery) if delivery else None
    member = acting.member_for(row, customer_id)
    account = acting.account_for(row, member)
    where = {"market": row.market, "country": view.country}
    methods = payments.methods(**where, total_minor=view.total_minor, account=account)
    method = next((each for each in methods if each.code == row.payment_method), None)
    fee, quote = method.fee_minor if method else 0, None
    credit: tuple[CreditPart, ...] = ()
    if view.quote:
        quote, fee, credit = with_credit(row, view.quote, delivery, fee, customer_id, offers=True)
    total = quote.total_minor if quote else 0
    delivery_minor = quote.delivery_minor - fee if quote and delivery else 0
    due = total - sum_of(credit)
    if credit and due:
        methods = payments.methods(**where, total_minor=due, account=account)
    return CheckoutView(
        cart=view, email=row.email, phone=row.phone, name=row.name,
        shipping_address=PostalAddress.from_dict(row.shipping_address),
        billing_address=PostalAddress.from_dict(row.billing_address) if row.billing_address else None,
        note=row.note, told_us=row.told_us, countries=pricing.market(row.market).countries, options=options,
        delivery=delivery, methods=methods, method=method, payment_choice=row.payment_choice, quote=quote,
        delivery_minor=delivery_minor, payment_fee_minor=fee, tax_minor=quote.tax_minor if quote else 0,
        total_minor=total, due_minor=due, credit=credit, use_credit=row.use_credit, vat_number=row.vat_number,
        missing=_missing(row, view, delivery, method is not None or due == 0),
        duties=borders.duties(quote, delivery.price_minor if delivery else 0), member=member,
        members=acting.members(row, customer_id), account=account, po_number=row.po_number, quote_id=row.quote_id,
        **acting.spending(row, active, member, total, view.currency),
    )  # fmt: skip


def token_of_customer(customer_id: UUID) -> str | None:
    """The token of the customer's open cart, so that every device shows the same one."""
    rows = Cart.objects.filter(customer_id=customer_id, ordered_at=None).order_by("-changed_at")
    return rows.values_list("token", flat=True).first()


def last_order_of(token: str) -> UUID | None:
    """The order that the last cart of this token became."""
    rows = Cart.objects.filter(token=token).exclude(order_id=None).order_by("-ordered_at")
    return rows.values_list("order_id", flat=True).first()


def cart_rows() -> QuerySet[Cart]:
    """Open carts for tables of the back office, the one changed last on top."""
    return Cart.objects.filter(ordered_at=None).order_by("-changed_at")


def forget() -> None:
    """Ask anew for everything that was remembered. For tests."""
    goods.forget()


def _missing(row: Cart, view: CartView, delivery: OptionView | None, is_payable: bool) -> tuple[str, ...]:
    there = {
        "cart": view.can_order, "email": bool(row.email), "address": bool(row.shipping_address.get("line1")),
        "delivery": delivery is not None, "payment": is_payable,
        "pickup": delivery is None or delivery.kind != "pickup" or delivery.point is not None,
    }  # fmt: skip
    return tuple(name for name, is_there in there.items() if not is_there)
