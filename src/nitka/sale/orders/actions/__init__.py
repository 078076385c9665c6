"""Verbs of orders."""

from nitka.sale.orders.actions.cancel_order import cancel_order, expire, remind_of_payment
from nitka.sale.orders.actions.confirm_bank_payment import confirm_bank_payment
from nitka.sale.orders.actions.declare_withdrawal import declare_withdrawal
from nitka.sale.orders.actions.fulfil import deliver_order, pack_order, ship_order
from nitka.sale.orders.actions.import_orders import import_orders
from nitka.sale.orders.actions.lock_order import lock_order
from nitka.sale.orders.actions.place_order import accept_order, place_order, start_payment
from nitka.sale.orders.actions.resend_mail import resend_mail
from nitka.sale.orders.actions.settle import abandon, settle, settle_rows
from nitka.sale.orders.invoices import issue_invoice
from nitka.sale.orders.problems import (
    AlreadyDoneProblem,
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
    "cancel_order",
    "confirm_bank_payment",
    "declare_withdrawal",
    "deliver_order",
    "expire",
    "import_orders",
    "issue_invoice",
    "lock_order",
    "pack_order",
    "place_order",
    "remind_of_payment",
    "resend_mail",
    "settle",
    "settle_rows",
    "ship_order",
    "start_payment",
]
