"""What the shelf tells becomes one mark per product; a task rebuilds all marked ones together."""

from nitka.ground.facts.contract import reacts_to
from nitka.shelf.catalog.facts import CategoriesChanged, MakersChanged, PicturesMade, ProductChanged
from nitka.shelf.inventory.facts import AvailabilityChanged
from nitka.shelf.pricing.facts import PriceChanged
from nitka.shelf.reviews.facts import OpinionsChanged

from . import actions, tables, tasks


@reacts_to(ProductChanged)
def refresh_changed_product(fact: ProductChanged) -> None:
    """Texts, variants, media or state."""
    actions.mark_stale(product_id=fact.product_id)
    tasks.refresh.later()


@reacts_to(PriceChanged)
def refresh_price(fact: PriceChanged) -> None:
    """A price in some market."""
    actions.mark_stale(product_id=fact.product_id)
    tasks.refresh.later()


@reacts_to(AvailabilityChanged)
def refresh_availability(fact: AvailabilityChanged) -> None:
    """Sold out, few left, or back again."""
    actions.mark_stale(product_id=fact.product_id)
    tasks.refresh.later()


@reacts_to(OpinionsChanged)
def refresh_opinions(fact: OpinionsChanged) -> None:
    """Stars, the first reviews and questions."""
    actions.mark_stale(product_id=fact.product_id)
    tasks.refresh.later()


@reacts_to(PicturesMade)
def refresh_pictures(fact: PicturesMade) -> None:
    """Renditions are there."""
    actions.mark_stale(product_id=fact.product_id)
    tasks.refresh.later()


@reacts_to(CategoriesChanged)
def refresh_categories(fact: CategoriesChanged) -> None:
    """Names and addresses stand in every product's breadcrumbs."""
    actions.mark_all_stale()
    tables.say_changed([None])
    tasks.refresh.later()


@reacts_to(MakersChanged)
def refresh_makers(fact: MakersChanged) -> None:
    """Names and stories of makers stand on the pages of what they make."""
    actions.mark_all_stale()
    tasks.refresh.later()
