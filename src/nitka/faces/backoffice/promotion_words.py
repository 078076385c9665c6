"""Promotions in words, as the back office says them."""

from collections.abc import Mapping
from typing import Any

from babel.dates import get_day_names
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nitka.ground import locale


def kinds() -> list[tuple[str, str]]:
    """What a promotion can give."""
    return [
        ("percent", _("A percentage off")), ("amount", _("An amount off")),
        ("fixed_price", _("A fixed price for each piece")),
        ("buy_get", _("Buy some, get some")), ("bundle", _("A bundle at its own price")),
        ("delivery", _("Cheaper or free delivery")), ("gift", _("A gift")),
    ]  # fmt: skip


def weekdays() -> list[tuple[int, str]]:
    """The days of the week, Monday first."""
    names = get_day_names("abbreviated", locale=(get_language() or "en")[:2])
    return [(number, str(names[number])) for number in range(7)]


def benefit_text(benefit: Mapping[str, Any]) -> str:
    """What is given, in one line: 10 % off."""
    language = (get_language() or "en")[:2]
    amounts = ", ".join(
        locale.format_money(minor, currency, language) for currency, minor in sorted(benefit.get("amounts", {}).items())
    )
    percent = f"{float(benefit['percent']):g} %" if benefit.get("percent") else ""
    how_much = amounts or percent
    kind = benefit.get("kind")
    is_free = percent == "100 %"
    if kind == "delivery" and is_free:
        return _("free delivery")
    if kind == "buy_get" and is_free:
        return _("buy %(buy)s, get %(get)s free") % {"buy": benefit["buy"], "get": benefit["get"]}
    if kind == "buy_get":
        return _("buy %(buy)s, get %(get)s at %(percent)s off") % {
            "buy": benefit["buy"], "get": benefit["get"], "percent": percent,
        }  # fmt: skip
    if kind == "gift":
        return _("a gift")
    text = {
        "fixed_price": _("%(how_much)s each"), "bundle": _("bundle: %(how_much)s"),
        "delivery": _("delivery: %(how_much)s off"),
    }.get(str(kind), _("%(how_much)s off"))  # fmt: skip
    return text % {"how_much": how_much}
