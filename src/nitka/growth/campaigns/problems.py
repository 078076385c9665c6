"""How campaigns says no."""

from nitka.ground.problem import Problem


class PostProblem(Problem):
    """A post cannot be as asked."""

    code = "post_problem"
    status = 422


class UnknownPost(PostProblem):
    """There is no such post."""

    code = "unknown_post"
    status = 404


class PostBusy(PostProblem):
    """A post that is sent, or is being sent, is not changed any more."""

    code = "post_busy"
    status = 409


class UnknownMention(PostProblem):
    """There is no such mention."""

    code = "unknown_mention"
    status = 404
