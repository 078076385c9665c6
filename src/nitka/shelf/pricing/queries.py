"""Placeholder until the domain arrives."""

from typing import Any


def markets() -> tuple[Any, ...]:
    return ()


def market_for_country(country: str) -> Any:
    return None
