"""What the worker asks of customers."""

from nitka.ground.facts.followers import follows
from nitka.people.customers import actions


@follows("customers.links", every=0.2)
def settle_links() -> int:
    """Say who is one person, a moment after new evidence came."""
    return actions.settle_links()
