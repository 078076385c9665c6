"""What the clock asks of companies."""

from nitka.ground.facts.jobs import periodic
from nitka.sale.companies import actions


@periodic("*/15 * * * *")
def expire_quotes() -> None:
    """Close quotes whose last day is over."""
    actions.expire_quotes()
