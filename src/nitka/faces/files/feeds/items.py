"""The one source of all feeds: goods with their variants, from the rows that product pages are read from.

A batch at a time along the primary key, so that a hundred thousand variants need no more memory than fifty
products, no question for each of them, and no transaction that stays open while somebody reads slowly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from nitka.faces.files.feeds.place import Place
from nitka.faces.files.feeds.words import is_gtin, plain
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

AT_ONCE = 50
# Options and attributes that feeds have a field of its own for.
FIELD_OF = {
    "color": "color", "colour": "color", "glaze": "color", "size": "size", "length": "size", "material": "material",
    "wood": "material", "fabric": "material", "pattern": "pattern",
}  # fmt: skip
# Units that a price may be told by, as Google spells them.
UNITS = {"kg": "kg", "l": "l", "m": "m", "m2": "sqm", "piece": "ct"}
# What feeds take as it is; others are handed out as JPEG (see pictures.py).
_TAKEN = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its whole address."""

    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A variant with a price. `before_minor` is the price before a reduction, `sale` from when to when it is reduced;
    `gtin` is empty unless it is a right one, `gtin_said` is what the merchant wrote; `measure` is how much of which
    unit a piece holds, where its price is told by that."""

    id: str
    variant_id: str
    title: str
    link: str
    minor: int
    before_minor: int | None
    sale: tuple[datetime, datetime] | None
    in_stock: bool
    gtin: str
    gtin_said: str
    mpn: str
    options: tuple[tuple[str, str], ...]
    fields: Mapping[str, str]
    pictures: tuple[Picture, ...]
    weight_g: int
    sides_mm: tuple[int, int, int]
    measure: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A product with its variants that are sold in the market. Without a text in the language of the feed there are no
    items. `categories` are handles, `trail` their names, from the top down."""

    product_id: UUID
    group: str
    title: str
    description: str
    link: str
    brand: str
    categories: tuple[str, ...]
    trail: str
    goods_class: str
    model: str
    film: str
    rating: tuple[int, int] | None
    has_text: bool
    items: tuple[Item, ...]


def goods(place: Place) -> Iterator[Goods]:
    """All products that are on sale, those without items too."""
    for pages in search.product_pages(language=place.language, market=place.market.code, at_once=AT_ONCE):
        reduced = [
            UUID(each.id) for page in pages for each in page.variants if each.compare_at_minor and each.price_minor
        ]
        times = pricing.sale_times(reduced, place.market.code) if reduced else {}
        for page in pages:
            yield _goods(page, place, times)


def _goods(page: search.ProductPage, place: Place, times: Mapping[UUID, tuple[datetime, datetime]]) -> Goods:
    # With its market, so that whoever follows it sees the price that the feed says (a rule of all who read feeds).
    path = f"/{place.language}/p/{quote(page.slugs.get(place.language) or page.slug)}/"
    link = f"{place.base}{path}?market={quote(place.market.code)}"
    spoken = page.language == place.language
    sold = [each for each in page.variants if each.price_minor is not None] if spoken else []
    files = {kind: _first_file(page.media, kind, place.base) for kind in ("model", "video")}
    categories = tuple(step["handle"] for step in page.breadcrumbs)
    opinions = page.opinions or {}
    return Goods(
        product_id=page.product_id, group=page.handle, title=page.title,
        description=plain(page.description_html) or page.summary, link=link, brand=page.brand, categories=categories,
        trail=" > ".join(step["name"] for step in page.breadcrumbs), goods_class=place.class_of(categories),
        model=files["model"], film=files["video"], has_text=spoken,
        rating=(opinions["mean"], opinions["count"]) if opinions.get("count") else None,
        items=_items(page, sold, link, place, times),
    )  # fmt: skip


def _items(
    page: search.ProductPage, sold: Sequence[search.VariantOnPage], link: str, place: Place,
    times: Mapping[UUID, tuple[datetime, datetime]],
) -> tuple[Item, ...]:  # fmt: skip
    if not sold:
        return ()
    words = {(option["code"], value["code"]): value["name"] for option in page.options for value in option["values"]}
    labels = {option["code"]: option["name"] for option in page.options}
    shared = {
        FIELD_OF[each["code"]]: _several(each["value"]) or str(each["text"])
        for each in page.attributes
        if each["code"] in ("material", "color")
    }
    pictures = [each for each in page.media if each["kind"] == "picture"]
    single = len(page.variants) == 1
    return tuple(
        _item(each, page, link if single else f"{link}&variant={quote(each.sku, safe='')}",
              _options(each, words), labels, shared, _pictures(each, pictures, place.base), times)
        for each in sold
    )  # fmt: skip


def _item(
    variant: search.VariantOnPage, page: search.ProductPage, link: str, options: Sequence[tuple[str, str]],
    labels: Mapping[str, str], shared: Mapping[str, str], pictures: tuple[Picture, ...],
    times: Mapping[UUID, tuple[datetime, datetime]],
) -> Item:  # fmt: skip
    sides = [side or 0 for side in (*variant.dimensions_mm, 0, 0, 0)]
    before = variant.compare_at_minor
    minor = variant.price_minor or 0
    return Item(
        id=variant.sku, variant_id=variant.id, link=link, minor=minor,
        title=f"{page.title}, {variant.option_text}" if variant.option_text else page.title,
        before_minor=before if before and before > minor else None,
        sale=times.get(UUID(variant.id)) if before else None, in_stock=variant.available != "none",
        gtin=variant.gtin if is_gtin(variant.gtin) else "",
        gtin_said=variant.gtin, mpn=variant.mpn,
        options=tuple((labels.get(code, code), word) for code, word in options),
        fields=dict(shared) | _fields(options), pictures=pictures, weight_g=variant.weight_g or 0,
        sides_mm=(sides[0], sides[1], sides[2]), measure=_measure(variant),
    )  # fmt: skip


def _measure(variant: search.VariantOnPage) -> tuple[str, str] | None:
    unit = UNITS.get(variant.unit)
    return (variant.unit_quantity, unit) if unit and variant.unit_quantity else None


def _options(variant: search.VariantOnPage, words: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    return [(code, words.get((code, value), value)) for code, value in variant.options.items()]


def _fields(options: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Colour, size, material, pattern of the chosen options; two for one field stand beside each other."""
    found: dict[str, str] = {}
    for code, word in options:
        name = FIELD_OF.get(code)
        if name:
            found[name] = f"{found[name]}/{word}" if name in found else word
    return found


def _several(value: object) -> str:
    """Values that hold together as the channels want them, or nothing where there is one."""
    return "/".join(map(str, value)) if isinstance(value, list) and len(value) > 1 else ""


def _pictures(variant: search.VariantOnPage, media: Sequence[Mapping[str, Any]], base: str) -> tuple[Picture, ...]:
    """Those that show this variant first, then those that stand for all; none that shows another."""
    fitting = [each for each in media if each["options"].items() <= variant.options.items()]
    fitting.sort(key=lambda each: -len(each["options"]))
    return tuple(
        Picture(base + _taken(each["original"]), each["alt"], each["width"] or 0, each["height"] or 0)
        for each in fitting[:20]
    )


def _taken(original: str) -> str:
    if original.lower().endswith(_TAKEN):
        return original
    return f"/feeds/pictures/{original.removeprefix('/media/')}.jpg"


def _first_file(media: Sequence[Mapping[str, Any]], kind: str, base: str) -> str:
    endings = (".glb",) if kind == "model" else (".mp4", ".webm")
    fitting = (each["original"] for each in media if each["kind"] == kind and each["original"].endswith(endings))
    first = next(fitting, "")
    return base + first if first else ""
