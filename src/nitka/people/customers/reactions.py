"""What customers do when something was told."""

from nitka.ground.facts.contract import reacts_to
from nitka.people.customers.facts import CustomerCame
from nitka.people.customers.finding import keep_findable


@reacts_to(CustomerCame)
def make_findable(fact: CustomerCame) -> None:
    """However a customer came to be (a page, an import, evidence that was settled), a search finds them."""
    keep_findable([fact.customer_id])
