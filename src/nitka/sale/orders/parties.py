"""Who asks for something to be done to an order, and whether it is theirs to ask."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.people.customers import queries as people
from nitka.sale.orders.change_problems import MeansProblem, NotConfirmedProblem, NotYoursProblem
from nitka.sale.orders.links import read_token
from nitka.sale.orders.models import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who acts. Make one by the functions below; one without anything is a stranger."""

    customer_id: UUID | None = None
    order_id: UUID | None = None  # whoever holds the link of this order
    staff: str = ""
    is_bot: bool = False

    @property
    def acts_for_another(self) -> bool:
        """Whether the customer must have said yes to what is done for them."""
        return self.is_bot or bool(self.staff and self.customer_id)

    @property
    def actor(self) -> str:
        """What a step of the order keeps of them."""
        return self.staff or ("bot" if self.is_bot else "")


def customer(customer_id: UUID) -> Party:
    """The customer, signed in."""
    return Party(customer_id=customer_id)


def holder(token: str) -> Party:
    """Whoever holds the signed link of an order; a stranger for a token that we did not sign."""
    return Party(order_id=read_token(token))


def shop(staff: str) -> Party:
    """The shop on its own account, as in the back office."""
    return Party(staff=staff)


def agent(staff: str, customer_id: UUID) -> Party:
    """Somebody of the staff for a customer who asked for it."""
    return Party(staff=staff, customer_id=customer_id)


def bot(customer_id: UUID) -> Party:
    """A program that speaks with this customer."""
    return Party(customer_id=customer_id, is_bot=True)


def refuse_strangers(order: Order, by: Party) -> None:
    """Raises NotYoursProblem where the order is not theirs; it says no more than that, not even whether it exists."""
    if by.staff and by.customer_id is None:
        return
    if by.order_id == order.id or (by.customer_id and is_theirs(order, by.customer_id)):
        return
    raise NotYoursProblem(_("This is not an order of yours."))


def is_theirs(order: Order, customer_id: UUID) -> bool:
    """Whether the order belongs to that customer under any id that is proved to be theirs."""
    if order.customer_id is None:
        return False
    return order.customer_id == customer_id or order.customer_id in people.proved_ids_of(customer_id)


def refuse_without_consent(by: Party, confirmed: bool) -> None:
    """Raises NotConfirmedProblem where a bot or an agent acts for a customer who has not said yes."""
    if by.acts_for_another and not confirmed:
        raise NotConfirmedProblem(_("List what will be done, and ask the customer to confirm it first."))


def refuse_means_of(by: Party, kind: str) -> None:
    """A link in a mail may be forwarded: gift cards and saved means are for who is signed in, or speaks for them."""
    if kind in ("credit", "saved") and by.customer_id is None and not by.staff:
        raise MeansProblem(_("Sign in to use your gift cards, your credit and your saved means of payment."))
