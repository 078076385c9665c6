"""How reviews say no."""

from nitka.ground.problem import Problem


class ReviewProblem(Problem):
    """The review cannot be kept so. `errors` in the detail are {field: sentence}."""

    code = "review_problem"
    status = 422


class NotInvited(Problem):
    """Only who got the product from this shop may write here."""

    code = "not_invited"
    status = 403


class NoSuchThing(Problem):
    """There is no such review, question or answer."""

    code = "not_found"
    status = 404


class QuestionProblem(Problem):
    """The question or the answer cannot be kept so."""

    code = "question_problem"
    status = 422
