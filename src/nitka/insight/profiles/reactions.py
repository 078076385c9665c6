"""What changes a profile beside events: whatever is told of an order.

People who are merged or parted need nothing: summaries belong to evidence and to rows of customers, and a profile is
the sum of those that are one person when it is read.
"""

from uuid import UUID

from nitka.ground.facts.contract import reacts_to
from nitka.insight.profiles import actions
from nitka.sale.orders.facts import OrderCancelled, OrderDelivered, OrderPlaced, OrderRefunded, WithdrawalDeclared


@reacts_to(OrderPlaced)
def sum_up_placed(fact: OrderPlaced) -> None:
    _sum_up(fact.customer_id)


@reacts_to(OrderDelivered)
def sum_up_delivered(fact: OrderDelivered) -> None:
    """A promise was kept or broken."""
    _sum_up(fact.customer_id)


@reacts_to(OrderCancelled)
def sum_up_cancelled(fact: OrderCancelled) -> None:
    _sum_up(fact.customer_id)


@reacts_to(OrderRefunded)
def sum_up_refunded(fact: OrderRefunded) -> None:
    _sum_up(fact.customer_id)


@reacts_to(WithdrawalDeclared)
def sum_up_withdrawn(fact: WithdrawalDeclared) -> None:
    _sum_up(fact.customer_id)


def _sum_up(customer_id: UUID | None) -> None:
    if customer_id:
        actions.sum_up_orders(customer_id=customer_id)
