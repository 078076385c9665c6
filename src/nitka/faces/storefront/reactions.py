"""What pages do when the shelf tells something: previews of products are drawn before anybody asks."""

from nitka.faces.storefront import tasks
from nitka.ground.facts.contract import reacts_to
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.facts import PicturesMade
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

# In a larger shop the first who shares a page orders its picture: half a minute later it is there.
MOST_DRAWN_AHEAD = 1_000


@reacts_to(PicturesMade)
def draw_previews(fact: PicturesMade) -> None:
    """Of one product, in each language that it has texts in."""
    if search.on_sale() > MOST_DRAWN_AHEAD:
        return
    product = catalog.product(fact.product_id)
    for language in content.shop().languages if product else ():
        if product and language in product.title:
            tasks.draw_preview.later(kind="product", slug=product.slug[language], language=language)
