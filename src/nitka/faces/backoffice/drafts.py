"""A product as the catalogue knows it, turned into a draft that can be put again with something changed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import (
    MediaDraft,
    OptionDraft,
    ProductDraft,
    ProductSource,
    VariantDraft,
    VariantSource,
)


def draft_of(source: ProductSource, **changes: Any) -> ProductDraft:
    """The product as a draft. Files, relations and collections are left out, and so stay as they are."""
    category = next((node for node in catalog.category_tree() if node.id == source.category_id), None)
    draft = ProductDraft(
        handle=source.handle, title=source.title, summary=source.summary, description=source.description,
        seo_title=source.seo_title, seo_description=source.seo_description, slug=source.slug,
        category=(category.handle,) if category else (), brand=source.brand, tags=source.tags, status=source.status,
        kind=source.kind, tax_class=source.tax_class, options=tuple(_option(each) for each in source.options),
        attributes=source.attributes, position=source.position,
        variants=tuple(variant_draft(each) for each in source.variants),
    )  # fmt: skip
    return replace(draft, **changes)


def variant_draft(variant: VariantSource) -> VariantDraft:
    """A variant as a draft, without prices and stock, which belong to other domains."""
    return VariantDraft(
        sku=variant.sku, gtin=variant.gtin, more_gtins=variant.more_gtins, mpn=variant.mpn, options=variant.options,
        weight_g=variant.weight_g, dimensions_mm=(variant.length_mm, variant.width_mm, variant.height_mm),
        unit=variant.unit, unit_quantity=variant.unit_quantity, active=variant.active, attributes=variant.attributes,
    )  # fmt: skip


def media_drafts(source: ProductSource) -> dict[str, MediaDraft]:
    """The product's files as drafts, by their ids."""
    return {
        str(media.id): MediaDraft(
            path=Path(settings.MEDIA_ROOT) / media.file, kind=media.kind, alt=media.alt, title=media.title,
            options=media.options, position=media.position, outline=media.outline,  # type: ignore[arg-type]
        )
        for media in source.media
    }  # fmt: skip


def _option(option: Any) -> OptionDraft:
    return OptionDraft(
        code=option["code"], name=option["name"], values={value["code"]: value["name"] for value in option["values"]}
    )
