"""How wishes say no."""

from nitka.ground.problem import Problem


class WishProblem(Problem):
    """This cannot be wished for, or not in this way; the message says what to do."""

    code = "wish_refused"
    status = 422


class NoSuchList(Problem):
    """There is no such list among those of this person, or no such thing on it."""

    code = "no_such_list"
    status = 404
