"""Google Merchant (RSS 2.0 with names of Google's), and Microsoft, who read the same with less in it.

Google: "Product data specification" (support.google.com/merchants/answer/7052112). Microsoft: "Feed file content and
format" (help.ads.microsoft.com, 51084): handling and transit times, sides and models are not in it, and `in stock` is
written with a blank.
"""

from collections.abc import Iterator

from nitka.faces.files.feeds.items import Goods, Item
from nitka.faces.files.feeds.limits import Limits
from nitka.faces.files.feeds.place import Delivery, Place
from nitka.faces.files.feeds.words import centimetres, cut, moment, price, xml

TYPE = "application/xml; charset=utf-8"
GOOGLE = Limits(id=50, title=150, description=5_000, side=100)
MICROSOFT = Limits(id=50, title=150, description=10_000, side=220)
TAIL = "</channel></rss>\n"
MOST_DELIVERIES = 10
_LENGTHS = {"color": 100, "size": 100, "material": 200, "pattern": 100}
_SIDES = ("width", "length", "height")  # as the catalogue holds them: across, deep, high
_MOST_SIDE_MM = 30_000

_Fields = Iterator[tuple[str, str]]


def head(place: Place) -> str:
    """What stands above the goods."""
    shop = xml(place.shop.name)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
        f"<title>{shop}</title><link>{xml(place.base)}/{place.language}/</link><description>{shop}</description>\n"
    )


def google(goods: Goods, place: Place) -> str:
    """The entries of a product's variants."""
    return "".join(_entry(goods, item, place, GOOGLE, _google(goods, item, place)) for item in goods.items)


def microsoft(goods: Goods, place: Place) -> str:
    """The same as Microsoft reads them."""
    return "".join(_entry(goods, item, place, MICROSOFT, _microsoft(item, place)) for item in goods.items)


def _entry(goods: Goods, item: Item, place: Place, limits: Limits, more: _Fields) -> str:
    said = [f"<g:{name}>{xml(value)}</g:{name}>" for name, value in _shared(goods, item, place, limits) if value]
    return f"<item>{''.join(said)}{''.join(f'<g:{name}>{value}</g:{name}>' for name, value in more)}</item>\n"


def _shared(goods: Goods, item: Item, place: Place, limits: Limits) -> _Fields:
    """What both read, as text."""
    yield "id", item.id
    yield "title", cut(item.title, limits.title)
    yield "description", cut(goods.description or item.title, limits.description)
    yield "link", item.link
    for number, picture in enumerate(item.pictures[: limits.pictures + 1]):
        yield "additional_image_link" if number else "image_link", picture.address
    yield "price", price(item.before_minor or item.minor, place.currency)
    if item.before_minor:
        yield "sale_price", price(item.minor, place.currency)
        if item.sale:
            yield "sale_price_effective_date", "/".join(map(moment, item.sale))
    yield "condition", "new"
    yield "brand", cut(goods.brand, 70)
    yield "gtin", item.gtin
    yield "mpn", item.mpn[:70]
    if not item.gtin and not (goods.brand and item.mpn):
        yield "identifier_exists", "no"
    if len(goods.items) > 1:
        yield "item_group_id", goods.group[:50]
    for name, most in _LENGTHS.items():
        yield name, cut(item.fields.get(name, ""), most)
    yield "product_type", cut(goods.trail, 750)
    yield "google_product_category", goods.goods_class
    if item.weight_g:
        yield "shipping_weight", f"{item.weight_g} g"


def _google(goods: Goods, item: Item, place: Place) -> _Fields:
    """What Google alone reads, as XML."""
    yield "availability", "in_stock" if item.in_stock else "out_of_stock"
    for name, side in zip(_SIDES, item.sides_mm, strict=True):
        if 10 <= side <= _MOST_SIDE_MM:
            yield f"product_{name}", centimetres(side)
    if item.weight_g:
        yield "product_weight", f"{item.weight_g} g"
    if item.measure:
        yield "unit_pricing_measure", f"{item.measure[0]} {item.measure[1]}"
        yield "unit_pricing_base_measure", f"1 {item.measure[1]}"
    if goods.model:
        yield "virtual_model_link", xml(goods.model)
    for way in place.deliveries(item.minor, item.weight_g)[:MOST_DELIVERIES]:
        yield "shipping", _delivery(way, place) + _days(way)


def _microsoft(item: Item, place: Place) -> _Fields:
    yield "availability", "in stock" if item.in_stock else "out of stock"
    for way in place.deliveries(item.minor, item.weight_g)[:MOST_DELIVERIES]:
        yield "shipping", _delivery(way, place)


def _delivery(way: Delivery, place: Place) -> str:
    return (
        f"<g:country>{place.country}</g:country><g:service>{xml(way.service)}</g:service>"
        f"<g:price>{price(way.minor, place.currency)}</g:price>"
    )


def _days(way: Delivery) -> str:
    return (
        f"<g:min_handling_time>0</g:min_handling_time><g:max_handling_time>{way.handling_days}</g:max_handling_time>"
        f"<g:min_transit_time>{way.transit_from}</g:min_transit_time>"
        f"<g:max_transit_time>{way.transit_to}</g:max_transit_time>"
    )
