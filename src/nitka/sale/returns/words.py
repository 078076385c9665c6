"""What kinds, states, reasons and grades are called, in the active language."""

from django.utils.translation import gettext as _

# Where the shop is at fault nobody pays for the way back or for restocking, whatever the policy says.
FAULTS = frozenset({"damaged", "defective", "not_as_described", "wrong_item", "missing", "late"})
REASONS_OF = {
    "return": ("too_large", "too_small", "not_liked", "not_needed", "ordered_twice", "not_as_described", "wrong_item",
               "damaged", "defective", "late"),
    "exchange": ("too_large", "too_small", "not_liked", "ordered_wrong", "not_as_described", "wrong_item"),
    "replacement": ("damaged", "defective", "wrong_item", "missing"),
    "complaint": ("damaged", "defective", "not_as_described", "missing", "late", "service", "other"),
}  # fmt: skip


def reason_text(reason: str) -> str:
    """Why, in the shopper's words."""
    return {
        "too_large": _("Too large"),
        "too_small": _("Too small"),
        "not_liked": _("I do not like it"),
        "not_needed": _("I do not need it any more"),
        "ordered_twice": _("I ordered it twice"),
        "ordered_wrong": _("I chose the wrong one"),
        "not_as_described": _("It is not as described"),
        "wrong_item": _("You sent something else"),
        "damaged": _("It came damaged"),
        "defective": _("It does not work"),
        "missing": _("Something is missing"),
        "late": _("It came too late"),
        "service": _("I was not treated well"),
        "other": _("Something else"),
        "withdrawn": _("Withdrawal from the contract"),
    }.get(reason, reason)


def kind_text(kind: str) -> str:
    """The kind of a case, as a heading."""
    return {
        "return": _("Return"),
        "exchange": _("Exchange"),
        "replacement": _("Replacement"),
        "complaint": _("Complaint"),
    }.get(kind, kind)


def state_text(state: str, kind: str = "") -> str:
    """How a case stands."""
    if state == "approved" and kind == "replacement":
        return _("We send you a new one")
    return {
        "requested": _("We look at it"),
        "approved": _("Approved"),
        "sent": _("On its way back"),
        "received": _("With us again"),
        "graded": _("Looked at"),
        "closed": _("Done"),
        "refused": _("Refused"),
        "cancelled": _("Called off"),
    }.get(state, state)


def step_text(kind: str, of: str) -> str:
    """What happened, as a knot of the order's thread; `of` is the kind of the case."""
    opened = {
        "return": _("Return announced"),
        "exchange": _("Exchange asked for"),
        "replacement": _("Replacement asked for"),
        "complaint": _("Complaint received"),
    }
    return {
        "requested": opened.get(of, of),
        "approved": _("Complaint accepted") if of == "complaint" else _("Approved by us"),
        "refused": _("Refused by us"),
        "sent": _("Sent back to us"),
        "received": _("Back with us"),
        "graded": _("Looked at by us"),
        "paid": _("Difference of the exchange paid"),
        "new_goods": _("New pieces sent to you"),
        "refunded": _("Refund of the return set off"),
        "answered": _("Complaint settled"),
        "closed": _("Done"),
        "cancelled": _("Called off"),
    }.get(kind, kind)


def note_text(note: str) -> str:
    """Why something happened: a word of the house in the active language, or what a person wrote."""
    return {
        "unpaid": _("The difference was not paid in time."),
        "unsent": _("Nothing was sent back in time."),
    }.get(note, note)


def grade_text(grade: str) -> str:
    """How a piece came back."""
    return {
        "as_new": _("As new"),
        "used": _("Used"),
        "damaged": _("Damaged"),
        "missing": _("Not in the parcel"),
    }.get(grade, grade)


def refund_to_text(to: str) -> str:
    """Where money goes back to."""
    return {
        "original": _("the way you paid"),
        "credit": _("credit in this shop"),
        "gift_card": _("a gift card"),
    }.get(to.split(":")[0], to)
