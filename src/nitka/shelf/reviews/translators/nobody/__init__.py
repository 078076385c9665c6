"""Nobody translates: a review is read in the language that it was written in."""

from collections.abc import Sequence

from nitka.shelf.reviews.translators.contract import WillNot

NAME = "nobody"


def is_on() -> bool:
    """Always; whoever is set up comes before."""
    return True


def translate(texts: Sequence[str], *, source: str, target: str) -> list[str]:
    """Never."""
    raise WillNot("nobody translates here")
