"""What changes a profile beside events: whatever is told of an order.

People who are merged or parted need nothing: summaries belong to evidence and to rows of customers, and a profile is
the sum of those that are one person when it is read.
"""

from uuid import UUID

from nitka.ground.facts.contract import reacts_to
from nitka.insight.profiles import actions
from nitka.people.customers import queries as customers
from nitka.people.customers.facts import ConsentChanged
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


@reacts_to(ConsentChanged)
def heed_consent(fact: ConsentChanged) -> None:
    """What a person takes back is summed up no longer; what they allow again is made from the events of then."""
    if fact.purpose in ("analytics", "personalisation"):
        own = customers.evidence_ids_of(fact.customer_id) if fact.customer_id else []
        actions.sum_up_behaviour(evidence_ids=[*own, *([fact.evidence] if fact.evidence else [])])


def _sum_up(customer_id: UUID | None) -> None:
    if customer_id:
        actions.sum_up_orders(customer_id=customer_id)
