"""Carriers. Each is a folder here with a `CARRIER` in its `__init__`; a new folder is found by itself."""

import importlib
import pkgutil
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Tracked:
    """One step of a parcel as its carrier tells it."""

    kind: str  # announced, accepted, sorted, out_for_delivery, delivered
    at: datetime
    place: str = ""


class Carrier(Protocol):
    """What a carrier can do for us."""

    code: str
    name: str

    def tracking_number(self, reference: UUID) -> str:
        """A number for a new parcel."""

    def tracking_url(self, number: str) -> str:
        """Where the shopper can follow it; empty if nowhere."""

    def track(self, number: str, *, shipped_at: datetime, promised_on: date | None, until: datetime) -> list[Tracked]:
        """All that is known of a parcel by that moment. May use the network."""


@cache
def found() -> dict[str, Carrier]:
    """All carriers by code."""
    modules = [importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    carriers: list[Carrier] = [module.CARRIER for module in modules]
    return {carrier.code: carrier for carrier in carriers}
