"""What returns do when something was told."""

from nitka.ground.facts.contract import reacts_to
from nitka.sale.orders.facts import OrderDelivered, OrderShipped, WithdrawalDeclared
from nitka.sale.payments.facts import GatewayTold
from nitka.sale.returns import actions, mails, trials
from nitka.sale.returns.facts import CaseClosed, CaseMoved, CaseOpened

_MAILS = {
    "approved": mails.case_approved, "refused": mails.case_refused, "received": mails.case_received,
    "new_goods": mails.new_goods_sent, "cancelled": mails.case_cancelled,
}  # fmt: skip


@reacts_to(CaseOpened)
def write_of_opening(fact: CaseOpened) -> None:
    """To the shopper and to the shop."""
    mails.case_opened(fact.case_id)
    mails.case_for_merchant(fact.case_id)


@reacts_to(CaseMoved)
def write_of_move(fact: CaseMoved) -> None:
    """Steps that the shopper waits for; what they did themselves needs no mail."""
    if write := _MAILS.get(fact.step):
        write(fact.case_id)


@reacts_to(CaseClosed)
def write_of_end(fact: CaseClosed) -> None:
    mails.case_closed(fact.case_id)


@reacts_to(WithdrawalDeclared)
def return_what_was_withdrawn(fact: WithdrawalDeclared) -> None:
    """Goods that have left come back; what has not left waits for its parcel, or for the cancellation."""
    actions.return_for_withdrawal(order_id=fact.order_id)


@reacts_to(OrderShipped)
def return_what_left_after_all(fact: OrderShipped) -> None:
    """Withdrawn before it left, and sent all the same."""
    actions.return_for_withdrawal(order_id=fact.order_id)


@reacts_to(OrderDelivered)
def return_what_came_after_all(fact: OrderDelivered) -> None:
    actions.return_for_withdrawal(order_id=fact.order_id)
    trials.arrange(fact.order_id)


@reacts_to(GatewayTold)
def settle_by_webhook(fact: GatewayTold) -> None:
    """News of the difference of an exchange; those of orders are orders' matter."""
    actions.settle_difference(payment_id=fact.payment_id)
