"""What the worker and the clock do for reviews."""

from uuid import UUID

from nitka.ground.facts.jobs import task
from nitka.shelf.reviews import actions


@task(queue="facts")
def count(*, product_id: str) -> None:
    """Count a product's reviews and questions anew."""
    actions.summarise(product_ids=[UUID(product_id)])
