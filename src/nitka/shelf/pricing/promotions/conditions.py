"""Whether a promotion may be given, and in words why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from babel.dates import get_day_names
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from nitka.ground import clock, locale
from nitka.shelf.pricing.basket import Buyer
from nitka.shelf.pricing.promotions.rules import AMOUNT, BUNDLE, DELIVERY, FIXED, Conditions, Rule
from nitka.shelf.pricing.promotions.shelf import Shelf

Unmet = tuple[str, Any]  # what is missing, and how much of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where, when and by whom something is bought. `used` is how often this buyer used what is limited."""

    market: str
    currency: str
    zone: str
    country: str
    channel: str
    buyer: Buyer
    now: datetime
    used: Mapping[UUID, int] = field(default_factory=dict)


def unmet(rule: Rule, moment: Moment, shelf: Shelf) -> Unmet | None:
    """The first condition that is not met; None where all are."""
    return _time(rule, moment) or _use(rule, moment) or _who(rule.conditions, moment) or _what(rule, moment, shelf)


def _time(rule: Rule, moment: Moment) -> Unmet | None:
    if rule.starts_at and rule.starts_at > moment.now:
        return "soon", rule.starts_at
    if rule.ends_at and rule.ends_at <= moment.now:
        return "over", None
    conditions = rule.conditions
    if not conditions.weekdays and not conditions.hours:
        return None
    local = clock.local(moment.now, moment.zone)
    if conditions.weekdays and local.weekday() not in conditions.weekdays:
        return "weekdays", conditions.weekdays
    if conditions.hours:
        start, end = conditions.hours
        wall = f"{local:%H:%M}"
        inside = start <= wall < end if start <= end else wall >= start or wall < end
        return None if inside else ("hours", conditions.hours)
    return None


def _use(rule: Rule, moment: Moment) -> Unmet | None:
    if rule.most_each and moment.used.get(rule.id, 0) >= rule.most_each:
        return "used", None
    if rule.left is not None and rule.left < 1:
        return "spent", None
    if rule.budgets is None:
        return None
    if moment.currency not in rule.budgets:
        return "currency", min(rule.budgets, default="")
    return ("spent", None) if rule.budgets[moment.currency] <= 0 else None


def _who(conditions: Conditions, moment: Moment) -> Unmet | None:
    buyer = moment.buyer
    if conditions.markets and moment.market not in conditions.markets:
        return "place", None
    if conditions.countries and moment.country not in conditions.countries:
        return "place", None
    if conditions.channels and moment.channel not in conditions.channels:
        return "channel", None
    if conditions.labels and conditions.labels.isdisjoint((*buyer.labels, *buyer.groups)):
        return "labels", None
    if conditions.first_order and buyer.orders_count:
        return "first_order", None
    is_company = bool(buyer.company_id or buyer.vat_number)
    if conditions.company and is_company != (conditions.company == "only"):
        return "company", conditions.company
    return None


def _what(rule: Rule, moment: Moment, shelf: Shelf) -> Unmet | None:
    conditions, benefit = rule.conditions, rule.benefit
    if conditions.currencies and moment.currency not in conditions.currencies:
        return "currency", min(conditions.currencies)
    if moment.currency not in benefit.amounts and (
        benefit.kind in (AMOUNT, FIXED) or (benefit.kind in (BUNDLE, DELIVERY) and not benefit.percent)
    ):
        return "currency", min(benefit.amounts, default="")
    places = shelf.match(conditions.scope)
    counted = range(len(shelf.items)) if conditions.whole_cart else places
    if conditions.minimum:
        if moment.currency not in conditions.minimum:
            return "currency", min(conditions.minimum)
        missing = conditions.minimum[moment.currency] - sum(shelf.worth[each] for each in counted)
        if missing > 0:
            return "minimum", missing
    if conditions.pieces:
        missing = conditions.pieces - sum(shelf.items[each].quantity for each in counted)
        if missing > 0:
            return "pieces", missing
    return None if places else ("nothing", None)


def words(reason: Unmet, currency: str, zone: str) -> str:
    """Why a code is not usable, as a sentence in the active language."""
    kind, value = reason
    if kind in _VALUED:
        return _VALUED[kind](value, currency, zone)
    return {
        "over": _("This code has ended."),
        "used": _("You have used this code already."),
        "spent": _("This code is used up."),
        "taken": _("This code was used already."),
        "place": _("This code is not for this country."),
        "channel": _("This code is not for orders that are placed here."),
        "labels": _("This code is for certain customers. Sign in if you are one of them."),
        "first_order": _("This code is for a first order."),
        "beaten": _("Another offer saves you more and cannot be joined with this code."),
    }.get(kind, _("There is nothing in the cart that this code could make cheaper."))


def _soon(value: datetime, currency: str, zone: str) -> str:
    day = locale.format_date(clock.local(value, zone).date(), language())
    return _("This code can be used from %(day)s.") % {"day": day}


def _days(value: frozenset[int], currency: str, zone: str) -> str:
    names = get_day_names("abbreviated", locale=language())
    days = ", ".join(str(names[each]) for each in sorted(value))
    return _("This code counts on these days only: %(days)s.") % {"days": days}


def _hours(value: tuple[str, str], currency: str, zone: str) -> str:
    return _("This code counts from %(start)s to %(end)s.") % {"start": value[0], "end": value[1]}


def _currency(value: str, currency: str, zone: str) -> str:
    return _("This code is for purchases in %(currency)s.") % {"currency": value}


def _minimum(value: int, currency: str, zone: str) -> str:
    amount = locale.format_money(value, currency, language())
    return _("Add goods for %(amount)s more to use this code.") % {"amount": amount}


def _pieces(value: int, currency: str, zone: str) -> str:
    text = ngettext("Add %(n)d more piece to use this code.", "Add %(n)d more pieces to use this code.", value)
    return text % {"n": value}


def _company(value: str, currency: str, zone: str) -> str:
    return _("This code is for companies.") if value == "only" else _("This code is not for companies.")


_VALUED: dict[str, Callable[[Any, str, str], str]] = {
    "soon": _soon, "weekdays": _days, "hours": _hours, "currency": _currency, "minimum": _minimum, "pieces": _pieces,
    "company": _company,
}  # fmt: skip


def language() -> str:
    """The active language, or the one that stands in for it."""
    active = (get_language() or locale.FALLBACK)[:2]
    return active if active in locale.LANGUAGE_NAMES else locale.FALLBACK
