"""Feeds for agents that shop for people, JSON Lines.

`acp` is products.jsonl of the Agentic Commerce Protocol (spec/2026-04-17, schema.feed.json): a line holds a product
with its variants, prices in minor units, and nothing that the schema does not name. `openai` is the file that OpenAI
takes ("Products", developers.openai.com/commerce/specs/file-upload/products): a line holds a variant, with the flags
that say whether it may be found and bought. It is bought in this shop: that flag stays false while no checkout for
agents is on.
"""

from typing import Any

import orjson

from nitka.faces.files.feeds.items import Goods, Item, Picture
from nitka.faces.files.feeds.limits import Limits
from nitka.faces.files.feeds.place import Place
from nitka.faces.files.feeds.words import cut, moment, price

ACP = Limits(id=255, title=500, description=20_000, side=100, pictures=20)
OPENAI = Limits(id=100, title=150, description=5_000, side=100)
_FIELDS = ("color", "size", "material")


def head(_place: Place) -> str:
    """Nothing stands above the lines."""
    return ""


def acp(goods: Goods, place: Place) -> str:
    """The line of a product."""
    return _line({
        "id": goods.group, "title": goods.title,
        "description": {"plain": cut(goods.description or goods.title, ACP.description)}, "url": goods.link,
        "media": [_picture(each) for each in goods.items[0].pictures[:1]] + _others(goods),
        "variants": [_variant(goods, item, place) for item in goods.items],
    })  # fmt: skip


def _variant(goods: Goods, item: Item, place: Place) -> dict[str, Any]:
    status = "in_stock" if item.in_stock else "out_of_stock"
    found: dict[str, Any] = {
        "id": item.id, "title": cut(item.title, ACP.title), "url": item.link,
        "price": {"amount": item.minor, "currency": place.currency},
        "availability": {"available": item.in_stock, "status": status}, "condition": ["new"],
        "seller": {"name": place.shop.name, "links": [{"type": "refund_policy", "url": place.returns}]},
        "media": [_picture(each) for each in item.pictures[: ACP.pictures]],
        "variant_options": [{"name": name, "value": word} for name, word in item.options],
        "categories": _classes(goods), "barcodes": [{"type": "GTIN", "value": item.gtin}] if item.gtin else [],
    }  # fmt: skip
    if item.before_minor:
        found["list_price"] = {"amount": item.before_minor, "currency": place.currency}
    return found


def _classes(goods: Goods) -> list[dict[str, str]]:
    own = [{"value": goods.trail, "taxonomy": "merchant"}] if goods.trail else []
    return own + (
        [{"value": goods.goods_class, "taxonomy": "google_product_category"}] if goods.goods_class else []
    )  # fmt: skip


def _picture(picture: Picture) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "image", "url": picture.address}
    return found | ({"alt_text": picture.alt} if picture.alt else {})


def _others(goods: Goods) -> list[dict[str, Any]]:
    pairs = (("video", goods.film), ("model", goods.model))
    return [{"type": kind, "url": address} for kind, address in pairs if address]


def openai(goods: Goods, place: Place) -> str:
    """The lines of a product's variants."""
    return "".join(_line(_flat(goods, item, place)) for item in goods.items)


def _flat(goods: Goods, item: Item, place: Place) -> dict[str, Any]:
    pictures = [each.address for each in item.pictures]
    said: dict[str, Any] = {
        "is_eligible_search": True, "is_eligible_checkout": False, "item_id": item.id,
        "title": cut(item.title, OPENAI.title), "description": cut(goods.description or item.title, OPENAI.description),
        "url": item.link, "brand": cut(goods.brand, 70), "condition": "new", "gtin": item.gtin, "mpn": item.mpn[:70],
        "product_category": goods.trail, "image_url": pictures[0] if pictures else "",
        "additional_image_urls": ",".join(pictures[1 : OPENAI.pictures + 1]), "video_url": goods.film,
        "model_3d_url": goods.model, "price": price(item.before_minor or item.minor, place.currency),
        "sale_price": price(item.minor, place.currency) if item.before_minor else "",
        "availability": "in_stock" if item.in_stock else "out_of_stock",
        "group_id": goods.group[:70], "listing_has_variations": len(goods.items) > 1,
        "variant_dict": dict(item.options), "seller_name": place.shop.name[:70],
        "seller_url": f"{place.base}/{place.language}/", "return_policy": place.returns,
        "target_countries": [place.country], "store_country": place.shop.country or place.country,
        "shipping": _shipping(item, place), "weight": f"{item.weight_g} g" if item.weight_g else "",
        **{name: item.fields.get(name, "") for name in _FIELDS},
    }  # fmt: skip
    if item.before_minor and item.sale:
        said["sale_price_start_date"], said["sale_price_end_date"] = map(moment, item.sale)
    if goods.rating:
        mean, count = goods.rating
        said |= {"star_rating": f"{mean // 100}.{mean % 100:02}", "review_count": count}
    return {name: value for name, value in said.items() if value not in ("", [], {})}


def _shipping(item: Item, place: Place) -> list[str]:
    """Country, region, class of delivery, price: one entry for each way."""
    return [
        f"{place.country}::{way.service.replace(':', ' ')}:{price(way.minor, place.currency)}"
        for way in place.deliveries(item.minor, item.weight_g)[:5]
    ]


def _line(data: dict[str, Any]) -> str:
    return orjson.dumps(data).decode() + "\n"
