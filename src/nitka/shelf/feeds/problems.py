"""What cannot be done with feeds."""

from nitka.ground.problem import Problem


class UnknownFeed(Problem):
    """There is no feed of that kind, market and language."""

    code = "unknown_feed"
    status = 404
