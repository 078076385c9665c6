"""How shipping says no."""

from nitka.ground.problem import Problem


class UnknownCarrierProblem(Problem):
    """No provider of that name is here."""

    code = "unknown_carrier"
    status = 422


class BadOptionProblem(Problem):
    """A delivery option that cannot be meant so."""

    code = "bad_delivery_option"
    status = 422


class UnknownShipmentProblem(Problem):
    code = "unknown_shipment"
    status = 404


class LabelProblem(Problem):
    """The carrier made no label, or it cannot be taken back."""

    code = "label_problem"


class NothingToHandOverProblem(Problem):
    """There is no labelled parcel of that carrier."""

    code = "nothing_to_hand_over"


class CustomsProblem(Problem):
    """A rule of a border that cannot be meant so."""

    code = "customs_problem"
    status = 422


class ChoiceProblem(Problem):
    """That promise is not in danger (any more)."""

    code = "no_choice"
