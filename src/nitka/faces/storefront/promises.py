"""The promised day in words, on product pages and at the front."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from nitka.ground import clock, locale
from nitka.sale.shipping import queries as shipping
from nitka.shelf.pricing import queries as pricing

# A longer wait than this is no reason to hurry, so it is not counted down.
COUNTED_SECONDS = 24 * 3600
# While there is more time left than this, it is told in steps of five minutes, so that a page stays true for as long;
# the browser counts every minute.
HURRY_SECONDS, STEP_SECONDS = 3600, 300
# Counted from the day of arrival (directive 2011/83/EU, article 9).
WITHDRAWAL_DAYS = 14


@dataclass(frozen=True)
class PromiseWords:
    words: Markup
    price_words: str


def best(market_code: str) -> shipping.OptionView | None:
    """The earliest delivery to the market's usual country, or None where nothing is promised."""
    market = next((each for each in pricing.markets() if each.code == market_code), None)
    if market is None:
        return None
    return shipping.best_promise(country=market.default_country, market=market_code, at=clock.now())


def way(option: shipping.OptionView | None, language: str) -> list[dict[str, str]]:
    """The way of an order placed now, as knots of the thread: ordered, arrived, time to change one's mind."""
    if option is None:
        return []
    arrives, back = option.promise.day_to, option.promise.day_to + timedelta(days=WITHDRAWAL_DAYS)
    return [
        {
            "title": _("You order"), "state": "done", "when": "", "at": "",
            "text": _("Without an account. You see the day and the price of delivery before you pay."),
        },
        {
            "title": _("It arrives %(day)s") % {"day": _days(option.promise, language)}, "state": "promised",
            "when": "", "at": arrives.isoformat(),
            "text": _("You can follow the parcel on one page, and we write to you at every step."),
        },
        {
            "title": _("Until %(day)s you may change your mind") % {"day": locale.format_date(back, language)},
            "state": "promised", "when": "", "at": back.isoformat(),
            "text": _("One button on the order page is enough; you need not say why."),
        },
    ]  # fmt: skip


def for_product(option: shipping.OptionView | None, language: str) -> PromiseWords | None:
    """`Arrives Thursday 26 November if you order in 3 h 12 min`, and what it costs."""
    if option is None:
        return None
    price = (
        _("Delivery %(price)s") % {"price": locale.format_money(option.price_minor, option.currency, language)}
        if option.price_minor
        else _("Free delivery")
    )
    return PromiseWords(_sentence(option.promise, language), price)


def _sentence(promise: shipping.Promise, language: str) -> Markup:
    day = Markup("<b>%s</b>") % _days(promise, language)
    if promise.order_before:
        left = int((promise.order_before - clock.now()).total_seconds())
        if 0 < left <= COUNTED_SECONDS:
            words = escape(_("Arrives %(day)s if you order in %(time)s"))
            return words % {"day": day, "time": _countdown(promise.order_before, left)}
    return escape(_("Arrives %(day)s")) % {"day": day}


def until(option: shipping.OptionView | None) -> datetime | None:
    """When the words of `for_product` and `way` will be others; None where nothing is promised."""
    before = option.promise.order_before if option else None
    if before is None:
        return None
    left = (before - clock.now()).total_seconds()
    if left > COUNTED_SECONDS:
        return before - timedelta(seconds=COUNTED_SECONDS)
    return before - timedelta(seconds=_told(int(left))) if left > 0 else None


def _told(left: int) -> int:
    """The time left as it is told: never more than there is."""
    return left - left % (STEP_SECONDS if left > HURRY_SECONDS else 60)


def _countdown(before: datetime, left: int) -> Markup:
    hours, minutes = _("%(h)s h %(m)s min"), _("%(m)s min")
    left = _told(left)
    parts = {"h": left // 3600, "m": left % 3600 // 60}
    return Markup('<time datetime="%s" data-countdown data-hours="%s" data-minutes="%s">%s</time>') % (
        before.isoformat(timespec="seconds"), hours, minutes, (hours if parts["h"] else minutes) % parts,
    )  # fmt: skip


def _days(promise: shipping.Promise, language: str) -> str:
    first = locale.format_date(promise.day_from, language)
    if promise.day_to == promise.day_from:
        return first
    return _("between %(first)s and %(last)s") % {
        "first": first, "last": locale.format_date(promise.day_to, language),
    }  # fmt: skip
