"""How the catalogue says no."""

from nitka.ground.pictures import FileRefused
from nitka.ground.problem import Problem

__all__ = ["DraftRefused", "FileRefused", "OptionsProblem", "ShelfInUse", "UnknownProduct"]


class UnknownProduct(Problem):
    """There is no such product."""

    code = "unknown_product"
    status = 404


class DraftRefused(Problem):
    """A draft cannot be put as it is; the message says why."""

    code = "draft_refused"
    status = 422


class OptionsProblem(Problem):
    """The options of a product cannot be so; the message says what to do."""

    code = "options_refused"
    status = 422


class ShelfInUse(Problem):
    """A category or collection that something stands in, or leads to, is not deleted."""

    code = "shelf_in_use"
    status = 409
