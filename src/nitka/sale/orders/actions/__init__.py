"""Verbs of orders."""

from nitka.sale.orders.actions.cancel_order import cancel_order, expire, remind_of_payment
from nitka.sale.orders.actions.change_address import change_address
from nitka.sale.orders.actions.change_items import change_items
from nitka.sale.orders.actions.change_payment import change_payment
from nitka.sale.orders.actions.confirm_bank_payment import confirm_bank_payment
from nitka.sale.orders.actions.declare_withdrawal import declare_withdrawal
from nitka.sale.orders.actions.fulfil import deliver_order, pack_order, ship_order
from nitka.sale.orders.actions.import_orders import import_orders
from nitka.sale.orders.actions.place_order import accept_order, place_order, start_payment
from nitka.sale.orders.actions.resend_mail import resend_mail
from nitka.sale.orders.actions.put_policy import put_policy
from nitka.sale.orders.actions.settle import abandon, settle, settle_rows
from nitka.sale.orders.actions.settle_change import finish_change, settle_change
from nitka.sale.orders.invoices import issue_invoice
from nitka.sale.orders.problems import (
    AlreadyDoneProblem,
    ChangedAlreadyProblem,
    DeliveryProblem,
    HistoryProblem,
    LinesProblem,
    MeansProblem,
    NoInvoiceYetProblem,
    NotConfirmedProblem,
    NotForSaleProblem,
    NotPaidProblem,
    NotYoursProblem,
    OrderProblem,
    OtherProductProblem,
    PaidInPartsProblem,
    PaymentDeclinedProblem,
    ReasonProblem,
    SameMeansProblem,
    SameVariantProblem,
    TooLateToCancelProblem,
    TooLateToChangeProblem,
    TooLittleProblem,
    UnknownOrderProblem,
    WithdrawalProblem,
)

__all__ = [
    "AlreadyDoneProblem",
    "ChangedAlreadyProblem",
    "DeliveryProblem",
    "HistoryProblem",
    "LinesProblem",
    "MeansProblem",
    "NoInvoiceYetProblem",
    "NotConfirmedProblem",
    "NotForSaleProblem",
    "NotPaidProblem",
    "NotYoursProblem",
    "OrderProblem",
    "OtherProductProblem",
    "PaidInPartsProblem",
    "PaymentDeclinedProblem",
    "ReasonProblem",
    "SameMeansProblem",
    "SameVariantProblem",
    "TooLateToCancelProblem",
    "TooLateToChangeProblem",
    "TooLittleProblem",
    "UnknownOrderProblem",
    "WithdrawalProblem",
    "abandon",
    "accept_order",
    "cancel_order",
    "change_address",
    "change_items",
    "change_payment",
    "confirm_bank_payment",
    "declare_withdrawal",
    "deliver_order",
    "expire",
    "finish_change",
    "import_orders",
    "issue_invoice",
    "pack_order",
    "place_order",
    "put_policy",
    "remind_of_payment",
    "resend_mail",
    "settle",
    "settle_change",
    "settle_rows",
    "ship_order",
    "start_payment",
]
