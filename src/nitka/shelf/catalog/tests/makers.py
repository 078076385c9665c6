"""Goods for tests, here and in other domains."""

from uuid import UUID

from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import MediaDraft, OptionDraft, PriceDraft, ProductDraft, Put, VariantDraft


def draft(handle: str = "oak-table", **changes: object) -> ProductDraft:
    """A published product with one variant, whose SKU is the handle in capitals."""
    given: dict[str, object] = {
        "handle": handle,
        "title": {"en": handle.replace("-", " ").title()},
        "category": ("Furniture",),
        "variants": (VariantDraft(sku=handle.upper(), weight_g=1200, prices={"eu": PriceDraft(minor=1999)}),),
    }
    return ProductDraft(**(given | changes))  # type: ignore[arg-type]


def draft_in_sizes(handle: str = "linen-shirt", sizes: tuple[str, ...] = ("S", "M"), **changes: object) -> ProductDraft:
    """A product with a size to choose."""
    option = OptionDraft(code="size", name={"en": "Size"}, values={size.lower(): {"en": size} for size in sizes})
    variants = tuple(
        VariantDraft(sku=f"{handle.upper()}-{size}", options={"size": size.lower()}, weight_g=300) for size in sizes
    )
    return draft(handle, options=(option,), variants=variants, **changes)


def put_product(handle: str = "oak-table", **changes: object) -> Put:
    """Put `draft(handle, …)` and say what became of it."""
    return catalog.put_products(drafts=[draft(handle, **changes)])[0]


def put_variant(handle: str = "oak-table", **changes: object) -> UUID:
    """The only variant of a product that is put."""
    return next(iter(put_product(handle, **changes).variants.values()))


def put_in_sizes(handle: str = "linen-shirt", **changes: object) -> Put:
    """Put `draft_in_sizes(handle, …)` and say what became of it."""
    return catalog.put_products(drafts=[draft_in_sizes(handle, **changes)])[0]


def picture(path: object, **changes: object) -> MediaDraft:
    """A picture's draft."""
    return MediaDraft(path=path, **changes)  # type: ignore[arg-type]
