"""What inventory does when it hears that goods are back."""

from nitka.ground.facts.contract import reacts_to
from nitka.shelf.inventory import tasks
from nitka.shelf.inventory.facts import AvailabilityChanged


@reacts_to(AvailabilityChanged)
def answer_those_who_wait(fact: AvailabilityChanged) -> None:
    """Whoever asked for a mail gets it; a task writes them, since there may be many."""
    if fact.band != "none":
        tasks.write_alerts.later(variant_id=str(fact.variant_id), lock=f"alerts:{fact.variant_id}")
