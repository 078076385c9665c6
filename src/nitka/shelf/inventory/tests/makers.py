"""Goods on shelves, for tests."""

from uuid import UUID

from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as catalog_queries
from nitka.shelf.inventory import actions as inventory

MAIN = "gdansk"


def a_location(code: str = MAIN) -> str:
    inventory.put_location(code=code, name=code.title(), country="PL", zone="Europe/Warsaw")
    return code


def variants(count: int, *, handle: str = "lamp", tax_class: str = "standard") -> list[UUID]:
    """Variants of one published product, in the order of their keys."""
    sizes = {f"s{n}": {"en": f"Size {n}"} for n in range(count)}
    draft = catalog_queries.ProductDraft(
        handle=handle,
        title={"en": handle.title()},
        tax_class=tax_class,
        options=(catalog_queries.OptionDraft(code="size", name={"en": "Size"}, values=sizes),),
        variants=tuple(
            catalog_queries.VariantDraft(sku=f"{handle}-{n}", options={"size": f"s{n}"}) for n in range(count)
        ),
    )
    return sorted(catalog.put_products(drafts=[draft])[0].variants.values())


def in_stock(on_hand: int, *, handle: str = "lamp", location: str = MAIN) -> UUID:
    """One variant with so many pieces at one location."""
    (variant,) = variants(1, handle=handle)
    inventory.set_stock(levels=[(variant, a_location(location), on_hand)])
    return variant
