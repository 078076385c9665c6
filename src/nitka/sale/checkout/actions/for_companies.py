"""What companies do with a cart: buy for one, ask for approval or for a price, take the prices of a quote."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.locale import pick
from nitka.sale.checkout import acting, goods, sums
from nitka.sale.checkout.actions.lines import new_cart
from nitka.sale.checkout.freezing import freeze
from nitka.sale.checkout.lookup import locked, touch
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.problems import CartProblem, EmptyCartProblem
from nitka.sale.checkout.views import CartRef
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries as company_queries
from nitka.sale.companies.queries import Member, QuoteView
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.queries import Basket, BasketLine, Buyer

LONGEST_NUMBER = 40


@transaction.atomic
def buy_for(*, token: str, customer_id: UUID, company_id: UUID | None, po_number: str = "") -> None:
    """Buy for a company that they act for, with its own number of the purchase; None: for themselves.

    Raises NotYoursProblem.
    """
    cart = locked(token)
    if company_id is not None and all(each.company_id != company_id for each in acting.members(cart, customer_id)):
        raise companies.NotYoursProblem(_("You do not buy for this company."))
    wanted: dict[str, Any] = {
        "company_id": company_id, "privately": company_id is None,
        "po_number": " ".join(po_number.split())[:LONGEST_NUMBER] if company_id else "",
    }  # fmt: skip
    changed = {name: value for name, value in wanted.items() if getattr(cart, name) != value}
    if changed:
        touch(cart, **changed)


@transaction.atomic
def ask_for_approval(*, token: str, customer_id: UUID, words: str = "") -> UUID:
    """Ask the company's approvers for this cart, which must be ready to be ordered. Returns the approval's id.

    Raises what freezing refuses, ApprovalProblem, NotYoursProblem.
    """
    cart = locked(token)
    active, _removed = sums.rows_of(cart.id)
    member = _member(cart, customer_id)
    draft = freeze(cart, active, customer_id=customer_id, signed_in=customer_id)
    copied = {line.variant_id: line for line in draft.lines}
    lines = [
        {"sku": copied[line.variant_id].sku, "title": copied[line.variant_id].title,
         "option_text": copied[line.variant_id].option_text, "pieces": line.quantity, "total_minor": line.total_minor}
        for line in draft.quote.lines
    ]  # fmt: skip
    return companies.ask_for_approval(
        member=member, cart_id=cart.id, goods_print=acting.goods_print(cart, active), lines=lines,
        total_minor=draft.quote.total_minor, currency=draft.quote.currency, words=words,
    )  # fmt: skip


@transaction.atomic
def ask_for_quote(*, token: str, customer_id: UUID, wishes: Mapping[UUID, int] | None = None, words: str = "") -> str:
    """Ask the shop for a price of what is in the cart, which stays as it is. `wishes`: prices for a piece, by variant.

    Returns the quote's code. Raises EmptyCartProblem, NotYoursProblem, QuoteProblem.
    """
    cart = locked(token)
    active, _removed = sums.rows_of(cart.id)
    if not active:
        raise EmptyCartProblem(_("Your cart is empty."))
    member = _member(cart, customer_id)
    views = goods.variants(line.variant_id for line in active)
    prices = _list_prices(cart, active, member)
    lines = [
        companies.AskedLine(
            variant_id=line.variant_id, sku=views[line.variant_id].sku,
            title=pick(views[line.variant_id].title, cart.language),
            option_text=pick(views[line.variant_id].option_text, cart.language), pieces=line.quantity,
            list_minor=prices[line.variant_id], asked_minor=(wishes or {}).get(line.variant_id),
        )
        for line in active
        if line.variant_id in views and line.variant_id in prices
    ]  # fmt: skip
    return companies.ask_for_quote(
        member=member, market=cart.market, language=cart.language, lines=lines, words=words,
        currency=pricing.market(cart.market).currency,
    )  # fmt: skip


def _list_prices(cart: Cart, lines: list[CartLine], member: Member) -> dict[UUID, int]:
    """What a piece costs this company, in the market's own way of tax, in which quotes are written too."""
    basket = Basket(lines=tuple(BasketLine(line.variant_id, line.quantity) for line in lines), market=cart.market)
    asked = pricing.quote(basket=basket, buyer=Buyer(customer_id=cart.customer_id, company_id=member.company_id))
    return {line.variant_id: line.unit_minor for line in asked.lines if not line.gift}


@transaction.atomic
def accept_quote(*, token: str | None, customer_id: UUID, quote: QuoteView) -> CartRef:
    """Put the goods of a quote into the cart at its prices; other goods in the cart stay. Returns the cart.

    Raises NotYoursProblem, QuoteProblem, CartProblem where the cart is of another market's and not empty.
    """
    member = company_queries.member_of(quote.company_id, customer_id)
    if member is None:
        raise companies.NotYoursProblem(_("This quote is another company's."))
    cart = _cart_for(token, quote, customer_id)
    companies.accept_quote(quote_id=quote.id, member=member, cart_id=cart.id)
    now = clock.now()
    for line in quote.lines:
        CartLine.objects.update_or_create(
            cart_id=cart.id, variant_id=line.variant_id,
            defaults={"quantity": line.pieces, "removed_at": None, "added_at": now, "seen_minor": None},
        )  # fmt: skip
    touch(cart, quote_id=quote.id, company_id=quote.company_id, privately=False, customer_id=customer_id)
    return CartRef(cart.id, cart.token)


def _cart_for(token: str | None, quote: QuoteView, customer_id: UUID) -> Cart:
    rows = Cart.objects.select_for_update().filter(ordered_at=None)
    cart = rows.filter(token=token).first() if token else None
    if cart is not None and cart.customer_id in (None, customer_id):
        if cart.market == quote.market:
            return cart
        if CartLine.objects.filter(cart_id=cart.id, removed_at=None).exists():
            raise CartProblem(_("Your cart is of another country's prices. Order or empty it first."))
        touch(cart, market=quote.market, country=pricing.market(quote.market).default_country)
        return cart
    cart_id, fresh = new_cart(None, quote.market, quote.language, customer_id, "web")
    return rows.get(id=cart_id, token=fresh)


def _member(cart: Cart, customer_id: UUID) -> Member:
    member = acting.member_for(cart, customer_id)
    if member is None:
        raise companies.NotYoursProblem(_("Choose the company that you buy for."))
    return member
