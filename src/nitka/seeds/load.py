"""Loads the demo shop through the doors of the domains, as any other client would. Safe to repeat."""

import time as stopwatch
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import structlog

from nitka.ground import clock
from nitka.ground.locale import LANGUAGES
from nitka.ground.problem import Problem
from nitka.people.events import actions as events
from nitka.sale.shipping import actions as shipping
from nitka.seeds import assembly, crowd, drafts, files, gallery, manuals, past, trade, visitors, wishing
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as goods
from nitka.shelf.content import actions as content
from nitka.shelf.content import queries as pages
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices
from nitka.shelf.search import actions as search

log = structlog.get_logger(__name__)

Progress = Callable[[int, int], None]
FULL_PRICE_SINCE, REDUCED_SINCE = timedelta(days=60), timedelta(days=6)


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadReport:
    """What lies in the shop now, and how long it took."""

    products: int
    variants: int
    changed: int
    pictures: int
    manuals: int
    pages: int
    seconds: float


def is_loaded() -> bool:
    """Whether the shop says who it is; that is the last thing that loading writes."""
    return pages.shop().is_set_up


def load_basics() -> bool:
    """What a new shop of one's own begins with: markets and tax rates, ways of delivery, legal pages to fill in.

    Returns whether anything was put; a shop that has markets already is left as it is.
    """
    events.put_built_in_sources()
    if prices.markets():
        return False
    pricing.set_up_markets()
    shipping.put_built_in_options()
    shipping.put_built_in_customs()
    _put_pages([name for name in files.read("shop.json")["pages"] if name.startswith("legal/")])
    return True


@search.without_haste()
def load_demo_shop(progress: Progress | None = None) -> LoadReport:
    """Put markets, goods, prices, stock, delivery, coupons and pages. What is the same already stays untouched."""
    began = stopwatch.monotonic()
    steps = _Steps(progress, 11 + len(files.products()))
    steps.do(_put_markets)
    steps.do(_put_shelves)
    puts = steps.do(_put_products)
    variants = {sku: id for put in puts for sku, id in put.variants.items()}
    steps.do(lambda: _put_prices(variants))
    steps.do(lambda: _put_stock(variants))
    written = [steps.do(partial(_put_manual, put)) for put in puts]
    steps.do(_put_delivery_and_coupons)
    count = steps.do(lambda: _put_pages(files.read("shop.json")["pages"]) + _put_laid_out_pages())
    events.put_built_in_sources()
    shipping.put_built_in_customs()
    if not is_loaded():
        ids = {put.handle: put.product_id for put in puts}
        steps.do(lambda: trade.put_trade(ids, variants))
        steps.do(lambda: crowd.put_crowd(ids))
    else:
        steps.do(lambda: None)
        steps.do(lambda: None)
    steps.do(search.rebuild)
    steps.do(lambda: content.set_shop(**files.read("shop.json")["settings"]))
    return LoadReport(
        products=len(puts),
        variants=len(variants),
        changed=sum(put.changed for put in puts),
        pictures=sum(len(gallery.media(product)) for product in files.products()),
        manuals=sum(written),
        pages=count,
        seconds=stopwatch.monotonic() - began,
    )


@search.without_haste()
def tell_past(progress: Progress | None = None) -> str:
    """Orders, parcels and returns of people who do not exist; once. Returns the code of a gift card to try, or "".

    After the shop itself: what is on papers is copied from its settings.
    """
    if past.is_told():
        return ""
    stories = past.stories()
    steps = _Steps(progress, len(stories) + 3)
    steps.do(_put_visits)
    for story in stories:
        steps.do(partial(_as_far_as_it_goes, story))
    steps.do(wishing.put_wishes)
    return steps.do(past.gift_card)


def _put_visits() -> int:
    return visitors.put_visits(goods.products_by_handle([product["handle"] for product in files.products()]))


def _as_far_as_it_goes(story: Callable[[], None]) -> None:
    """In a folder of an older day goods may lie elsewhere, or be sold: its shop starts all the same."""
    try:
        story()
    except Problem as problem:
        log.warning("story_not_told_to_its_end", code=problem.code)


class _Steps:
    """Counts what is done for whoever watches."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def do[Result](self, work: Callable[[], Result]) -> Result:
        result = work()
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)
        return result


def _put_markets() -> None:
    shop = files.read("shop.json")
    for position, market in enumerate(shop["markets"]):
        pricing.put_market(**market, position=position)
    rates = files.read("tax_rates.json")["rates"]
    pricing.put_tax_rates(
        rates=[
            (each["country"], each["tax_class"], Decimal(each["rate"]), date.fromisoformat(each["valid_from"]))
            for each in rates
        ]
    )
    for location in shop["locations"]:
        inventory.put_location(**location)


def _put_shelves() -> None:
    catalog.put_attributes(drafts=drafts.attributes())
    catalog.put_categories(drafts=drafts.categories(), history=True)
    catalog.put_collections(drafts=drafts.collections())
    catalog.put_brands(drafts=drafts.makers())
    content.put_goods_classes(classes=files.read("feeds.json")["classes"])


def _put_products() -> list[goods.Put]:
    return catalog.put_products(drafts=[drafts.product(each) for each in files.products()], history=True)


def _put_prices(variants: Mapping[str, UUID]) -> None:
    """In a new shop goods stood at their full price for two months, and what is reduced is so since six days: what
    the pages say of the last 30 days is what was asked in them."""
    rows = [
        (variants[variant["sku"]], market, price["minor"], price.get("compare_at_minor"))
        for variant in _variants()
        for market, price in variant["prices"].items()
    ]
    if not is_loaded():
        with clock.freeze(clock.now() - FULL_PRICE_SINCE):
            full = [(variant, market, before or minor, None) for variant, market, minor, before in rows]
            pricing.set_prices(prices=full, history=True)
        with clock.freeze(clock.now() - REDUCED_SINCE):
            pricing.set_prices(prices=rows, history=True)
    pricing.set_prices(prices=rows, history=True)


def _put_stock(variants: Mapping[str, UUID]) -> None:
    """Only what has no stock yet: a second load must not bring back what was sold."""
    counted = {level.variant_id for level in stock.level_rows()}
    inventory.set_stock(
        levels=[
            (variants[variant["sku"]], location, pieces)
            for variant in _variants()
            if variants[variant["sku"]] not in counted
            for location, pieces in variant["stock"].items()
        ],
        history=True,
    )


def _variants() -> list[dict[str, Any]]:
    return [variant for product in files.products() for variant in product["variants"]]


def _put_manual(put: goods.Put) -> bool:
    """A PDF in all languages, unless the product has one already; and how to assemble what needs it."""
    known = goods.product(put.product_id)
    if known is None or any(media.kind == "document" for media in known.media):
        return False
    product = files.product(put.handle)
    title = {language: manuals.page(product, language)["words"]["manual"] for language in LANGUAGES}
    catalog.add_media(
        product_id=put.product_id, content=manuals.path_of(put.handle).read_bytes(), name=f"{put.handle}.pdf",
        kind="document", title=title,
    )  # fmt: skip
    if assembly.guide(put.handle):
        catalog.add_media(
            product_id=put.product_id, content=assembly.path_of(put.handle).read_bytes(),
            name=f"{put.handle}-assembly.pdf", kind="document", title=files.read("assembly.json")["words"]["title"],
        )  # fmt: skip
    return True


def _put_delivery_and_coupons() -> None:
    for option in files.read("delivery.json"):
        shipping.put_option(**option | {"cut_off": time.fromisoformat(option["cut_off"])})
    for coupon in files.read("coupons.json"):
        pricing.put_coupon(**coupon | {"value": Decimal(coupon["value"])})


def _put_pages(names: list[str]) -> int:
    for position, name in enumerate(names):
        kind, slug = name.split("/")
        texts = files.page(kind, slug)
        draft = content.Draft(
            slug=slug,
            kind=kind,
            title={language: text["title"] for language, text in texts.items()},
            description={language: text["description"] for language, text in texts.items()},
            **_told(texts),
        )
        content.put_page(draft=draft, position=position)
    return len(names)


def _told(texts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The words of a page; below a picture where its English file names one, which leads to the product it shows."""
    body = {language: text["body"] for language, text in texts.items()}
    picture = texts["en"].get("picture")
    if not picture:
        return {"body": body}
    to = picture.removesuffix(":room")
    return {
        "blocks": [{"kind": "picture", "picture": picture, "to": to, "width": "wide"}, {"kind": "text", "text": body}]
    }


def _put_laid_out_pages() -> int:
    """Pages of blocks, and the links of the frame, which lead to all of them."""
    made = files.read("blocks.json")
    for position, each in enumerate(made):
        content.put_page(draft=content.Draft(**each), position=50 + position)
    for place, entries in files.read("menus.json").items():
        content.put_menu(place=place, entries=entries)
    return len(made)
