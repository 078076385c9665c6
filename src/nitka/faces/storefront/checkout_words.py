"""Delivery and its day in words, as cart, checkout and order page say them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import OptionView, PointView


@dataclass(frozen=True)
class Arrival:
    """A way of delivery in words. `price` is "" where it costs nothing."""

    code: str
    name: str
    price: str
    words: str
    day: str
    text: str = ""
    points: tuple[PointView, ...] = ()


def arrival(option: OptionView, language: str, postcode: str = "", country: str = "") -> Arrival:
    """The option in that language, which is the active one. A pick-up brings the points near the postcode: one query
    more."""
    price = locale.format_money(option.price_minor, option.currency, language) if option.price_minor else ""
    first, last = option.promise.day_from, option.promise.day_to
    return Arrival(
        option.code, option.name, price, arrives(first, last, language), last.isoformat(), option.text,
        _points(option, country, postcode) if country else (),
    )  # fmt: skip


def _points(option: OptionView, country: str, postcode: str) -> tuple[PointView, ...]:
    if option.kind != "pickup":
        return ()
    found = shipping.points_near(carrier=option.carrier, country=country, postcode=postcode)
    return (option.point, *found) if option.point and option.point not in found else found


def arrives(first: date, last: date, language: str) -> str:
    """`Arrives Thursday 26 November`, or between two days."""
    if first == last:
        return _("Arrives %(day)s") % {"day": locale.format_date(last, language)}
    return _("Arrives between %(first)s and %(last)s") % {
        "first": locale.format_date(first, language), "last": locale.format_date(last, language),
    }  # fmt: skip
