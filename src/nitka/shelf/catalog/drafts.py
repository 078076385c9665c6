"""What is handed in: a product as its file, its form or its seed describes it. Reached through `queries`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceDraft:
    """A price in minor units of the market's currency."""

    minor: int
    compare_at_minor: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionDraft:
    """A choice that the shopper makes. `values` are its values in order: code → texts."""

    code: str
    name: Texts
    values: Mapping[str, Texts]


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaDraft:
    """A file of the product. One with only a `url` is not fetched and not shown.

    `options` says for which variants it is. Alt texts default to the product's title. `outline` is where the goods
    stand in a picture from the front: left, top, right, bottom in parts of its sides.
    """

    path: Path | None = None
    url: str = ""
    kind: str = "picture"
    alt: Texts = field(default_factory=dict)
    title: Texts = field(default_factory=dict)
    position: int = 0
    options: Mapping[str, str] = field(default_factory=dict)
    outline: tuple[float, float, float, float] | tuple[()] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class VariantDraft:
    """One variant. `options` is option code → value code; `prices` and `stock` are for pricing and inventory.

    `dimensions_mm` is length, width, height. `unit` ("m", "l", "kg") with `unit_quantity` gives the unit price.
    """

    sku: str
    gtin: str = ""
    more_gtins: tuple[str, ...] = ()
    mpn: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    weight_g: int | None = None
    dimensions_mm: tuple[int | None, int | None, int | None] | None = None
    unit: str = ""
    unit_quantity: Decimal | None = None
    active: bool = True
    attributes: Mapping[str, Any] = field(default_factory=dict)
    prices: Mapping[str, PriceDraft] = field(default_factory=dict)
    stock: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProductDraft:
    """A product as it shall be. Matched by `handle`; its variants by SKU.

    `category` is the path of names (made where missing), or one handle of a category that exists. `description` is
    HTML, or Markdown when `markdown` is set. `related` is (handle of the other, kind).
    """

    handle: str
    title: Texts
    variants: tuple[VariantDraft, ...]
    summary: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    markdown: bool = False
    seo_title: Texts = field(default_factory=dict)
    seo_description: Texts = field(default_factory=dict)
    slug: Texts = field(default_factory=dict)
    category: tuple[str, ...] = ()
    brand: str = ""
    collections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    status: str = "published"
    kind: str = "goods"
    tax_class: str = ""  # empty, and None below: as it was; of a new product "standard" and nothing
    hs_code: str | None = None
    origin_country: str | None = None
    customs_name: str | None = None
    options: tuple[OptionDraft, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    media: tuple[MediaDraft, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    position: int = 0
    language: str = "en"


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryDraft:
    """A category as it shall be, matched by handle. Parents come before their children, or exist."""

    handle: str
    name: Texts
    parent: str = ""
    intro: Texts = field(default_factory=dict)
    seo_title: Texts = field(default_factory=dict)
    seo_description: Texts = field(default_factory=dict)
    slug: Texts = field(default_factory=dict)
    position: int = 0
    facets: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandDraft:
    """A maker as it shall be, matched by the handle of its name. `description` is its story, in plain text."""

    name: str
    description: Texts = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class AttributeDraft:
    """An attribute as it shall be, matched by code. `choices` is code → texts; `better` is higher, lower or empty.

    `sustainability`: it says how the goods spare the world, and pages show it among such.
    """

    code: str
    name: Texts
    kind: str = "text"
    unit: str = ""
    choices: Mapping[str, Texts] = field(default_factory=dict)
    facet: bool = False
    better: str = ""
    sustainability: bool = False
    position: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectionDraft:
    """A collection as it shall be, matched by handle. `products` are handles in order; None leaves what is in it."""

    handle: str
    name: Texts
    intro: Texts = field(default_factory=dict)
    slug: Texts = field(default_factory=dict)
    position: int = 0
    products: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Put:
    """What became of a draft: its product, its variants by SKU, and those of which it said something new."""

    product_id: UUID
    handle: str
    created: bool
    changed: bool
    variants: Mapping[str, UUID]
    news: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A draft that was not taken, and why."""

    handle: str
    sku: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of many drafts: those that are in, and those that were refused."""

    puts: tuple[Put, ...]
    refusals: tuple[Refusal, ...]
