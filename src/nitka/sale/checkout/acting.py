"""For which company somebody buys, and what it lets them do. Asks nothing in a shop that knows no company."""

import hashlib
from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.problems import MissingProblem
from nitka.sale.companies import queries as companies
from nitka.sale.companies.queries import ApprovalView, Member
from nitka.sale.payments.queries import AccountTerms
from nitka.shelf.pricing import queries as pricing


class Spending(TypedDict):
    """Whether an approval is missing, and the last one that was asked for."""

    needs_approval: bool
    approval: ApprovalView | None


def members(cart: Cart, signed_in: UUID | None) -> tuple[Member, ...]:
    """The companies that who is signed in may buy for; asked once for the cart that is in hand."""
    known: dict[UUID | None, tuple[Member, ...]] = cart.__dict__.setdefault("_members", {})
    if signed_in not in known:
        known[signed_in] = tuple(each for each in companies.memberships(signed_in) if each.may_buy)
    return known[signed_in]


def member_for(cart: Cart, signed_in: UUID | None) -> Member | None:
    """As what they buy: for the company that they chose, for their only or first one until they choose, or for
    themselves. A company that they buy for no more is none."""
    if signed_in is None or cart.privately:
        return None
    found = members(cart, signed_in)
    if cart.company_id is None:
        return found[0] if found else None
    return next((each for each in found if each.company_id == cart.company_id), None)


def account_for(cart: Cart, member: Member | None) -> AccountTerms | None:
    """What the company may still owe, in a market of its currency. Two questions, none without terms."""
    if member is None or member.terms is None or member.currency != pricing.market(cart.market).currency:
        return None
    return companies.account(member.company_id, member.terms)


def po_number(cart: Cart, member: Member | None) -> str:
    """The company's own number of the purchase. Raises MissingProblem where the company wants one."""
    if member is None:
        return ""
    if member.terms and member.terms.po_required and not cart.po_number:
        raise MissingProblem(_("Your company wants its own order number on every order."), missing=["po_number"])
    return cart.po_number


def goods_print(cart: Cart, lines: Sequence[CartLine]) -> str:
    """What an approval is for: these goods for this company's cart, and no others."""
    plain = "|".join(sorted(f"{line.variant_id}:{line.quantity}" for line in lines))
    return hashlib.sha256(f"{cart.id}|{plain}".encode()).hexdigest()


def spending(
    cart: Cart, lines: Sequence[CartLine], member: Member | None, total_minor: int, currency: str
) -> Spending:  # fmt: skip
    """Whether they must ask first, and what was answered about these goods. One question, and only where they must."""
    if member is None or not companies.needs_approval(member, total_minor, currency):
        return {"needs_approval": False, "approval": None}
    last = companies.approval_of_cart(cart.id)
    if last is None or last.goods_print != goods_print(cart, lines) or last.company_id != member.company_id:
        return {"needs_approval": True, "approval": None}
    fits = last.total_minor >= total_minor and last.currency == currency
    return {"needs_approval": not (fits and last.state in ("approved", "used")), "approval": last if fits else None}
