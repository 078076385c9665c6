"""Collections and makers, and where old addresses of shelves lead. Reached through `queries`."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from nitka.shelf.catalog import addresses
from nitka.shelf.catalog.drafts import Texts
from nitka.shelf.catalog.models import Brand, Category, Collection, CollectionProduct, Product


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandView:
    id: UUID
    handle: str
    name: str
    description: Texts


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectionView:
    id: UUID
    handle: str
    name: Texts
    intro: Texts
    slug: Texts
    position: int


def brands() -> dict[UUID, BrandView]:
    """All brands by id."""
    return {row.id: _brand(row) for row in Brand.objects.order_by("name")}


def brand_by_handle(handle: str) -> BrandView | None:
    """The maker with that handle, or None."""
    row = Brand.objects.filter(handle=handle).first()
    return _brand(row) if row else None


def _brand(row: Brand) -> BrandView:
    return BrandView(id=row.id, handle=row.handle, name=row.name, description=row.description)


def collections() -> list[CollectionView]:
    """All collections in their order."""
    return [_collection(row) for row in Collection.objects.order_by("position", "handle")]


def collection_by_slug(slug: str) -> CollectionView | None:
    """The collection that has or had this address in any language, or that handle."""
    row = Collection.objects.filter(id__in=addresses.at("collection", slug)).first()
    row = row or Collection.objects.filter(handle=slug).first()
    return _collection(row) if row else None


def _collection(row: Collection) -> CollectionView:
    return CollectionView(
        id=row.id, handle=row.handle, name=row.name, intro=row.intro, slug=row.slug, position=row.position
    )


def products_in_collection(collection_id: UUID) -> list[UUID]:
    """Its products in their order, whatever their state."""
    places = CollectionProduct.objects.filter(collection_id=collection_id).order_by("position", "id")
    return list(places.values_list("product_id", flat=True))


def counted_in_categories() -> dict[UUID, int]:
    """How many products stand in each category itself, archived ones left out."""
    rows = Product.objects.exclude(status=Product.Status.ARCHIVED).exclude(category=None)
    return dict(rows.values_list("category_id").annotate(Count("id")).order_by())


def counted_in_collections() -> dict[UUID, int]:
    """How many products are in each collection, whatever their state."""
    return dict(CollectionProduct.objects.values_list("collection_id").annotate(Count("id")).order_by())


def category_by_old_slug(slug: str) -> str | None:
    """The handle of the category that has or had this address in any language: what an old link is redirected by."""
    return Category.objects.filter(id__in=addresses.at("category", slug)).values_list("handle", flat=True).first()


def was_a_shelf(kind: str, slug: str) -> bool:
    """Whether a "category" or "collection" has or had this address: what was deleted is remembered by it."""
    return addresses.at(kind, slug).exists()


def collections_with_products() -> list[CollectionView]:
    """Collections in which something is on sale."""
    filled = CollectionProduct.objects.filter(product__status=Product.Status.PUBLISHED).values("collection_id")
    return [_collection(row) for row in Collection.objects.filter(id__in=filled).order_by("position", "handle")]


def makers_with_products() -> list[BrandView]:
    """Those of whom something is on sale."""
    made = Product.objects.filter(status=Product.Status.PUBLISHED, brand__isnull=False).values("brand_id")
    return [_brand(row) for row in Brand.objects.filter(id__in=made).order_by("handle")]
