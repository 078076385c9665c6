"""How changes by shoppers say no."""

from nitka.sale.orders.problems import OrderProblem


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


class SampleProblem(OrderProblem):
    """More samples than one person may have."""

    code = "too_many_samples"
