"""Means of payment. Each is a folder here with a `PROVIDER` in its `__init__`; a new folder is found by itself.

A provider speaks with its gateway and answers with values; it never writes our rows and never holds our locks.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Literal, Protocol
from uuid import UUID

from nitka.ground.problem import Problem

State = Literal["pending", "action", "captured", "failed", "cancelled", "refunded", "by_hand"]


class GatewayTrouble(Exception):
    """The gateway was not reached or said nothing sensible: nobody knows whether it acted. Ask again, same key."""


class ForgedWebhookProblem(Problem):
    """The signature of a webhook is missing, wrong or too old."""

    code = "webhook_refused"
    status = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What a provider needs to know of a payment. `key` makes retries safe: same key, same charge."""

    payment_id: UUID
    key: str
    label: str
    minor: int
    currency: str
    choice: str = ""
    provider_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a charge or refund, in minor units. `pending`: not known yet, will be told later."""

    state: State
    provider_ref: str = ""
    minor: int = 0
    currency: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What happens after the start.

    `done`: settle now. `redirect`: send the payer to `url`. `instructions`: show how to pay. `wait`: the gateway tells
    later.
    """

    kind: Literal["done", "redirect", "instructions", "wait"]
    url: str = ""
    text: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEvent:
    """A verified message: which payment it means (by our id if the gateway keeps it, else by its own), and the news."""

    event_id: str
    payment_id: UUID | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice inside a method, such as one of the demo cards."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether a method can be used, as the merchant set it."""

    countries: tuple[str, ...] = ()
    fees: Mapping[str, int] = field(default_factory=dict)
    maximum: Mapping[str, int] = field(default_factory=dict)


class Provider(Protocol):
    """A means of payment."""

    code: str
    position: int
    hold_for: timedelta | None  # how long goods are kept for an unpaid order; None: until it is cancelled
    placed_at_once: bool  # the order stands before the money is here (bank transfer, cash on delivery)

    def name(self) -> str:
        """For the shopper, in the active language."""

    def text(self) -> str:
        """One sentence on how it works, in the active language."""

    def choices(self) -> tuple[Choice, ...]: ...

    def defaults(self) -> Offer:
        """Countries, fees and limits until the merchant sets them."""

    def available(self, *, market: str, country: str, currency: str, minor: int) -> bool:
        """Whether the provider itself can do it; the merchant's limits come on top."""

    def start(self, charge: Charge, return_url: str) -> Next:
        """Begin. Same key, same charge. Raises GatewayTrouble."""

    def poll(self, charge: Charge) -> Outcome:
        """What the gateway knows of the charge. Raises GatewayTrouble."""

    def cancel(self, charge: Charge) -> Outcome:
        """Give up; answers `captured` where it is too late for that. Raises GatewayTrouble."""

    def refund(self, charge: Charge, minor: int, key: str) -> Outcome:
        """Send money back: `refunded`, `failed`, or `by_hand` where a person must. Raises GatewayTrouble."""

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> WebhookEvent | None:
        """Verify the raw bytes and read them; None for a message of no interest. Raises ForgedWebhookProblem."""


@cache
def found() -> dict[str, Provider]:
    """All providers by code."""
    modules = [importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    providers: list[Provider] = [module.PROVIDER for module in modules]
    return {each.code: each for each in sorted(providers, key=lambda each: (each.position, each.code))}
