"""How the catalogue says no."""

from nitka.ground.problem import Problem


class UnknownProduct(Problem):
    """There is no such product."""

    code = "unknown_product"
    status = 404


class DraftRefused(Problem):
    """A draft cannot be put as it is; the message says why."""

    code = "draft_refused"
    status = 422


class FileRefused(Problem):
    """A file is not what it claims, too large, or not where it may be."""

    code = "file_refused"
    status = 422
