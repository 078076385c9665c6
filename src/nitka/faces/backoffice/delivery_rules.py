"""The part of the form of a delivery option that says for which parcels, places and people it is, and its tables."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from nitka.faces.backoffice.price_forms import amount, cell
from nitka.shelf.pricing import queries as pricing

LISTS = ("postcodes", "not_postcodes", "regions", "classes_only", "classes_any", "classes_none", "labels", "not_labels",
         "promotions", "channels")  # fmt: skip
NUMBERS = ("min_weight_g", "max_weight_g", "max_longest_mm", "max_volume_cm3", "max_pieces")


def read(posted: Mapping[str, str]) -> dict[str, Any]:
    """What the form says. Raises ValueError with a sentence."""
    by = posted.get("steps_by") or "weight"
    rules: dict[str, Any] = {name: _list(posted.get(f"rule.{name}", "")) for name in LISTS}
    rules |= {name: _number(posted.get(f"rule.{name}", "")) for name in NUMBERS}
    for name in ("min_goods", "max_goods"):
        rules[name] = {
            market.code: minor
            for market in pricing.markets()
            if (minor := amount(posted.get(f"{name}.{market.code}", ""), market.currency)) is not None
        }
    return {
        "rules": rules, "steps_by": by, "steps": _tables(posted, by), "kind": posted.get("kind") or "home",
        "carrier": posted.get("carrier", ""), "service": posted.get("service", "").strip()[:60],
        "calculated": bool(posted.get("calculated")), "markup_percent": _number(posted.get("markup_percent", "")) or 0,
    }  # fmt: skip


def steps_text(option: Any, market: str) -> str:
    """The table of a market as it is typed: a line a step, `1000 = 9.90`."""
    if option is None:
        return ""
    currency = pricing.market(market).currency
    limit = (lambda value: cell(value, currency)) if option.steps_by == "goods" else str
    return "\n".join(f"{limit(to)} = {cell(minor, currency)}" for to, minor in option.steps.get(market, []))


def _tables(posted: Mapping[str, str], by: str) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for market in pricing.markets():
        for line in posted.get(f"steps.{market.code}", "").splitlines():
            if line.strip():
                found.setdefault(market.code, []).append(_step(line, by, market.currency))
    return found


def _step(line: str, by: str, currency: str) -> tuple[int, int]:
    limit, equals, price = line.partition("=")
    minor = amount(price.strip(), currency)
    upto = amount(limit.strip(), currency) if by == "goods" else _number(limit)
    if not equals or minor is None or not upto:
        raise ValueError(_("Write a line for each step, such as 1000 = 9.90, not “%(line)s”.") % {"line": line.strip()})
    return upto, minor


def _list(text: str) -> list[str]:
    return [word.strip() for word in text.replace(";", ",").split(",") if word.strip()]


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.removeprefix("-").isdecimal() or len(text) > 9:
        raise ValueError(_("“%(text)s” is no whole number.") % {"text": text})
    return int(text)
