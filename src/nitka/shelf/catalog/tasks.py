"""What the worker does for the catalogue: the sizes of pictures."""

from uuid import UUID

from nitka.ground.facts.jobs import task
from nitka.shelf.catalog.actions.make_pictures import make_pictures


@task(queue="media")
def make_renditions(*, product_id: str) -> None:
    """Make the sizes of a product's pictures that are not made yet. Killed half-way, it goes on where it was."""
    make_pictures(product_id=UUID(product_id))
