"""What states and steps of an order are called, in the active language."""

from django.utils.translation import gettext as _

from nitka.sale.orders.models import Order


def status_text(status: str, *, paid: bool = True) -> str:
    """The state of an order for people."""
    if status == Order.Status.PLACED and not paid:
        return _("Waiting for payment")
    return {
        "awaiting": _("Payment is being confirmed"),
        "failed": _("Not placed"),
        "placed": _("Placed"),
        "paid": _("Paid"),
        "packed": _("Packed"),
        "part_shipped": _("A part is on its way"),
        "shipped": _("On its way"),
        "delivered": _("Delivered"),
        "cancelled": _("Cancelled"),
        "credited": _("Credit note"),
        "adjusted": _("Entry of the books"),
    }.get(status, status)


def step_text(kind: str) -> str:
    """What happened."""
    return {
        "placed": _("Order placed"),
        "paid": _("Payment received"),
        "packed": _("Packed"),
        "part_shipped": _("A part handed to the carrier"),
        "shipped": _("Handed to the carrier"),
        "delivered": _("Delivered"),
        "cancelled": _("Order cancelled"),
        "shortened": _("Pieces taken off the order"),
        "refunded": _("Money sent back"),
        "lapsed": _("Cancelled, because the payment was late"),
        "overdue": _("Reminder of the payment sent"),
        "withdrawn": _("Withdrawal declared"),
        "credited": _("Credit note written"),
        "adjusted": _("Entered in the books"),
        "changed": _("Order changed"),
    }.get(kind, kind)


def cancel_reason(reason: str) -> str:
    """Why an order was cancelled, for the shopper; a reason that a person wrote is shown as it is."""
    return {
        "shopper": _("You cancelled it."),
        "shop": _("We had to cancel it."),
        "overdue": _("The payment did not arrive in time."),
        "paid_twice": _("It was paid by another order of yours."),
        "late": _("Your payment came after the order was cancelled."),
        "sold_out": _("Your payment came when the goods were sold already."),
    }.get(reason, reason)


def change_text(what: str) -> str:
    """What was changed of an order."""
    return {
        "address": _("Address of delivery changed"),
        "items": _("Other variant chosen"),
        "payment": _("Means of payment changed"),
    }.get(what, _("Order changed"))


def credit_reason(reason: str) -> str:
    """Why a credit note was written; a reason that a person wrote is shown as it is."""
    return {
        "refunded": _("Refund"),
        "returned": _("Goods returned"),
        "cancelled": _("Order cancelled"),
        "shortened": _("Pieces that do not come"),
        "goodwill": _("Reduction of the price"),
    }.get(reason, reason)
