"""Verbs of orders."""

from nitka.sale.orders.actions.book_statement import StatementBooked, assign_line, book_line, import_statement
from nitka.sale.orders.actions.cancel_order import cancel_order, expire, remind_of_payment
from nitka.sale.orders.actions.change_address import change_address
from nitka.sale.orders.actions.change_items import change_items
from nitka.sale.orders.actions.change_payment import change_payment
from nitka.sale.orders.actions.confirm_bank_payment import confirm_bank_payment
from nitka.sale.orders.actions.declare_withdrawal import declare_withdrawal
from nitka.sale.orders.actions.delay import answer_delay, note_delay
from nitka.sale.orders.actions.fill_box import empty_box, in_box, scan_piece
from nitka.sale.orders.actions.fulfil import deliver_order, pack_order, ship_order
from nitka.sale.orders.actions.import_orders import import_orders
from nitka.sale.orders.actions.label_order import label_order
from nitka.sale.orders.actions.lock_order import lock_order
from nitka.sale.orders.actions.place_order import accept_order, place_order, start_payment
from nitka.sale.orders.actions.put_policy import put_policy
from nitka.sale.orders.actions.put_variant_terms import put_variant_terms
from nitka.sale.orders.actions.resend_mail import resend_mail
from nitka.sale.orders.actions.review_order import clear_review, refuse_review
from nitka.sale.orders.actions.settle import abandon, settle, settle_beside, settle_rows
from nitka.sale.orders.actions.settle_change import finish_change, give_up_change, settle_change
from nitka.sale.orders.actions.shorten_order import shorten_order
from nitka.sale.orders.actions.tick_off_refund import tick_off_refund
from nitka.sale.orders.change_problems import (
    ChangedAlreadyProblem,
    DeliveryProblem,
    LinesProblem,
    MeansProblem,
    NotConfirmedProblem,
    NotForSaleProblem,
    NotYoursProblem,
    OtherProductProblem,
    PaidInPartsProblem,
    ReasonProblem,
    SameMeansProblem,
    SameVariantProblem,
    SampleProblem,
    TooLateToChangeProblem,
    TooLittleProblem,
)
from nitka.sale.orders.invoicing.entities import put_legal_entity, remove_legal_entity
from nitka.sale.orders.invoicing.issuing import issue_credit_note, issue_invoice
from nitka.sale.orders.problems import (
    AllInBoxProblem,
    AlreadyDoneProblem,
    DelayProblem,
    EntityProblem,
    HistoryProblem,
    NoInvoiceYetProblem,
    NothingInBoxProblem,
    NotInOrderProblem,
    NotPaidProblem,
    OrderProblem,
    PaymentDeclinedProblem,
    RefundTooHighProblem,
    TooLateToCancelProblem,
    TooManyPiecesProblem,
    UnderReviewProblem,
    UnknownOrderProblem,
    WithdrawalProblem,
)
from nitka.sale.orders.refunding import RefundDone, RefundPart, refund_order

__all__ = [
    "AllInBoxProblem",
    "AlreadyDoneProblem",
    "DelayProblem",
    "EntityProblem",
    "HistoryProblem",
    "NoInvoiceYetProblem",
    "NotInOrderProblem",
    "NotPaidProblem",
    "NothingInBoxProblem",
    "OrderProblem",
    "PaymentDeclinedProblem",
    "RefundDone",
    "RefundPart",
    "RefundTooHighProblem",
    "StatementBooked",
    "TooLateToCancelProblem",
    "TooManyPiecesProblem",
    "UnderReviewProblem",
    "UnknownOrderProblem",
    "WithdrawalProblem",
    "abandon",
    "accept_order",
    "answer_delay",
    "assign_line",
    "book_line",
    "cancel_order",
    "clear_review",
    "confirm_bank_payment",
    "declare_withdrawal",
    "deliver_order",
    "empty_box",
    "expire",
    "import_orders",
    "import_statement",
    "in_box",
    "issue_credit_note",
    "issue_invoice",
    "label_order",
    "lock_order",
    "note_delay",
    "pack_order",
    "place_order",
    "put_legal_entity",
    "refund_order",
    "refuse_review",
    "remind_of_payment",
    "remove_legal_entity",
    "resend_mail",
    "scan_piece",
    "settle",
    "settle_beside",
    "settle_rows",
    "ship_order",
    "shorten_order",
    "start_payment",
    "tick_off_refund",
]

# What shoppers change themselves.
__all__ += [
    "ChangedAlreadyProblem",
    "DeliveryProblem",
    "LinesProblem",
    "MeansProblem",
    "NotConfirmedProblem",
    "NotForSaleProblem",
    "NotYoursProblem",
    "OtherProductProblem",
    "PaidInPartsProblem",
    "ReasonProblem",
    "SameMeansProblem",
    "SameVariantProblem",
    "SampleProblem",
    "TooLateToChangeProblem",
    "TooLittleProblem",
    "change_address",
    "change_items",
    "change_payment",
    "finish_change",
    "give_up_change",
    "put_policy",
    "put_variant_terms",
    "settle_change",
]
