"""Markets, categories, products, search."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from nitka.faces.api.schemas import (
    FALLBACK,
    REFUSALS,
    Language,
    MarketCode,
    Text,
    cursor_of,
    market_or_default,
    page_of,
)
from nitka.ground import clock
from nitka.ground.web.limits import rate_limit
from nitka.sale.shipping import queries as shipping
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

router = Router()
MOST_A_PAGE = 60


class Market(Schema):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"code": "no", "name": "Norway", "currency": "NOK", "countries": ["NO"],
                                         "languages": ["nb", "en"], "tax_included": True, "default_country": "NO"}]}
    )  # fmt: skip
    code: str
    name: str
    currency: str
    countries: list[str]
    languages: list[str]
    tax_included: bool
    default_country: str


class Category(Schema):
    handle: str
    slug: str
    name: str
    intro: str
    parent: str
    products: int


class Picture(Schema):
    src: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    srcset: str = ""


class ShortRating(Schema):
    mean: float
    count: int


class Card(Schema):
    product_id: UUID
    slug: str
    title: str
    brand: str
    picture: Picture | None
    price_minor: int | None = Field(description="Lowest price in the market; null: not sold there.")
    compare_at_minor: int | None
    currency: str
    from_price: bool
    in_stock: bool
    rating: ShortRating | None = None


class FacetValue(Schema):
    value: str
    label: str
    count: int
    chosen: bool


class Facet(Schema):
    code: str
    label: str
    kind: str
    values: list[FacetValue]


class Products(Schema):
    products: list[Card]
    total: int
    facets: list[Facet]
    corrected: str = Field(description="What was searched instead of a mistyped word.")
    near: bool = Field(description="Nothing has every word; these come nearest.")
    next_cursor: str | None


class Variant(Schema):
    id: UUID
    sku: str
    gtin: str
    options: dict[str, str]
    option_text: str
    price_minor: int | None
    compare_at_minor: int | None
    unit_price_minor: int | None
    unit: str
    available: str = Field(description="none, few (1 to 5) or many")
    weight_g: int | None


class File(Schema):
    """A film, manual or 3-D model. `options` says for which variants it is; empty: for all."""

    kind: str = Field(description="video, document or model (.glb for browsers and Android, .usdz for Apple's phones)")
    src: str
    title: str
    size: int | None = Field(description="in bytes")
    options: dict[str, str]


class Attribute(Schema):
    code: str
    label: str
    value: Any
    text: str
    unit: str = ""
    better: str = Field("", description="higher or lower, where one value is better than another")
    sustainability: bool = False


class Product(Schema):
    product_id: UUID
    handle: str
    slug: str
    slugs: dict[str, str]
    language: str
    title: str
    brand: str
    summary: str
    description_html: str
    category: str
    tags: list[str]
    options: list[dict[str, Any]]
    variants: list[Variant]
    attributes: list[Attribute]
    pictures: list[Picture]
    files: list[File]
    currency: str
    price_minor: int | None
    in_stock: bool
    rating: ShortRating | None = None
    arrives_on: str | None = Field(description="The earliest day of arrival in the market's default country.")


class Suggestion(Schema):
    kind: str
    text: str
    slug: str


@router.get("/markets", response={200: list[Market], **REFUSALS}, summary="Where the shop sells")
def markets(request: HttpRequest) -> Any:
    return [
        Market(
            code=each.code, name=each.name, currency=each.currency, countries=list(each.countries),
            languages=list(each.languages), tax_included=each.tax_display == "gross",
            default_country=each.default_country,
        )
        for each in pricing.markets()
    ]  # fmt: skip


@router.get("/categories", response={200: list[Category], **REFUSALS}, summary="Categories below one, or the top ones")
def categories(request: HttpRequest, language: Language = FALLBACK, parent: Text = "") -> Any:
    return [
        Category(handle=each.handle, slug=each.slug, name=each.name, intro=each.intro, parent=each.parent,
                 products=each.count)
        for each in search.categories(language, parent)
    ]  # fmt: skip


class Asking(Schema):
    """Filters are repeated as `f.<facet>=<value>`; `f.price=1000-5000` in minor units."""

    q: Text = ""
    category: Text = ""
    sort: str = Field("best", pattern="^(best|rated|price_up|price_down|new)$")
    language: Language = FALLBACK
    market: MarketCode = ""
    cursor: Text = ""
    page_size: int = Field(24, ge=1, le=MOST_A_PAGE)


@router.get("/products", response={200: Products, **REFUSALS}, summary="Search and browse")
@rate_limit("search", "300/m", store="memory")
def products(request: HttpRequest, asking: Query[Asking]) -> Any:
    market, page = market_or_default(asking.market), page_of(asking.cursor)
    filters = {name.removeprefix("f."): request.GET.getlist(name) for name in request.GET if name.startswith("f.")}
    found = search.find(
        text=asking.q, category=asking.category or None, filters=filters, sort=asking.sort, page=page,
        page_size=asking.page_size, language=asking.language, market=market,
    )  # fmt: skip
    return Products(
        products=[_card(card) for card in found.cards], total=found.total, corrected=found.corrected, near=found.near,
        facets=[Facet.from_orm(facet) for facet in found.facets],
        next_cursor=cursor_of(page + 1) if page < found.pages else None,
    )  # fmt: skip


@router.get("/products/{slug}", response={200: Product, **REFUSALS}, summary="One product with its variants")
def product(request: HttpRequest, slug: str, language: Language = FALLBACK, market: MarketCode = "") -> Any:
    code = market_or_default(market)
    page = search.product_page(slug=slug, language=language, market=code) if "\x00" not in slug else None
    if page is None:
        raise Http404
    return {
        **{name: getattr(page, name) for name in Product.model_fields if hasattr(page, name)},
        "variants": [Variant.from_orm(each) for each in page.variants],
        "pictures": [_picture(each) for each in page.media if each["kind"] == "picture"],
        "rating": _rating((page.opinions["mean"], page.opinions["count"]) if page.opinions else None),
        "files": [_file(each) for each in (*page.media, *page.documents) if each["kind"] != "picture"],
        "arrives_on": _arrival(code),
    }


@router.get("/suggest", response={200: list[Suggestion], **REFUSALS}, summary="What may be meant by what was typed")
@rate_limit("suggest", "600/m", store="memory")
def suggest(request: HttpRequest, q: Text, language: Language = FALLBACK, market: MarketCode = "") -> Any:
    return [Suggestion.from_orm(each) for each in search.suggest(q, language, market_or_default(market))]


def _card(card: search.Card) -> Card:
    return Card(
        **{name: getattr(card, name) for name in Card.model_fields if name not in ("picture", "rating")},
        picture=_picture(card.picture) if card.picture else None, rating=_rating(card.rating),
    )  # fmt: skip


def _rating(given: Sequence[int] | None) -> ShortRating | None:
    return ShortRating(mean=given[0] / 100, count=given[1]) if given and given[1] else None


def _picture(picture: Mapping[str, Any]) -> Picture:
    src = str(picture["src"])
    return Picture(
        src=src if "://" in src else settings.NITKA_PUBLIC_URL + src, alt=str(picture.get("alt") or ""),
        width=picture.get("width"), height=picture.get("height"), srcset=_absolute(str(picture.get("srcset") or "")),
    )  # fmt: skip


def _file(file: Mapping[str, Any]) -> File:
    src = str(file["original"])
    return File(
        kind=file["kind"], src=src if "://" in src else settings.NITKA_PUBLIC_URL + src,
        title=file["title"] or file["alt"] or "", size=file["size"], options=dict(file["options"]),
    )  # fmt: skip


def _absolute(srcset: str) -> str:
    return srcset.replace("/media/", f"{settings.NITKA_PUBLIC_URL}/media/")


def _arrival(market: str) -> str | None:
    found = pricing.market(market)
    promise = found and shipping.best_promise(country=found.default_country, market=market, at=clock.now())
    return promise.promise.day_to.isoformat() if promise else None
