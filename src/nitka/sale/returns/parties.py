"""Who asks. Every verb is told, and checks it: the page, an agent, a bot and the API cannot differ."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.people.accounts import queries as accounts
from nitka.people.customers import queries as people
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.returns.problems import MeansProblem, NotConfirmedProblem, NotYoursProblem

Who = Literal["customer", "holder", "staff", "house"]


@dataclass(frozen=True, slots=True)
class Party:
    """A customer who is signed in, whoever holds the order's link, somebody of the staff, or the house itself.

    `by_proxy`: a bot or an agent of the customer's acts with their right, and must have asked them.
    """

    who: Who
    id: UUID | None = None
    token: str = ""
    by_proxy: bool = False

    @property
    def actor(self) -> str:
        """As steps keep it."""
        return str(self.id) if self.who == "staff" else ""

    @property
    def speaks_for_another(self) -> bool:
        """Whether the words are not the customer's own."""
        return self.by_proxy or self.who == "staff"


HOUSE = Party("house")


def customer(customer_id: UUID, *, by_proxy: bool = False) -> Party:
    """A customer who is signed in."""
    return Party("customer", customer_id, by_proxy=by_proxy)


def holder(token: str, *, by_proxy: bool = False) -> Party:
    """Whoever has the mail, has the order."""
    return Party("holder", token=token, by_proxy=by_proxy)


def staff(user_id: UUID) -> Party:
    """Somebody who works here."""
    return Party("staff", user_id)


def refuse_strangers(by: Party, order: OrderView, *permissions: str) -> None:
    """Raises NotYoursProblem for who may not act on that order. `permissions`: any of these, for the staff."""
    if not _may(by, order, permissions or ("orders.cancel", "orders.ship")):
        raise NotYoursProblem(_("This order is not yours. Open it by the link in our mail, or sign in."))


def refuse_all_but_staff(by: Party, *permissions: str) -> None:
    """Raises NotYoursProblem for who does not work here, or may not do this."""
    if by.who != "house" and not (by.who == "staff" and _works_here(by.id, permissions)):
        raise NotYoursProblem(_("This is the work of somebody else in the shop."))


def refuse_means_of(by: Party, mean: str) -> None:
    """A link in a mail may be forwarded: gift cards and saved means are for who is signed in, or speaks for them."""
    if by.who == "holder" and mean.startswith(("credit:", "saved:")):
        raise MeansProblem(_("Sign in to use your gift cards, your credit and your saved means of payment."))


def refuse_unconfirmed(by: Party, confirmed: bool, **shown: object) -> None:
    """Who speaks for a customer must have shown them what will happen, and heard a yes."""
    if by.speaks_for_another and not confirmed:
        raise NotConfirmedProblem(_("Tell the customer what will happen, and ask whether they want it."), **shown)


def _may(by: Party, order: OrderView, permissions: tuple[str, ...]) -> bool:
    if by.who == "house":
        return True
    if by.who == "staff":
        return _works_here(by.id, permissions)
    if by.who == "holder":
        found = orders.order_by_token(by.token)
        return found is not None and found.id == order.id
    return by.id is not None and order.customer_id in {by.id, *people.proved_ids_of(by.id)}


def _works_here(user_id: UUID | None, permissions: tuple[str, ...]) -> bool:
    known = accounts.user(user_id) if user_id else None
    return known is not None and any(accounts.can(known, each) for each in permissions)
