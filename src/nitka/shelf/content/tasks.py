"""What the clock and the worker do for the shop's words."""

from uuid import UUID

from nitka.ground.facts.jobs import periodic, task
from nitka.shelf.content import actions
from nitka.shelf.content.actions.pictures import make_sizes


@periodic("* * * * *")
def show_what_is_due() -> None:
    """Pages that are to be shown from this minute on, and those whose time is over."""
    actions.publish_due()


@task(queue="media")
def make_picture_sizes(*, picture_id: str) -> None:
    """Make the sizes of a picture. Killed half-way, it goes on where it was."""
    make_sizes(picture_id=UUID(picture_id))
