"""From drafts to rows, a batch at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from nitka.ground.ids import new_id
from nitka.shelf.catalog import cleaning
from nitka.shelf.catalog.drafts import ProductDraft, VariantDraft
from nitka.shelf.catalog.models import Brand, Collection, CollectionProduct, Product, ProductSlug, Variant
from nitka.shelf.catalog.slugs import slugify, wanted_slugs

BATCH = 500
Pairs = Sequence[tuple[ProductDraft, Product]]
_KEPT = {"id", "handle", "created_at"}
_PRODUCT_FIELDS = [field.name for field in Product._meta.concrete_fields if field.name not in _KEPT]
_VARIANT_FIELDS = [field.name for field in Variant._meta.concrete_fields if field.name not in {"id", "sku", "product"}]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the products of a batch stand."""

    categories: Mapping[tuple[str, ...], UUID]
    brands: Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered of a draft: its digest, and what it said part by part (empty: nobody asks)."""

    digest: str
    told: Mapping[str, Any]


def brands_named(names: set[str]) -> dict[str, UUID]:
    """The brands of these names, made where they are missing."""
    handles = {name: slugify(name) or name.casefold()[:200] for name in names}
    known = dict(Brand.objects.filter(handle__in=handles.values()).values_list("handle", "id"))
    missing = {handle: name for name, handle in sorted(handles.items()) if handle not in known}
    made = [Brand(id=new_id(), handle=handle, name=cleaning.plain(name)[:200]) for handle, name in missing.items()]
    Brand.objects.bulk_create(made)
    known |= {brand.handle: brand.id for brand in made}
    return {name: known[handle] for name, handle in handles.items()}


def product_row(draft: ProductDraft, row: Product | None, places: Places, mark: Mark, now: datetime) -> Product:
    """The product as the draft wants it; `row` is what it was."""
    published = row.published_at if row else None
    if published is None and draft.status == Product.Status.PUBLISHED:
        published = now
    return Product(
        id=row.id if row else new_id(), handle=row.handle if row else draft.handle,
        category_id=places.categories.get(draft.category), brand_id=places.brands.get(draft.brand),
        status=draft.status, kind=draft.kind, **_kept(draft, row), **_texts(draft, row),
        tags=[tag[:200] for tag in dict.fromkeys(map(cleaning.plain, draft.tags)) if tag],
        attributes=cleaning.values(draft.attributes), options=_options(draft), position=draft.position,
        digest=mark.digest, told=dict(mark.told), created_at=row.created_at if row else now, updated_at=now,
        published_at=published, slug=dict(row.slug) if row else {},
    )  # fmt: skip


def _kept(draft: ProductDraft, row: Product | None) -> dict[str, str]:
    """What most files do not speak of and must not wipe out: for taxes and customs."""
    customs = cleaning.customs(draft.hs_code, draft.origin_country, draft.customs_name)
    kept = {name: getattr(row, name) if row else "" for name in customs}
    said = {name: value for name, value in customs.items() if value is not None}
    return {"tax_class": draft.tax_class or (row.tax_class if row else "standard"), **kept, **said}


def _options(draft: ProductDraft) -> list[dict[str, Any]]:
    return [
        {
            "code": option.code,
            "name": cleaning.texts(option.name),
            "values": [{"code": code, "name": cleaning.texts(name)} for code, name in option.values.items()],
        }
        for option in draft.options
    ]


def _texts(draft: ProductDraft, row: Product | None) -> dict[str, dict[str, str]]:
    """The draft's texts over those that were there, so that a file in one language leaves the others alone."""
    given = {
        "title": cleaning.texts(draft.title), "summary": cleaning.texts(draft.summary),
        "description": cleaning.html(draft.description, is_markdown=draft.markdown),
        "seo_title": cleaning.texts(draft.seo_title), "seo_description": cleaning.texts(draft.seo_description),
    }  # fmt: skip
    return {name: {**(getattr(row, name) if row else {}), **texts} for name, texts in given.items()}


def give_slugs(pairs: Pairs) -> None:
    """Give each product an address in every language that no other product has or had."""
    wanted = {row.id: wanted_slugs(draft.slug, row.title, draft.handle) for draft, row in pairs}
    second = {row.id: slugify(draft.handle) or row.id.hex[-8:] for draft, row in pairs}
    wishes = {slug for slugs in wanted.values() for slug in slugs.values()}
    seconds = {f"{slug}-{second[id_]}" for id_, slugs in wanted.items() for slug in slugs.values()}
    owners = dict(ProductSlug.objects.filter(slug__in=wishes | seconds).values_list("slug", "product_id"))
    for _draft, row in pairs:
        free = {}
        for language, wish in wanted[row.id].items():
            candidates = (wish, f"{wish}-{second[row.id]}"[:140], f"{wish}-{row.id.hex[-8:]}")
            free[language] = next(slug for slug in candidates if owners.setdefault(slug, row.id) == row.id)
        row.slug = free


def upsert_products(rows: Iterable[Product]) -> None:
    Product.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=_PRODUCT_FIELDS, batch_size=BATCH
    )


def save_slugs(rows: Iterable[Product]) -> None:
    """Remember the addresses; older ones stay, for they are linked to."""
    slugs = [ProductSlug(slug=slug, product_id=row.id) for row in rows for slug in set(row.slug.values())]
    ProductSlug.objects.bulk_create(slugs, ignore_conflicts=True, batch_size=2000)


def upsert_variants(pairs: Pairs, known: Mapping[str, tuple[UUID, UUID]]) -> dict[str, tuple[UUID, UUID]]:
    """Write the variants of the drafts and take the others of these products off sale. SKU → variant, product."""
    rows = [
        _variant_row(variant, row.id, known[variant.sku][0] if variant.sku in known else new_id(), place)
        for draft, row in pairs
        for place, variant in enumerate(draft.variants)
    ]
    Variant.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=_VARIANT_FIELDS, batch_size=BATCH
    )
    mine = {row.id for row in rows}
    others = Variant.objects.filter(product_id__in=[row.id for _draft, row in pairs], active=True)
    gone = [id_ for id_ in others.values_list("id", flat=True) if id_ not in mine]
    Variant.objects.filter(id__in=gone).update(active=False)
    return {row.sku: (row.id, row.product_id) for row in rows}


def _variant_row(draft: VariantDraft, product_id: UUID, variant_id: UUID, place: int) -> Variant:
    length, width, height = draft.dimensions_mm or (None, None, None)
    return Variant(
        id=variant_id, product_id=product_id, sku=draft.sku, gtin=draft.gtin, more_gtins=list(draft.more_gtins),
        mpn=cleaning.plain(draft.mpn)[:255], options=dict(draft.options), position=place, weight_g=draft.weight_g,
        length_mm=length, width_mm=width, height_mm=height, unit=draft.unit, unit_quantity=draft.unit_quantity,
        active=draft.active, attributes=cleaning.values(draft.attributes),
    )  # fmt: skip


def put_in_collections(pairs: Pairs) -> None:
    """Put products into the collections that their drafts name; those that do not exist are passed over."""
    wanted = {handle for draft, _row in pairs for handle in draft.collections}
    if not wanted:
        return
    ids = dict(Collection.objects.filter(handle__in=wanted).values_list("handle", "id"))
    CollectionProduct.objects.bulk_create(
        [
            CollectionProduct(id=new_id(), collection_id=ids[handle], product_id=row.id, position=draft.position)
            for draft, row in pairs
            for handle in dict.fromkeys(draft.collections)
            if handle in ids
        ],
        update_conflicts=True, unique_fields=["collection", "product"], update_fields=["position"],
    )  # fmt: skip
