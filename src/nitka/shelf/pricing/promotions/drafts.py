"""Whether a promotion makes sense, and how it is kept: what a form or a program hands over, put right."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.ground import money
from nitka.shelf.pricing.problems import PromotionProblem
from nitka.shelf.pricing.promotions import rules

_SCOPE_LISTS = ("products", "categories", "tags", "brands", "not_products", "not_categories", "not_tags")
_WORDS = ("labels", "markets", "countries", "channels", "currencies")


def checked_benefit(data: Mapping[str, Any]) -> dict[str, Any]:
    """The benefit as it is kept. Raises PromotionProblem for one that gives nothing, or more than there is."""
    kind = data.get("kind")
    if kind not in rules.KINDS:
        raise PromotionProblem(_("Choose what the promotion gives."), field="kind")
    kept: dict[str, Any] = {"kind": kind}
    percent = _percent(data.get("percent"))
    amounts = _amounts(data.get("amounts"))
    if percent:
        kept["percent"] = str(percent)
    if amounts:
        kept["amounts"] = amounts
    if most := _amounts(data.get("most")):
        kept["most"] = most
    kept |= _of_kind(kind, data, percent, amounts)
    return kept


def _of_kind(kind: str, data: Mapping[str, Any], percent: Decimal, amounts: Mapping[str, int]) -> dict[str, Any]:
    if kind == rules.PERCENT and not percent:
        raise PromotionProblem(_("Say how many per cent it takes off, up to 100."), field="percent")
    if kind in (rules.AMOUNT, rules.FIXED) and not amounts:
        raise PromotionProblem(_("Write an amount for at least one currency."), field="amounts")
    if kind in (rules.BUNDLE, rules.DELIVERY) and not percent and not amounts:
        raise PromotionProblem(_("Write an amount or a percentage."), field="percent")
    if kind == rules.BUY_GET:
        return _buy_get(data, percent)
    if kind == rules.BUNDLE:
        return _bundle(data)
    if kind == rules.DELIVERY:
        return {"options": sorted(data.get("options") or ())}
    if kind == rules.GIFT:
        return _gift(data)
    return {}


def _buy_get(data: Mapping[str, Any], percent: Decimal) -> dict[str, Any]:
    buy, get = _count(data.get("buy")), _count(data.get("get"))
    if not buy or not get:
        raise PromotionProblem(_("Say how many pieces are bought and how many are given."), field="buy")
    kept = {"buy": buy, "get": get, "times": _count(data.get("times")), "percent": str(percent or 100)}
    reward = checked_scope(data.get("reward") or {})
    return kept | ({"reward": reward} if reward else {})


def _bundle(data: Mapping[str, Any]) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {"scope": scope, "pieces": pieces}
        for each in data.get("parts") or ()
        if (scope := checked_scope(each.get("scope") or {})) and (pieces := _count(each.get("pieces")))
    ]
    if not parts or sum(each["pieces"] for each in parts) < 2:
        raise PromotionProblem(_("A bundle has at least two pieces."), field="parts")
    return {"parts": parts, "times": _count(data.get("times"))}


def _gift(data: Mapping[str, Any]) -> dict[str, Any]:
    try:
        variant = UUID(str(data.get("variant")))
    except ValueError:
        raise PromotionProblem(_("Choose the product that is given."), field="variant") from None
    return {"variant": str(variant), "pieces": max(1, _count(data.get("pieces")))}


def checked_conditions(data: Mapping[str, Any]) -> dict[str, Any]:
    """The conditions as they are kept: what does not matter is left out. Raises PromotionProblem."""
    kept: dict[str, Any] = {
        "scope": checked_scope(data.get("scope") or {}), "minimum": _amounts(data.get("minimum")),
        "pieces": _count(data.get("pieces")), "whole_cart": bool(data.get("whole_cart")),
        "first_order": bool(data.get("first_order")), "weekdays": _weekdays(data.get("weekdays") or ()),
        "hours": _hours(data.get("hours")),
    }  # fmt: skip
    kept |= {name: sorted({str(each).strip() for each in data.get(name) or () if str(each).strip()}) for name in _WORDS}
    company = data.get("company") or ""
    if company not in ("", "only", "never"):
        raise PromotionProblem(_("Choose whether it is for companies."), field="company")
    return {name: value for name, value in {**kept, "company": company}.items() if value}


def checked_scope(data: Mapping[str, Any]) -> dict[str, Any]:
    """The goods as they are kept. Raises PromotionProblem for what is no id."""
    kept: dict[str, Any] = {}
    for name in _SCOPE_LISTS:
        if values := sorted({str(each).strip() for each in data.get(name) or () if str(each).strip()}):
            kept[name] = values
    try:
        for name in ("products", "brands", "not_products", "categories", "not_categories"):
            for value in kept.get(name, ()):
                UUID(value)
    except ValueError:
        raise PromotionProblem(_("Choose goods that are in the shop."), field="scope") from None
    return kept | ({"full_price": True} if data.get("full_price") else {})


def checked_budgets(budgets: Mapping[str, int] | None) -> dict[str, int]:
    """Budgets by currency. Raises PromotionProblem for one that is below zero."""
    return _amounts(budgets)


def _percent(value: Any) -> Decimal:
    try:
        percent = Decimal(str(value or 0))
    except InvalidOperation:
        raise PromotionProblem(_("Write the per cent as a number, such as 10."), field="percent") from None
    if not 0 <= percent <= 100:
        raise PromotionProblem(_("Say how many per cent it takes off, up to 100."), field="percent")
    return percent.quantize(Decimal("0.01")) if percent else Decimal(0)


def _amounts(values: Mapping[str, Any] | None) -> dict[str, int]:
    kept = {str(currency).upper(): int(minor) for currency, minor in (values or {}).items() if minor not in (None, "")}
    for currency, minor in kept.items():
        try:
            money.exponent(currency)
        except ValueError:
            raise PromotionProblem(_("Choose a currency of the shop."), field="amounts") from None
        if not 0 <= minor <= 10**13:
            raise PromotionProblem(_("An amount cannot be below zero."), field="amounts")
    return kept


def _count(value: Any) -> int:
    try:
        count = int(value or 0)
    except (TypeError, ValueError):
        raise PromotionProblem(_("Write a whole number of pieces.")) from None
    if not 0 <= count <= 10_000:
        raise PromotionProblem(_("Write a whole number of pieces."))
    return count


def _weekdays(values: Sequence[Any]) -> list[int]:
    days = sorted({int(each) for each in values})
    if any(not 0 <= each <= 6 for each in days):
        raise PromotionProblem(_("Choose days of the week."), field="weekdays")
    return days


def _hours(value: Any) -> list[str]:
    start, end = (str(each).strip() for each in (value or ("", "")))
    if not start and not end:
        return []
    for each in (start, end):
        hour, _colon, minute = each.partition(":")
        if len(each) != 5 or not (hour.isdigit() and minute.isdigit()) or int(hour) > 24 or int(minute) > 59:
            raise PromotionProblem(_("Write hours like 18:00."), field="hours")
    return [start, end]
