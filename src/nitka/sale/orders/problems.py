"""How orders say no."""

from nitka.ground.problem import Problem


class OrderProblem(Problem):
    """The order does not allow that."""

    code = "order_problem"


class UnknownOrderProblem(OrderProblem):
    code = "unknown_order"
    status = 404


class HistoryProblem(OrderProblem):
    """The order was brought from another system: it is history, and nothing is done to it here."""

    code = "order_is_history"


class PaymentDeclinedProblem(OrderProblem):
    """The card was declined: goods and coupon are free again, and the cart is there for another try."""

    code = "payment_declined"
    status = 402


class AlreadyDoneProblem(OrderProblem):
    """That step was taken already, or a later one."""

    code = "already_done"


class TooManyPiecesProblem(OrderProblem):
    """More pieces than were bought and have not left."""

    code = "too_many_pieces"
    status = 422


class TooLateToCancelProblem(OrderProblem):
    """The parcel has left."""

    code = "too_late_to_cancel"


class NotPaidProblem(OrderProblem):
    """The order is not paid, and its means of payment asks for that first."""

    code = "not_paid"


class RefundTooHighProblem(OrderProblem):
    """More than was paid, and is not back yet; `detail["refundable_minor"]` says how much may go."""

    code = "refund_too_high"


class UnderReviewProblem(OrderProblem):
    """A person must look at the order before it is packed."""

    code = "order_under_review"


class NoInvoiceYetProblem(OrderProblem):
    """An invoice exists once an order is paid or shipped."""

    code = "no_invoice_yet"
    status = 404


class DelayProblem(OrderProblem):
    """The promised day stands, or that choice is not to be had."""

    code = "delay_problem"


class WithdrawalProblem(OrderProblem):
    """Withdrawing is not possible (any more)."""

    code = "withdrawal_refused"


class EntityProblem(OrderProblem):
    """A firm that cannot sell so."""

    code = "bad_legal_entity"
    status = 422


class NotInOrderProblem(OrderProblem):
    """A piece that was not ordered."""

    code = "not_in_order"
    status = 422


class AllInBoxProblem(OrderProblem):
    """One piece too many."""

    code = "all_in_box"


class NothingInBoxProblem(OrderProblem):
    """An empty box does not leave."""

    code = "nothing_in_box"
    status = 422
