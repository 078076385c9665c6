"""What wishes do when prices and stock move."""

from nitka.ground.facts.contract import reacts_to
from nitka.growth.wishes.noticing import notice_prices, notice_stock
from nitka.shelf.inventory.facts import AvailabilityChanged
from nitka.shelf.pricing.facts import PriceChanged


@reacts_to(PriceChanged)
def note_prices(fact: PriceChanged) -> None:
    """Whoever wished for it may want to know."""
    notice_prices(fact.product_id, fact.market)


@reacts_to(AvailabilityChanged)
def note_stock(fact: AvailabilityChanged) -> None:
    """What was gone may be back."""
    notice_stock(fact.product_id)
