"""Feeds that are tables: the catalogue of Meta (Facebook, Instagram), and Pinterest.

Meta: "Catalog fields and specifications" (developers.facebook.com/docs/commerce-platform/catalog/fields). Pinterest:
"Data source requirements" (help.pinterest.com, before-you-get-started-with-catalogs). A machine reads them, so no cell
is guarded against spreadsheets: an apostrophe before a title would be shown to shoppers.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from nitka.faces.files.feeds.items import Goods, Item
from nitka.faces.files.feeds.limits import Limits
from nitka.faces.files.feeds.place import Place
from nitka.faces.files.feeds.words import cut, moment, price

META = Limits(id=100, title=200, description=9_999, side=500, pictures=20)
PINTEREST = Limits(id=127, title=500, description=10_000, side=75)
_BOTH = (
    "id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand",
    "additional_image_link", "sale_price", "item_group_id", "gtin", "mpn", "color", "size", "material", "pattern",
    "product_type", "google_product_category", "shipping",
)  # fmt: skip
_META = (*_BOTH, "sale_price_effective_date", "shipping_weight", "video[0].url")
_PINTEREST = (*_BOTH, "video_link")


def meta_head(_place: Place) -> str:
    """The names of Meta's columns."""
    return _line(_META)


def meta(goods: Goods, place: Place) -> str:
    """The lines of a product's variants for Meta."""
    return "".join(_row(_META, _meta(goods, item, place)) for item in goods.items)


def pinterest_head(_place: Place) -> str:
    """The names of Pinterest's columns."""
    return _line(_PINTEREST)


def pinterest(goods: Goods, place: Place) -> str:
    """The lines of a product's variants for Pinterest."""
    return "".join(
        _row(_PINTEREST, _shared(goods, item, place, PINTEREST) | {"video_link": goods.film}) for item in goods.items
    )


def _meta(goods: Goods, item: Item, place: Place) -> dict[str, str]:
    return _shared(goods, item, place, META) | {
        "sale_price_effective_date": "/".join(map(moment, item.sale)) if item.before_minor and item.sale else "",
        "shipping_weight": f"{item.weight_g} g" if item.weight_g else "", "video[0].url": goods.film,
    }  # fmt: skip


def _shared(goods: Goods, item: Item, place: Place, limits: Limits) -> dict[str, str]:
    pictures = [each.address for each in item.pictures]
    return {
        "id": item.id, "title": cut(item.title, limits.title),
        "description": cut(goods.description or item.title, limits.description),
        "availability": "in stock" if item.in_stock else "out of stock", "condition": "new",
        "price": price(item.before_minor or item.minor, place.currency), "link": item.link,
        "image_link": pictures[0] if pictures else "", "brand": cut(goods.brand, 100),
        "additional_image_link": ",".join(pictures[1 : limits.pictures + 1]),
        "sale_price": price(item.minor, place.currency) if item.before_minor else "",
        "item_group_id": goods.group[:100] if len(goods.items) > 1 else "", "gtin": item.gtin, "mpn": item.mpn[:70],
        **{name: cut(item.fields.get(name, ""), 200) for name in ("color", "size", "material", "pattern")},
        "product_type": cut(goods.trail, 750), "google_product_category": goods.goods_class,
        "shipping": _shipping(item, place),
    }  # fmt: skip


def _shipping(item: Item, place: Place) -> str:
    """Country, region, service and price; what separates them cannot stand in the name of a service."""
    return ",".join(
        f"{place.country}::{way.service.replace(',', ' ').replace(':', ' ')}:{price(way.minor, place.currency)}"
        for way in place.deliveries(item.minor, item.weight_g)[:5]
    )


def _row(columns: Sequence[str], values: Mapping[str, str]) -> str:
    return _line([values[name] for name in columns])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
