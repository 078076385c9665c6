"""What the questions answer with. Reached through `queries`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Picture = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A product in a list; no price: not sold here. Pictures: src, srcset, sources, width, height, alt …

    `rating` is (mean in hundredths, how many), None without a review. `unit_price_minor` is what one `unit` costs (a
    litre, a metre) of the cheapest variant; None for goods that are not sold by measure.
    """

    product_id: UUID
    slug: str
    title: str
    brand: str
    picture: Picture | None
    picture2: Picture | None
    price_minor: int | None
    compare_at_minor: int | None
    currency: str
    from_price: bool
    in_stock: bool
    swatches: Sequence[Mapping[str, str]]
    rating: Sequence[int] | None = None
    lowest_30_days_minor: int | None = None
    unit_price_minor: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantOnPage:
    """A variant to choose. `available` is "none", "few" (1 to 5) or "many"; price None: not sold in the market.

    `steps` are (from so many pieces, price of one). A piece holds `unit_quantity` of its `unit`, as "0.5"."""

    id: str
    sku: str
    gtin: str
    mpn: str
    options: Mapping[str, str]
    option_text: str
    price_minor: int | None
    compare_at_minor: int | None
    lowest_30_days_minor: int | None
    unit_price_minor: int | None
    unit: str
    available: str
    weight_g: int | None
    dimensions_mm: Sequence[int | None]
    steps: Sequence[tuple[int, int]] = ()
    unit_quantity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPage:
    """All that a product's page shows. Price fields are of the cheapest variant; `from_price`: others cost more.

    options: {code, name, values: [{code, name}]} · attributes: {code, label, value, text, unit, kind,
    better, sustainability} ·
    media and documents: {kind, src, srcset, sources, original, width, height, placeholder, alt, title, options, size,
    outline} · related: (product id, kind) · breadcrumbs: {handle, name, slug} · seo: {title, description} ·
    opinions: what `opinions.of` made of reviews and questions, None while there are none.
    """

    product_id: UUID
    language: str
    handle: str
    slug: str
    slugs: Mapping[str, str]
    title: str
    brand: str
    summary: str
    description_html: str
    kind: str
    tax_class: str
    tags: Sequence[str]
    breadcrumbs: Sequence[Mapping[str, str]]
    category: str
    options: Sequence[Mapping[str, Any]]
    variants: Sequence[VariantOnPage]
    attributes: Sequence[Mapping[str, Any]]
    media: Sequence[Picture]
    documents: Sequence[Picture]
    related: Sequence[tuple[str, str]]
    seo: Mapping[str, str]
    currency: str
    price_minor: int | None
    compare_at_minor: int | None
    from_price: bool
    in_stock: bool
    maker_story: str = ""
    maker: str = ""  # handle of the brand; empty in rows that were written before there were pages of makers
    opinions: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class AddressView:
    """Where a product is found: slug by language, and what its first pictures are."""

    product_id: UUID
    slugs: Mapping[str, str]
    pictures: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """`kind` is that of the attribute, or "brand", or "price": its values are the lowest and highest in minor units."""

    code: str
    label: str
    kind: str
    values: Sequence[FacetValue]
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryView:
    """A category as its page and menus show it; `count` is of products found, 0 where nothing was asked."""

    id: str
    handle: str
    name: str
    slug: str
    slugs: Mapping[str, str]
    intro: str
    seo_title: str
    seo_description: str
    breadcrumbs: Sequence[Mapping[str, str]]
    parent: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer to a search. `corrected`: searched instead of what was typed; `near`: nothing has every word."""

    cards: list[Card]
    total: int
    page: int
    pages: int
    facets: list[Facet] = field(default_factory=list)
    categories: list[CategoryView] = field(default_factory=list)
    corrected: str = ""
    near: bool = False
    suggestions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """`behind`: changes that this host has not applied. `built_for`: version of the schema and markets."""

    missing: bool
    documents: int
    behind: int
    built_for: str
