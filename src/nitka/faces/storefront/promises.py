"""The promised day in words, on product pages and at the front."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from nitka.ground import clock, locale
from nitka.sale.shipping import queries as shipping
from nitka.shelf.pricing import queries as pricing

# A longer wait than this is no reason to hurry, so it is not counted down.
COUNTED_SECONDS = 24 * 3600


@dataclass(frozen=True)
class PromiseWords:
    words: Markup
    price_words: str


def best(market_code: str, language: str) -> Any:
    """The earliest delivery to the market's usual country, or None where nothing is promised."""
    market = pricing.market(market_code)
    return shipping.best_promise(market.default_country, market_code, clock.now()) if market else None


def in_words(option: Any, language: str) -> str:
    """One plain sentence without a countdown, for the front page."""
    if option is None:
        return ""
    return _("Order now and it arrives %(day)s.") % {"day": _days(option.promise, language)}


def for_product(option: Any, language: str) -> PromiseWords | None:
    """`Arrives Thursday 26 November if you order in 3 h 12 min`, and what it costs."""
    if option is None:
        return None
    price = (
        _("Delivery %(price)s") % {"price": locale.format_money(option.price_minor, option.currency, language)}
        if option.price_minor
        else _("Free delivery")
    )
    return PromiseWords(_sentence(option.promise, language), price)


def _sentence(promise: Any, language: str) -> Markup:
    day = Markup("<b>%s</b>") % _days(promise, language)  # noqa: S704
    left = (promise.order_before - clock.now()).total_seconds() if promise.order_before else 0
    if 0 < left <= COUNTED_SECONDS:
        words = escape(_("Arrives %(day)s if you order in %(time)s"))
        return words % {"day": day, "time": _countdown(promise.order_before, int(left))}
    return escape(_("Arrives %(day)s")) % {"day": day}


def _countdown(before: datetime, left: int) -> Markup:
    hours, minutes = _("%(h)s h %(m)s min"), _("%(m)s min")
    parts = {"h": left // 3600, "m": left % 3600 // 60}
    return Markup('<time datetime="%s" data-countdown data-hours="%s" data-minutes="%s">%s</time>') % (  # noqa: S704
        before.isoformat(timespec="seconds"), hours, minutes, (hours if parts["h"] else minutes) % parts,
    )  # fmt: skip


def _days(promise: Any, language: str) -> str:
    first = locale.format_date(promise.day_from, language)
    if promise.day_to == promise.day_from:
        return first
    return _("between %(first)s and %(last)s") % {
        "first": first, "last": locale.format_date(promise.day_to, language),
    }  # fmt: skip
