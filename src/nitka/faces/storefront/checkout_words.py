"""Delivery and its day in words, as cart, checkout and order page say them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.sale.shipping.queries import OptionView


@dataclass(frozen=True)
class Arrival:
    """A way of delivery in words. `price` is "" where it costs nothing."""

    code: str
    name: str
    price: str
    words: str
    day: str


def arrival(option: OptionView, language: str) -> Arrival:
    """The option in that language, which is the active one."""
    price = locale.format_money(option.price_minor, option.currency, language) if option.price_minor else ""
    first, last = option.promise.day_from, option.promise.day_to
    return Arrival(option.code, option.name, price, arrives(first, last, language), last.isoformat())


def arrives(first: date, last: date, language: str) -> str:
    """`Arrives Thursday 26 November`, or between two days."""
    if first == last:
        return _("Arrives %(day)s") % {"day": locale.format_date(last, language)}
    return _("Arrives between %(first)s and %(last)s") % {
        "first": locale.format_date(first, language), "last": locale.format_date(last, language),
    }  # fmt: skip
