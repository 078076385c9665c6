"""What all changes of an order share: their record, their money, their step and their fact. The order is locked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.sale.orders import means as means_of
from nitka.sale.orders import steps
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.change_problems import MeansProblem
from nitka.sale.orders.facts import OrderChanged
from nitka.sale.orders.means import Means
from nitka.sale.orders.models import Order
from nitka.sale.orders.parties import Party
from nitka.sale.orders.policies import PolicyView
from nitka.sale.orders.steps import Kind
from nitka.sale.payments import actions as payments
from nitka.sale.payments.queries import Next

State = OrderChange.State


@dataclass(frozen=True, slots=True)
class Changed:
    """The answer to who changed an order. `next`: where the payer must go, for an open change."""

    change_id: UUID
    state: str
    difference_minor: int
    next: Next | None = None


def record(
    order: Order, rule: PolicyView, *, by: Party, means: Means | None = None, difference_minor: int = 0,
    detail: dict[str, Any] | None = None, waits: bool = False,
) -> OrderChange:  # fmt: skip
    """Write the change down. Raises IntegrityError where the policy is broken: the constraints stand behind it."""
    before = OrderChange.objects.filter(order_id=order.id, kind=rule.kind).exclude(state=State.FAILED).count()
    return OrderChange.objects.create(
        id=new_id(), order_id=order.id, kind=rule.kind, state=State.OPEN if waits else State.DONE, number=before + 1,
        times=rule.times, difference_minor=difference_minor, means=str(means or ""), actor=by.actor,
        detail=detail or {},
    )  # fmt: skip


def conclude(order: Order, change: OrderChange, **changes: Any) -> None:
    """The order is as it was wished: its row, its step, its fact."""
    if change.state != State.DONE:
        change.state = State.DONE
        change.save(update_fields=["state"])
    shown = {"what": change.kind, "change_id": str(change.id), "difference_minor": change.difference_minor}
    steps.add_steps(order, Kind.CHANGED, actor=change.actor, detail=shown, **changes)
    tell(
        OrderChanged(
            order_id=order.id, code=order.code, customer_id=order.customer_id, change_id=change.id, what=change.kind,
            currency=order.currency, difference_minor=change.difference_minor,
        )
    )  # fmt: skip


def settle_difference(order: Order, change: OrderChange, means: Means) -> None:
    """The money of a change that needs no gateway to answer: from credit, back to where it came from, or, while the
    order is not paid, as another amount to pay. What a saved means pays is charged before (`settle_change`)."""
    minor = change.difference_minor
    if minor == 0:
        return
    if not order.paid:
        if minor > 0 and order.payment_method == "on_account":
            raise MeansProblem(_("This would cost more than your company agreed to. Place another order for it."))
        _ask_for_another_amount(order, minor)
    elif minor > 0 and means.kind == "credit":
        change.payment_id = means_of.pay_from_credit(order, means, minor, key_of(change))
        change.save(update_fields=["payment_id"])
    elif minor < 0:
        means_of.give_back(order, means, -minor, key_of(change))


def needs_gateway(order: Order, means: Means, minor: int) -> bool:
    """Whether the money must come from a gateway before the change can stand."""
    return order.paid and minor > 0 and means.kind == "saved"


def credit_after(order: Order, change: OrderChange) -> int:
    """How much of the order gift cards and store credit pay once the change stands; never more than it costs."""
    more = change.difference_minor if order.paid and change.means.startswith("credit:") else 0
    return max(0, min(order.credit_minor + max(0, more), order.total_minor + change.difference_minor))


def key_of(change: OrderChange) -> str:
    """The key of all money of this change."""
    return f"change:{change.id}"


def _ask_for_another_amount(order: Order, minor: int) -> None:
    if order.payment_id:
        payments.ask_for(payment_id=order.payment_id, minor=order.total_minor - order.credit_minor + minor)
