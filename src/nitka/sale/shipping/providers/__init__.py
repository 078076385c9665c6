"""Carriers. Each is a folder here; a new folder is found by itself.

A folder has a `CARRIER` in its `__init__`, or a function `carriers()` where one adapter speaks for several. A provider
speaks with its carrier and answers with values; it never writes our rows and never holds our locks.
"""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from nitka.ground.problem import Problem
from nitka.people.customers.queries import PostalAddress


class CarrierTrouble(Exception):
    """The carrier was not reached or said nothing sensible: nobody knows whether it acted. Ask again, same key."""


class CarrierRefusedProblem(Problem):
    """The carrier said no, and why."""

    code = "carrier_refused"
    status = 422


class ForgedMessageProblem(Problem):
    """The signature of a carrier's message is missing or wrong."""

    code = "webhook_refused"
    status = 400


@dataclass(frozen=True, slots=True)
class Tracked:
    """One step of a parcel as its carrier tells it.

    kind: announced, accepted, sorted, out_for_delivery, ready (at a pick-up point), failed (nobody at home), exception,
    delivered, returned. `expected_on`: the carrier's own new day, if it gives one.
    """

    kind: str
    at: datetime
    place: str = ""
    expected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateQuestion:
    """A parcel that a price is asked for."""

    from_country: str
    from_postcode: str
    to_country: str
    to_postcode: str
    weight_g: int
    currency: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class CarrierRate:
    """What a carrier asks for one of its services, in minor units."""

    service: str
    name: str
    minor: int
    currency: str
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelOrder:
    """All that a carrier needs for a label. `key` makes retries safe: same key, same parcel."""

    key: UUID
    service: str
    sender: PostalAddress
    recipient: PostalAddress
    weight_g: int
    note: str = ""
    pickup_point: str = ""
    promised_on: date | None = None
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class LabelMade:
    """A label: the number of the parcel and the paper (PDF). The price only where the carrier says it."""

    number: str
    pdf: bytes
    carrier_ref: str = ""
    minor: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A parcel on a manifest."""

    number: str
    weight_g: int
    country: str
    postcode: str
    carrier_ref: str = ""


@dataclass(frozen=True, slots=True)
class ManifestMade:
    number: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class CarrierMessage:
    """A verified message: which parcel it means, and the news."""

    event_id: str
    number: str
    steps: tuple[Tracked, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A pick-up point as a carrier lists it."""

    code: str
    name: str
    line1: str
    postcode: str
    city: str
    country: str
    hours: str = ""


class Carrier(Protocol):
    """What a carrier can do for us. All but the numbers may use the network and raise CarrierTrouble."""

    code: str
    name: str
    is_demo: bool  # nothing of it reaches a real carrier

    def tracking_number(self, reference: UUID) -> str:
        """A number for a new parcel without a label; empty where only a label gives one."""

    def tracking_url(self, number: str) -> str:
        """Where the shopper can follow it; empty if nowhere."""

    def rates(self, question: RateQuestion) -> Sequence[CarrierRate]:
        """Prices of all services for that parcel."""

    def label(self, order: LabelOrder) -> LabelMade:
        """Same key, same parcel. Raises CarrierTrouble, CarrierRefusedProblem."""

    def cancel_label(self, number: str, carrier_ref: str) -> bool:
        """Whether the carrier lets go of the parcel."""

    def manifest(self, parcels: Sequence[Handed], *, place: PostalAddress, at: datetime) -> ManifestMade:
        """The paper that the driver signs."""

    def pickup(self, *, on: date, ready_at: time, closes_at: time, parcels: int, place: PostalAddress) -> str:
        """Have the parcels fetched; the carrier's number of that."""

    def points(self, country: str) -> Sequence[Point]:
        """Its pick-up points in a country; none where it has no list."""

    def track(self, number: str, *, shipped_at: datetime, promised_on: date | None, until: datetime) -> list[Tracked]:
        """All that is known of a parcel by that moment."""

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> CarrierMessage | None:
        """Verify the raw bytes and read them; None for a message of no interest. Raises ForgedMessageProblem."""


BY_HAND = "by_hand"  # any carrier that is not spoken with: no labels, no news


@cache
def found() -> dict[str, Carrier]:
    """All carriers by code, in the order of their names; a demonstration comes after them, and what is done by hand
    at the very end: the first is what a form offers first."""
    carriers: list[Carrier] = []
    for each in pkgutil.iter_modules(__path__):
        module: Any = importlib.import_module(f"{__name__}.{each.name}")
        carriers += module.carriers() if hasattr(module, "carriers") else [module.CARRIER]
    return {
        carrier.code: carrier
        for carrier in sorted(carriers, key=lambda one: (one.code == BY_HAND, one.is_demo, one.name))
    }
