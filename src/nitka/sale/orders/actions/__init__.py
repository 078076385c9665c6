"""Verbs of orders."""

from nitka.sale.orders.actions.cancel_order import cancel_order, expire, remind_of_payment
from nitka.sale.orders.actions.confirm_bank_payment import confirm_bank_payment
from nitka.sale.orders.actions.declare_withdrawal import declare_withdrawal
from nitka.sale.orders.actions.delay import answer_delay, note_delay
from nitka.sale.orders.actions.fulfil import deliver_order, pack_order, ship_order
from nitka.sale.orders.actions.import_orders import import_orders
from nitka.sale.orders.actions.place_order import accept_order, place_order, start_payment
from nitka.sale.orders.actions.resend_mail import resend_mail
from nitka.sale.orders.actions.settle import abandon, settle, settle_beside, settle_rows
from nitka.sale.orders.invoicing.entities import put_legal_entity, remove_legal_entity
from nitka.sale.orders.invoicing.issuing import issue_credit_note, issue_invoice
from nitka.sale.orders.problems import (
    AlreadyDoneProblem,
    DelayProblem,
    EntityProblem,
    HistoryProblem,
    NoInvoiceYetProblem,
    NotPaidProblem,
    OrderProblem,
    PaymentDeclinedProblem,
    TooLateToCancelProblem,
    TooManyPiecesProblem,
    UnknownOrderProblem,
    WithdrawalProblem,
)

__all__ = [
    "AlreadyDoneProblem",
    "DelayProblem",
    "EntityProblem",
    "HistoryProblem",
    "NoInvoiceYetProblem",
    "NotPaidProblem",
    "OrderProblem",
    "PaymentDeclinedProblem",
    "TooLateToCancelProblem",
    "TooManyPiecesProblem",
    "UnknownOrderProblem",
    "WithdrawalProblem",
    "abandon",
    "accept_order",
    "answer_delay",
    "cancel_order",
    "confirm_bank_payment",
    "declare_withdrawal",
    "deliver_order",
    "expire",
    "import_orders",
    "issue_credit_note",
    "issue_invoice",
    "note_delay",
    "pack_order",
    "place_order",
    "put_legal_entity",
    "remind_of_payment",
    "remove_legal_entity",
    "resend_mail",
    "settle",
    "settle_beside",
    "settle_rows",
    "ship_order",
    "start_payment",
]
