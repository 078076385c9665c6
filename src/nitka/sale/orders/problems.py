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


class TooLateToCancelProblem(OrderProblem):
    """The parcel has left."""

    code = "too_late_to_cancel"


class NotPaidProblem(OrderProblem):
    """The order is not paid, and its means of payment asks for that first."""

    code = "not_paid"


class NoInvoiceYetProblem(OrderProblem):
    """An invoice exists once an order is paid or shipped."""

    code = "no_invoice_yet"
    status = 404


class WithdrawalProblem(OrderProblem):
    """Withdrawing is not possible (any more)."""

    code = "withdrawal_refused"


class NotYoursProblem(OrderProblem):
    """The order belongs to somebody else."""

    code = "not_yours"
    status = 403


class NotConfirmedProblem(OrderProblem):
    """Somebody acts for the customer, who has not said yes to it."""

    code = "not_confirmed"


class TooLateToChangeProblem(OrderProblem):
    """The order is packed, has left, or was cancelled."""

    code = "too_late_to_change"


class ChangedAlreadyProblem(OrderProblem):
    """The policy lets an order be changed so a number of times, or not after another change."""

    code = "changed_already"


class ReasonProblem(OrderProblem):
    """The policy names the reasons that may be given."""

    code = "reason_not_allowed"


class LinesProblem(OrderProblem):
    """The order has no such lines, or fewer pieces."""

    code = "not_in_order"


class SameVariantProblem(OrderProblem):
    """The new variant is the old one."""

    code = "same_variant"


class OtherProductProblem(OrderProblem):
    """A variant of another product, or none at all."""

    code = "other_product"


class NotForSaleProblem(OrderProblem):
    """The new variant is sold out or not sold any more."""

    code = "not_available"


class MeansProblem(OrderProblem):
    """The customer has no such means of payment, or it cannot be used for this."""

    code = "unknown_means"


class SameMeansProblem(MeansProblem):
    code = "same_means"


class TooLittleProblem(MeansProblem):
    """There is less on the gift card than is needed."""

    code = "balance_too_low"


class PaidInPartsProblem(MeansProblem):
    """More than one payment stands for the order."""

    code = "paid_in_parts"


class DeliveryProblem(OrderProblem):
    """The order's delivery does not reach that place."""

    code = "no_delivery_there"
