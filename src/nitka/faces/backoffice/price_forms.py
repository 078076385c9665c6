"""Prices as people type them in a grid: a cell for each variant and market."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.ground import money
from nitka.shelf.pricing import queries as pricing

Change = tuple[UUID, str, int | None, int | None]


def read_prices(posted: Mapping[str, str]) -> tuple[list[Change], dict[str, str]]:
    """The changed cells as (variant, market, minor, compare-at), and a line of each for the audit log.

    Fields are `price.<variant>:<market>`, `compare.…`, with `was.price.…` beside them. Raises ValueError with a
    sentence for what is no amount.
    """
    currencies = {market.code: market.currency for market in pricing.markets()}
    changes: list[Change] = []
    detail: dict[str, str] = {}
    for name, text in posted.items():
        kind, _dot, key = name.partition(".")
        variant, _colon, market = key.partition(":")
        if kind != "price" or market not in currencies:
            continue
        compare = posted.get(f"compare.{key}", "")
        before = (posted.get(f"was.price.{key}", ""), posted.get(f"was.compare.{key}", ""))
        if (text.strip(), compare.strip()) == before:
            continue
        currency = currencies[market]
        changes.append((UUID(variant), market, amount(text, currency), amount(compare, currency)))
        label = posted.get(f"sku.{variant}", variant)
        detail[f"{label} {market}"] = f"{before[0] or '–'} → {text.strip() or '–'}"
    return changes, detail


def amount(text: str, currency: str) -> int | None:
    """A cell in minor units; empty is None. Raises ValueError with a sentence."""
    if not text.strip():
        return None
    try:
        minor = money.parse(text, currency)
    except ValueError:
        minor = -1
    if minor < 0:
        raise ValueError(
            _("“%(text)s” is no price in %(currency)s. Write it like 12.50.") % {"text": text, "currency": currency}
        )
    return minor


def cell(minor: Any, currency: str) -> str:
    """An amount as the cell shows it: 12.50."""
    return "" if minor is None else str(money.decimal(minor, currency))
