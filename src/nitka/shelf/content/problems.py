"""How content says no."""

from nitka.ground.problem import Problem


class ContentProblem(Problem):
    """A text or a setting of the shop cannot be as asked."""

    code = "content_problem"
    status = 422


class UnknownPage(ContentProblem):
    """There is no such page, or no such version of it."""

    code = "unknown_page"
    status = 404


class NewerVersion(ContentProblem):
    """Somebody saved the page meanwhile. The detail's `newest` is the number of what they saved."""

    code = "newer_version"
    status = 409


class UnknownForm(ContentProblem):
    """There is no such form, or it is closed."""

    code = "unknown_form"
    status = 404
