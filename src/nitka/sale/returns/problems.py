"""How returns say no."""

from nitka.ground.problem import Problem


class ReturnProblem(Problem):
    """The case does not allow that."""

    code = "return_problem"


class UnknownCaseProblem(ReturnProblem):
    code = "unknown_case"
    status = 404


class NotYoursProblem(ReturnProblem):
    """Who asks is neither the order's customer, nor holds its link, nor works here."""

    code = "not_yours"
    status = 403


class NotConfirmedProblem(ReturnProblem):
    """Who acts for a customer shows them first what will happen, and asks. `detail` holds what to show."""

    code = "not_confirmed"


class NotDeliveredProblem(ReturnProblem):
    """Nothing can come back that has not arrived."""

    code = "not_delivered"


class TooLateProblem(ReturnProblem):
    """The time of the policy is over."""

    code = "too_late"


class KeptOutProblem(ReturnProblem):
    """The policy keeps these pieces, or all of this kind, out."""

    code = "kept_out"


class OnceOnlyProblem(ReturnProblem):
    """That can be asked for once an order."""

    code = "once_only"


class TooManyPiecesProblem(ReturnProblem):
    """More pieces than were delivered and are not on their way back already."""

    code = "too_many_pieces"


class UnknownLineProblem(ReturnProblem):
    """The order has no such line."""

    code = "unknown_line"
    status = 422


class ReasonProblem(ReturnProblem):
    """A reason is missing, or is none that the policy knows."""

    code = "reason"
    status = 422


class PhotoProblem(ReturnProblem):
    """A photo is missing, or cannot be used."""

    code = "photo"
    status = 422


class OtherProductProblem(ReturnProblem):
    """A piece is exchanged for another variant of the same product."""

    code = "other_product"
    status = 422


class MeansProblem(ReturnProblem):
    """The money cannot go there, or come from there."""

    code = "means"
    status = 422


class WrongStateProblem(ReturnProblem):
    """The case is past that, or not there yet."""

    code = "wrong_state"


class PolicyProblem(ReturnProblem):
    """The policy does not make sense."""

    code = "policy"
    status = 422


class TooLittleProblem(MeansProblem):
    """There is less on the card than is needed."""

    code = "balance_too_low"
