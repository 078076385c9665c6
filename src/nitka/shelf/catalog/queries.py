"""Questions to the catalogue. All answers are plain values that outlive the connection."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from nitka.shelf.catalog.choices import (
    MAX_COMBINATIONS,
    Combination,
    MissingVariant,
    count_of,
    known_options,
    missing_variants,
)
from nitka.shelf.catalog.codes import products_by_code
from nitka.shelf.catalog.drafts import (
    AttributeDraft,
    BrandDraft,
    CategoryDraft,
    CollectionDraft,
    MediaDraft,
    OptionDraft,
    Outcome,
    PriceDraft,
    ProductDraft,
    Put,
    Refusal,
    Texts,
    VariantDraft,
)
from nitka.shelf.catalog.glances import VariantView, at_a_glance, picture_of, variants
from nitka.shelf.catalog.models import (
    Attribute,
    Category,
    CategoryAttribute,
    CollectionProduct,
    Media,
    OwedRebuild,
    Product,
    ProductSlug,
    Relation,
    Variant,
)
from nitka.shelf.catalog.pictures import MediaView, view_of
from nitka.shelf.catalog.shelves import (
    BrandView,
    CollectionView,
    brand_by_handle,
    brands,
    category_by_old_slug,
    collection_by_slug,
    collections,
    collections_with_products,
    counted_in_categories,
    counted_in_collections,
    makers_with_products,
    products_in_collection,
    was_a_shelf,
)
from nitka.shelf.catalog.slugs import slugify

__all__ = [
    "MAX_COMBINATIONS", "AttributeDraft", "AttributeView", "BrandDraft", "BrandView", "CategoryDraft", "CategoryNode",
    "CollectionDraft", "CollectionView", "Combination", "MediaDraft", "MediaView", "MissingVariant", "OptionDraft",
    "Outcome", "PriceDraft", "ProductDraft", "ProductSource", "Put", "Refusal", "VariantDraft", "VariantSource",
    "VariantView", "at_a_glance", "attributes", "brand_by_handle", "brands", "categories_of", "category_by_old_slug",
    "category_facets", "category_tree", "changed_at", "collection_by_slug", "collections", "collections_with_products",
    "count_of", "counted_in_categories", "counted_in_collections", "known_options",
    "makers_with_products", "missing_variants", "owed_rebuilds", "picture_of", "product",
    "product_by_handle", "product_by_slug", "product_ids", "product_rows", "product_source", "products_by_code",
    "products_by_handle", "products_in_collection", "products_of_variants", "products_without_renditions", "slugify",
    "variant_ids_by_sku", "variants", "variants_of", "was_a_shelf",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryNode:
    """A category in its place. `ancestor_ids` runs from the root to its parent."""

    id: UUID
    handle: str
    parent_id: UUID | None
    ancestor_ids: tuple[UUID, ...]
    slug: Texts
    name: Texts
    intro: Texts
    seo_title: Texts
    seo_description: Texts
    depth: int
    position: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AttributeView:
    """What an attribute is called and how its values are meant. `choices` is code → texts."""

    code: str
    kind: str
    unit: str
    name: Texts
    choices: Mapping[str, Texts]
    facet: bool
    better: str
    position: int
    sustainability: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class VariantSource:
    """A variant for the read side; prices and stock are asked of their own domains."""

    id: UUID
    sku: str
    gtin: str
    more_gtins: tuple[str, ...]
    mpn: str
    options: Mapping[str, str]
    position: int
    weight_g: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    unit: str
    unit_quantity: Decimal | None
    active: bool
    attributes: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProductSource:
    """All that the catalogue knows of a product. `category_ids` runs from the root down to its own category.

    `options` is a tuple of {code, name, values: [{code, name}]}; `attributes` is {code: value} (see `attributes()`).
    `media` holds pictures, films, documents and models in order; `related` is (id of the other, kind).
    """

    id: UUID
    handle: str
    status: str
    kind: str
    tax_class: str
    category_id: UUID | None
    category_ids: tuple[UUID, ...]
    brand_id: UUID | None
    brand: str
    title: Texts
    summary: Texts
    description: Texts
    seo_title: Texts
    seo_description: Texts
    slug: Texts
    tags: tuple[str, ...]
    attributes: Mapping[str, Any]
    options: tuple[Mapping[str, Any], ...]
    position: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    variants: tuple[VariantSource, ...]
    media: tuple[MediaView, ...]
    related: tuple[tuple[UUID, str], ...]
    collection_ids: tuple[UUID, ...]
    hs_code: str = ""
    origin_country: str = ""
    customs_name: str = ""
    brand_handle: str = ""


def product(product_id: UUID) -> ProductSource | None:
    """One product in any state, or None."""
    return next(iter(product_source([product_id])), None)


def product_source(product_ids: Sequence[UUID]) -> list[ProductSource]:
    """Everything known of these products, in the order asked for, in five queries for any number of them."""
    rows = {row.id: row for row in Product.objects.filter(id__in=product_ids).select_related("category", "brand")}
    own = variants_of(rows)
    media_of: dict[UUID, list[MediaView]] = defaultdict(list)
    for media in Media.objects.filter(product_id__in=rows).order_by("position", "id"):
        media_of[media.product_id].append(view_of(media))
    related_of: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    relations = Relation.objects.filter(product_id__in=rows).order_by("position", "id")
    for product_id, other_id, kind in relations.values_list("product_id", "other_id", "kind"):
        related_of[product_id].append((other_id, kind))
    collections_of: dict[UUID, list[UUID]] = defaultdict(list)
    places = CollectionProduct.objects.filter(product_id__in=rows).order_by("position", "id")
    for product_id, collection_id in places.values_list("product_id", "collection_id"):
        collections_of[product_id].append(collection_id)
    return [
        _product_source(rows[id_], own[id_], media_of[id_], related_of[id_], collections_of[id_])
        for id_ in product_ids
        if id_ in rows
    ]


def variants_of(product_ids: Iterable[UUID]) -> dict[UUID, list[VariantSource]]:
    """The variants of these products in their order, product → variants. One query."""
    found: dict[UUID, list[VariantSource]] = defaultdict(list)
    for variant in Variant.objects.filter(product_id__in=list(product_ids)).order_by("product_id", "position", "sku"):
        found[variant.product_id].append(_variant_source(variant))
    return found


def _product_source(
    row: Product,
    variants: list[VariantSource],
    media: list[MediaView],
    related: list[tuple[UUID, str]],
    collection_ids: list[UUID],
) -> ProductSource:
    return ProductSource(
        id=row.id, handle=row.handle, status=row.status, kind=row.kind, tax_class=row.tax_class,
        category_id=row.category_id, category_ids=_path_ids(row.category.path) if row.category else (),
        brand_id=row.brand_id, brand=row.brand.name if row.brand else "",
        title=row.title, summary=row.summary, description=row.description, seo_title=row.seo_title,
        seo_description=row.seo_description, slug=row.slug, tags=tuple(row.tags), attributes=row.attributes,
        options=tuple(row.options), position=row.position, created_at=row.created_at, updated_at=row.updated_at,
        published_at=row.published_at, variants=tuple(variants), media=tuple(media), related=tuple(related),
        collection_ids=tuple(collection_ids), hs_code=row.hs_code, origin_country=row.origin_country,
        customs_name=row.customs_name, brand_handle=row.brand.handle if row.brand else "",
    )  # fmt: skip


def _variant_source(row: Variant) -> VariantSource:
    return VariantSource(
        id=row.id, sku=row.sku, gtin=row.gtin, more_gtins=tuple(row.more_gtins), mpn=row.mpn, options=row.options,
        position=row.position, weight_g=row.weight_g, length_mm=row.length_mm, width_mm=row.width_mm,
        height_mm=row.height_mm, unit=row.unit, unit_quantity=row.unit_quantity, active=row.active,
        attributes=row.attributes,
    )  # fmt: skip


def _path_ids(path: str) -> tuple[UUID, ...]:
    return tuple(UUID(part) for part in path.split("/") if part)


def category_tree() -> list[CategoryNode]:
    """All categories, each parent before its children, siblings in their order."""
    rows = list(Category.objects.order_by("position", "handle"))
    children: dict[UUID | None, list[Category]] = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)
    nodes: list[CategoryNode] = []
    todo = list(reversed(children[None]))
    while todo:
        row = todo.pop()
        nodes.append(_node(row))
        todo.extend(reversed(children[row.id]))
    return nodes


def _node(row: Category) -> CategoryNode:
    ancestors = _path_ids(row.path)[:-1]
    return CategoryNode(
        id=row.id, handle=row.handle, parent_id=row.parent_id, ancestor_ids=ancestors, slug=row.slug, name=row.name,
        intro=row.intro, seo_title=row.seo_title, seo_description=row.seo_description, depth=len(ancestors),
        position=row.position,
    )  # fmt: skip


def categories_of(category_id: UUID) -> tuple[UUID, ...]:
    """That category and all below it."""
    row = Category.objects.filter(id=category_id).only("path").first()
    if row is None:
        return ()
    return tuple(Category.objects.filter(path__startswith=row.path).values_list("id", flat=True))


def category_facets() -> dict[UUID, tuple[str, ...]]:
    """Category → codes of the attributes that shoppers may filter by there, in order."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = CategoryAttribute.objects.filter(facet=True).order_by("position", "attribute__code")
    for category_id, code in rows.values_list("category_id", "attribute__code"):
        found[category_id].append(code)
    return {category_id: tuple(codes) for category_id, codes in found.items()}


def attributes(codes: Iterable[str] | None = None) -> dict[str, AttributeView]:
    """What these attributes are (all of them without codes), by code."""
    rows = Attribute.objects.all() if codes is None else Attribute.objects.filter(code__in=list(codes))
    return {
        row.code: AttributeView(
            code=row.code, kind=row.kind, unit=row.unit, name=row.name, choices=row.choices, facet=row.facet,
            better=row.better, position=row.position, sustainability=row.sustainability,
        )
        for row in rows
    }  # fmt: skip


def variant_ids_by_sku(skus: Iterable[str]) -> dict[str, UUID]:
    """SKU → variant, for those that exist."""
    return dict(Variant.objects.filter(sku__in=list(skus)).values_list("sku", "id"))


def variant_ids_by_number(number: str) -> frozenset[UUID]:
    """Variants with that SKU or GTIN, as a scanner types it: a GTIN may come with or without leading zeros."""
    text = number.strip()
    plain = text.lstrip("0")
    codes = {text, *(plain.zfill(length) for length in (8, 12, 13, 14))} if plain.isdigit() else {text}
    found = Q(sku__iexact=text) | Q(gtin__in=codes)
    for code in codes:
        found |= Q(more_gtins__contains=[code])
    return frozenset(Variant.objects.filter(found).values_list("id", flat=True)) if text else frozenset()


def products_of_variants(variant_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Variant → its product."""
    return dict(Variant.objects.filter(id__in=list(variant_ids)).values_list("id", "product_id"))


def product_ids(*, status: str = "") -> list[UUID]:
    """All products, or those in that state, oldest first."""
    rows = Product.objects.filter(status=status) if status else Product.objects.all()
    return list(rows.order_by("id").values_list("id", flat=True))


def product_by_handle(handle: str) -> UUID | None:
    """The product with that handle, or None."""
    return Product.objects.filter(handle=handle).values_list("id", flat=True).first()


def products_by_handle(handles: Iterable[str]) -> dict[str, UUID]:
    """Handle → product, for those that exist."""
    return dict(Product.objects.filter(handle__in=list(handles)).values_list("handle", "id"))


def changed_at(product_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the texts, variants or pictures of these products were last changed."""
    return dict(Product.objects.filter(id__in=list(product_ids)).values_list("id", "updated_at"))


def product_by_slug(slug: str) -> UUID | None:
    """The product that has or had this address in any language: what an old link is redirected by."""
    return ProductSlug.objects.filter(slug=slug).values_list("product_id", flat=True).first()


def product_rows(*, search: str = "", status: str = "") -> QuerySet[Product]:
    """Products for the back office, newest first; `search` looks at handle, title and SKU."""
    rows = Product.objects.select_related("category", "brand").order_by("-created_at", "-id")
    if status:
        rows = rows.filter(status=status)
    if search:
        by_sku = Variant.objects.filter(sku__icontains=search).values("product_id")
        rows = rows.annotate(titles=Cast("title", TextField())).filter(
            Q(handle__icontains=search) | Q(titles__icontains=search) | Q(id__in=by_sku)
        )
    return rows


def owed_rebuilds() -> list[UUID]:
    """Products that were put as history and not reported as rebuilt since, also by an import that was killed."""
    return list(OwedRebuild.objects.order_by("product_id").values_list("product_id", flat=True))


def products_without_renditions() -> list[UUID]:
    """Products with a picture whose renditions were not made yet."""
    rows = Media.objects.filter(kind=Media.Kind.PICTURE, made_at=None)
    return list(rows.order_by("product_id").values_list("product_id", flat=True).distinct())
