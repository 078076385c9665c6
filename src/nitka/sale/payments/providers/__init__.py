"""Means of payment. Each is a folder here with a `PROVIDER` in its `__init__`; a new folder is found by itself.

A provider speaks with its gateway and answers with values; it never writes our rows and never holds our locks.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, Protocol, runtime_checkable
from uuid import UUID

from nitka.ground.problem import Problem

State = Literal["pending", "action", "authorised", "captured", "failed", "cancelled", "refunded", "by_hand"]


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
    holds: bool = False  # set the money aside now, take it at the shipment
    challenge: bool = False  # the payer must prove who they are (3-D Secure), although their bank would not ask
    customer_id: UUID | None = None
    payer_ref: str = ""  # how the gateway calls that customer, where it knows them
    begun: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A means that the gateway keeps: its token, and what helps people to recognise it."""

    token: str
    payer_ref: str = ""
    brand: str = ""
    last4: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a charge, capture or refund, in minor units. `pending`: not known yet, will be told later."""

    state: State
    provider_ref: str = ""
    minor: int = 0
    currency: str = ""
    reason: str = ""
    in_parts: bool = False  # of an authorised one: it may be taken in several parts
    until: datetime | None = None  # of an authorised one: when the payer's bank lets it go
    card: str = ""  # the gateway's own print of the card, the same for the same card; never its number
    card_country: str = ""  # where the card was issued


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPage:
    """A page of ours with the gateway's own form in it. `hosts` may be reached from this page alone."""

    template: str
    data: Mapping[str, str]
    payer_ref: str = ""  # the gateway's customer that the form may keep means for
    script_hosts: tuple[str, ...] = ()
    frame_hosts: tuple[str, ...] = ()
    connect_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayCharge:
    """A charge in the gateway's own books, for comparing."""

    provider_ref: str
    payment_id: UUID | None
    state: State
    minor: int
    refunded_minor: int
    currency: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What happens after the start.

    `done`: settle now. `redirect`: send the payer to `url`. `page`: show the payer our page with the gateway's form.
    `instructions`: show how to pay. `wait`: the gateway tells later.
    """

    kind: Literal["done", "redirect", "page", "instructions", "wait"]
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


@dataclass(frozen=True, slots=True)
class AccountTerms:
    """What a company may still owe the shop, and in how many days it pays."""

    net_days: int
    left_minor: int
    currency: str


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


@runtime_checkable
class Authorising(Protocol):
    """A provider that can set money aside first and take it later."""

    def capture(self, charge: Charge, minor: int, key: str, *, final: bool) -> Outcome:
        """Take a part of what is set aside; `final` lets the rest go. `captured` or `failed`. Raises GatewayTrouble."""

    def void(self, charge: Charge, key: str) -> Outcome:
        """Let go of what is set aside: `cancelled`, or `captured` where it is too late. Raises GatewayTrouble."""


@runtime_checkable
class Embedded(Protocol):
    """A provider whose form stands in a page of ours."""

    def page(self, charge: Charge, return_url: str) -> PaymentPage:
        """What the page needs, for a charge that was begun. Raises GatewayTrouble."""


@runtime_checkable
class Keeping(Protocol):
    """A provider that keeps means for customers who asked for it."""

    def charge_saved(self, charge: Charge, mean: Mean) -> Outcome:
        """Charge a kept means while the payer is away. `action`: they must come and confirm. Raises GatewayTrouble."""

    def kept_of(self, charge: Charge) -> Mean | None:
        """The means that the payer asked to keep with this charge, if they did. Raises GatewayTrouble."""

    def forget(self, mean: Mean) -> None:
        """Let the gateway delete it; one that is gone is no trouble. Raises GatewayTrouble."""


@runtime_checkable
class OnTerms(Protocol):
    """A provider for companies that have terms with the shop, and for nobody else."""

    def within(self, terms: AccountTerms, *, currency: str, minor: int) -> bool:
        """Whether what the company may still owe covers it."""

    def text_of(self, terms: AccountTerms) -> str:
        """One sentence on how it works for this company, in the active language."""


@runtime_checkable
class KnowingCards(Protocol):
    """A provider whose `poll` tells cards apart, for the rules of risk: `Outcome.card`."""

    knows_cards: Literal[True]


@runtime_checkable
class Listing(Protocol):
    """A provider whose books can be read."""

    def charges(self, since: datetime, until: datetime) -> Iterable[GatewayCharge]:
        """All charges that were made in that time, ours or not. Raises GatewayTrouble."""


@cache
def found() -> dict[str, Provider]:
    """All providers by code."""
    modules = [importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    providers: list[Provider] = [module.PROVIDER for module in modules]
    return {each.code: each for each in sorted(providers, key=lambda each: (each.position, each.code))}
