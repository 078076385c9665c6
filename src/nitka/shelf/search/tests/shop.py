"""A few real products in the database, read rows and index made, for the tests of actions and queries."""

from collections.abc import Mapping
from uuid import UUID

from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import AttributeDraft, CategoryDraft, OptionDraft, ProductDraft, VariantDraft
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.search import actions as search
from nitka.shelf.search.follow import here
from nitka.shelf.search.tests.makers import TITLES

PRICES = {"lamp": 8900, "chair": 19900, "pillow": 2900, "blanket": 11900}
PLACES = {"lamp": "lighting", "chair": "chairs", "pillow": "textiles", "blanket": "textiles"}
MATERIALS = {"lamp": "brass", "chair": "oak", "pillow": "linen", "blanket": "wool"}


def open_shop() -> dict[str, UUID]:
    """Four products in the market eu, ten pieces of each variant; returns their ids by handle."""
    pricing.set_up_markets()
    catalog.put_categories(
        drafts=[
            CategoryDraft(handle="lighting", name={"en": "Lighting", "pl": "Oświetlenie"}),
            CategoryDraft(handle="furniture", name={"en": "Furniture"}, position=1),
            CategoryDraft(handle="chairs", name={"en": "Chairs", "nb": "Stoler"}, parent="furniture"),
            CategoryDraft(handle="textiles", name={"en": "Textiles", "nb": "Tekstiler"}, position=2),
        ]
    )
    catalog.put_attributes(
        drafts=[
            AttributeDraft(
                code="material", name={"en": "Material", "pl": "Materiał"}, kind="choice", facet=True,
                choices={"brass": {"en": "Brass", "pl": "Mosiądz"}, "oak": {"en": "Oak"}, "linen": {"en": "Linen"},
                         "wool": {"en": "Wool"}},
            ),
            AttributeDraft(code="washable", name={"en": "Washable"}, kind="boolean", facet=True),
        ]
    )  # fmt: skip
    puts = catalog.put_products(drafts=[_draft(handle) for handle in PRICES])
    variants = {put.handle: list(put.variants.values()) for put in puts}
    pricing.set_prices(
        prices=[
            (one, "eu", PRICES[handle] + 500 * at, None)
            for handle, ids in variants.items()
            for at, one in enumerate(ids)
        ]
    )
    a_location()
    inventory.set_stock(levels=[(one, "gdansk", 10) for ids in variants.values() for one in ids])
    search.rebuild()
    follow()
    return {put.handle: put.product_id for put in puts}


def _draft(handle: str) -> ProductDraft:
    colours: Mapping[str, Mapping[str, str]] = {"white": {"en": "White", "nb": "Hvit"}, "blue": {"en": "Blue"}}
    option = OptionDraft(code="color", name={"en": "Colour", "nb": "Farge"}, values=colours)
    pillow = handle == "pillow"
    return ProductDraft(
        handle=handle,
        title=TITLES[handle],
        summary={"en": f"About the {handle}."},
        description={"en": f"<p>Long words about the {handle}.</p>"},
        category=(PLACES[handle],),
        brand="Lin",
        attributes={"material": MATERIALS[handle], "washable": pillow},
        options=(option,) if pillow else (),
        variants=tuple(
            VariantDraft(sku=f"{handle.upper()}-{colour}", options={"color": colour}, weight_g=400)
            for colour in colours
        )
        if pillow
        else (VariantDraft(sku=handle.upper(), weight_g=1000),),
    )


def follow() -> int:
    """Bring the index up to date and let the next question see it."""
    count = search.follow_once()
    here()[0].look_again()
    return count
