"""Why a verb about money was refused."""

from nitka.ground.problem import Problem


class PaymentProblem(Problem):
    """The payment does not allow that."""

    code = "payment_problem"


class UnknownPaymentProblem(PaymentProblem):
    code = "unknown_payment"
    status = 404


class RefundProblem(PaymentProblem):
    """More than was captured cannot go back."""

    code = "refund_too_high"


class GatewayUnreachedProblem(PaymentProblem):
    """The gateway did not answer; the payment stays open and is asked again."""

    code = "gateway_unreached"
    status = 503


class CaptureProblem(PaymentProblem):
    """More than is set aside cannot be taken."""

    code = "capture_too_high"


class UnknownMeanProblem(PaymentProblem):
    """There is no such saved means, or it was removed."""

    code = "unknown_mean"
    status = 404
