"""What the catalogue tells."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class ProductChanged(Fact, kind="catalog.product_changed", subject="product_id"):
    """Texts, variants, attributes, media or the state of a product are not what they were."""

    product_id: UUID


@dataclass(frozen=True, kw_only=True)
class CategoriesChanged(Fact, kind="catalog.categories_changed", subject="tree"):
    """The tree, a name or an address in it changed."""

    tree: str = "shop"


@dataclass(frozen=True, kw_only=True)
class CollectionsChanged(Fact, kind="catalog.collections_changed", subject="collections"):
    """A collection is new, or has another name, text or address."""

    collections: str = "shop"


@dataclass(frozen=True, kw_only=True)
class MakersChanged(Fact, kind="catalog.makers_changed", subject="makers"):
    """A maker is new, or has another name or story."""

    makers: str = "shop"


@dataclass(frozen=True, kw_only=True)
class PicturesMade(Fact, kind="catalog.pictures_made", subject="product_id"):
    """The renditions of a product's pictures are ready to be shown."""

    product_id: UUID
