"""Questions about payments."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet, Sum

from nitka.sale.payments import epc, providers
from nitka.sale.payments.credit.ledger import imbalances
from nitka.sale.payments.credit.views import (
    CreditLine,
    CreditPart,
    CreditView,
    credit_account,
    credit_lines,
    credit_of,
    credit_plan,
    gift_card,
    gift_card_rows,
)
from nitka.sale.payments.models import Finding, MethodSetting, PayerAccount, Payment, Refund, SavedMean
from nitka.sale.payments.providers import Choice, Next, Offer, Outcome
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

__all__ = [
    "BankInstructions",
    "Choice",
    "CreditLine",
    "CreditPart",
    "CreditView",
    "FindingView",
    "MethodView",
    "Next",
    "Outcome",
    "PaymentView",
    "RefundView",
    "SavedMeanView",
    "bank_instructions",
    "bank_qr_png",
    "by_hand_rows",
    "charge_of",
    "credit_account",
    "credit_lines",
    "credit_of",
    "credit_plan",
    "fee",
    "forget",
    "gift_card",
    "gift_card_rows",
    "hold_for",
    "imbalances",
    "is_known",
    "is_offered",
    "method_name",
    "methods",
    "payment",
    "payment_by_key",
    "payments_of",
    "placed_at_once",
    "refunds_of",
    "view_of",
]  # fmt: skip

STALE_AFTER_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class MethodView:
    """A means of payment that can be chosen; the fee in minor units of the market's currency."""

    code: str
    name: str
    text: str
    fee_minor: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One payment. `state`: started, action, authorised, captured, failed, cancelled, refunded."""

    id: UUID
    reference: UUID
    label: str
    provider: str
    choice: str
    minor: int
    currency: str
    state: str
    provider_ref: str
    captured_minor: int
    refunded_minor: int
    reason: str
    action_url: str
    sent_at: datetime | None
    captured_at: datetime | None
    created_at: datetime
    capture: str = "at_once"
    authorised_minor: int = 0
    asked_minor: int = 0
    authorised_until: datetime | None = None
    customer_id: UUID | None = None
    mean_id: UUID | None = None

    @property
    def is_secured(self) -> bool:
        """Whether goods may leave: the money is here, or set aside for us."""
        return self.state in ("authorised", "captured")

    @property
    def capturable_minor(self) -> int:
        """What is set aside and not asked for yet."""
        return self.authorised_minor - self.asked_minor if self.state == "authorised" else 0

    @property
    def name(self) -> str:
        """The method's name in the active language."""
        found = providers.found().get(self.provider)
        return found.name() if found else self.provider

    @property
    def refundable_minor(self) -> int:
        return self.captured_minor - self.refunded_minor


@dataclass(frozen=True, slots=True)
class RefundView:
    """Money that goes back. `state`: started (the gateway will be asked), done, by_hand (a person sends it)."""

    id: UUID
    minor: int
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedMeanView:
    """A means that a gateway keeps for a customer."""

    id: UUID
    customer_id: UUID
    provider: str
    name: str
    brand: str
    last4: str
    expires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """Where our books and a gateway's differ."""

    id: UUID
    kind: str
    provider: str
    provider_ref: str
    reference: UUID | None
    payment_id: UUID | None
    expected_minor: int
    expected_currency: str
    got_minor: int
    got_currency: str
    note: str
    found_at: datetime
    closed_at: datetime | None
    closed_by: str


@dataclass(frozen=True, slots=True)
class BankInstructions:
    """Where to send the money, what to write, and (in EUR) a code that banking apps read."""

    holder: str
    iban: str
    bic: str
    bank: str
    minor: int
    currency: str
    message: str
    qr_svg: str


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    settings: Mapping[str, MethodSetting]


_known = _Known(0.0, {})


def methods(*, market: str, country: str, total_minor: int) -> tuple[MethodView, ...]:
    """The means of payment for that market, country and amount, in the merchant's order, in the active language."""
    views = [
        (setting.position if setting else each.position, place, each)
        for place, each in enumerate(providers.found().values())
        if _is_offered(each, setting := _settings().get(each.code), market, country, total_minor)
    ]
    return tuple(
        MethodView(each.code, each.name(), each.text(), fee(each.code, market), each.choices())
        for _position, _place, each in sorted(views, key=lambda view: view[:2])
    )


def is_offered(code: str, *, market: str, country: str, total_minor: int) -> bool:
    """Whether that method may be used for that amount there."""
    each = providers.found().get(code)
    return each is not None and _is_offered(each, _settings().get(code), market, country, total_minor)


def is_known(code: str) -> bool:
    """Whether there is a provider of that code."""
    return code in providers.found()


def fee(code: str, market: str) -> int:
    """What the method costs the shopper, in minor units of the market's currency."""
    setting = _settings().get(code)
    if setting:
        return int(setting.fees.get(market, 0))
    each = providers.found().get(code)
    return each.defaults().fees.get(market, 0) if each else 0


def hold_for(code: str) -> timedelta | None:
    """How long goods are kept for an order that is not paid yet; None: until it is cancelled."""
    return providers.found()[code].hold_for


def placed_at_once(code: str) -> bool:
    """Whether an order by that method stands before the money is here."""
    return providers.found()[code].placed_at_once


def method_name(code: str) -> str:
    """The method's name in the active language."""
    found = providers.found().get(code)
    return found.name() if found else code


def payments_of(reference: UUID) -> tuple[PaymentView, ...]:
    """All payments of a reference, oldest first."""
    return tuple(view_of(row) for row in Payment.objects.filter(reference=reference).order_by("created_at", "id"))


def refunds_of(reference: UUID) -> tuple[RefundView, ...]:
    """What goes back or went back of all that was paid for a reference, oldest first; not what a gateway refused."""
    rows = Refund.objects.filter(payment__reference=reference).exclude(state=Refund.State.FAILED)
    return tuple(
        RefundView(row.id, row.minor, row.state, row.done_at or row.created_at) for row in rows.order_by("created_at")
    )


def by_hand_rows() -> QuerySet[Refund]:
    """Refunds that a person must send, the oldest on top; each with its payment."""
    rows = Refund.objects.filter(state=Refund.State.BY_HAND).select_related("payment")
    return rows.order_by("created_at", "id")


def payment(payment_id: UUID) -> PaymentView | None:
    """One payment."""
    row = Payment.objects.filter(id=payment_id).first()
    return view_of(row) if row else None


def payment_by_key(key: str) -> PaymentView | None:
    """The payment that was opened with that key."""
    row = Payment.objects.filter(key=key).first()
    return view_of(row) if row else None


def charge_of(row: Payment) -> providers.Charge:
    """The row as its provider sees it."""
    return providers.Charge(
        payment_id=row.id, key=row.key, label=row.label, minor=row.minor, currency=row.currency, choice=row.choice,
        provider_ref=row.provider_ref, holds=row.capture == "on_shipment", challenge=row.challenge,
        customer_id=row.customer_id, payer_ref=_payer_ref(row), begun=row.created_at,
    )  # fmt: skip


def _payer_ref(row: Payment) -> str:
    if row.customer_id is None or not isinstance(providers.found().get(row.provider), providers.Keeping):
        return ""
    known = PayerAccount.objects.filter(provider=row.provider, customer_id=row.customer_id).values_list(
        "ref", flat=True
    )
    return known.first() or ""


def captured_when(code: str) -> str:
    """When the method's money is taken: at_once or on_shipment."""
    setting = _settings().get(code)
    return setting.capture if setting else "at_once"


def is_secured(reference: UUID) -> bool:
    """Whether any payment of the reference is captured or authorised."""
    return Payment.objects.filter(reference=reference, state__in=("authorised", "captured")).exists()


def saved_means(customer_id: UUID) -> tuple[SavedMeanView, ...]:
    """The means that gateways keep for a customer, newest first."""
    rows = SavedMean.objects.filter(customer_id=customer_id, removed_at=None).order_by("-created_at", "-id")
    return tuple(_mean(row) for row in rows)


def saved_mean(mean_id: UUID) -> SavedMeanView | None:
    """One saved means, with whose it is."""
    row = SavedMean.objects.filter(id=mean_id, removed_at=None).first()
    return _mean(row) if row else None


def _mean(row: SavedMean) -> SavedMeanView:
    return SavedMeanView(
        row.id, row.customer_id, row.provider, method_name(row.provider), row.brand, row.last4, row.expires
    )


def open_findings() -> tuple[FindingView, ...]:
    """Where our books and a gateway's differ and nobody has looked yet, newest first."""
    return tuple(_finding(row) for row in Finding.objects.filter(closed_at=None).order_by("-found_at")[:200])


def closed_findings() -> tuple[FindingView, ...]:
    """What was looked at lately, newest first."""
    return tuple(_finding(row) for row in Finding.objects.exclude(closed_at=None).order_by("-closed_at")[:50])


def _finding(row: Finding) -> FindingView:
    return FindingView(**{name: getattr(row, name) for name in FindingView.__dataclass_fields__})


def captured_of(references: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Reference → what was captured and what was set aside to go back, in minor units, over all its payments."""
    rows = Payment.objects.filter(reference__in=references).values("reference")
    summed = rows.annotate(came=Sum("captured_minor"), went=Sum("refunded_minor"))
    return {row["reference"]: (row["came"], row["went"]) for row in summed}


def bank_instructions(*, label: str, minor: int, currency: str) -> BankInstructions:
    """How to pay by bank transfer into the shop's account; the message is the order's code."""
    shop = content.shop()
    holder = shop.legal_name or shop.name
    svg = epc.svg(holder=holder, iban=shop.iban, bic=shop.bic, minor=minor, message=label) if currency == "EUR" else ""
    return BankInstructions(holder, _grouped(shop.iban), shop.bic, "", minor, currency, label, svg)


def bank_qr_png(*, label: str, minor: int, currency: str) -> bytes:
    """The EPC QR code as a picture for mails; empty where the transfer is not in EUR."""
    shop = content.shop()
    if currency != "EUR":
        return b""
    return epc.png(holder=shop.legal_name or shop.name, iban=shop.iban, bic=shop.bic, minor=minor, message=label)


def view_of(row: Payment) -> PaymentView:
    """The row as a value."""
    return PaymentView(
        row.id, row.reference, row.label, row.provider, row.choice, row.minor, row.currency, row.state,
        row.provider_ref, row.captured_minor, row.refunded_minor, row.reason, row.action_url, row.sent_at,
        row.captured_at, row.created_at, row.capture, row.authorised_minor, row.asked_minor, row.authorised_until,
        row.customer_id, row.mean_id,
    )  # fmt: skip


def forget() -> None:
    """Read the merchant's settings anew at the next question."""
    global _known
    _known = _Known(0.0, {})


def _settings() -> Mapping[str, MethodSetting]:
    global _known
    if time.monotonic() >= _known.until:
        rows = {row.code: row for row in MethodSetting.objects.all()}
        _known = _Known(time.monotonic() + STALE_AFTER_SECONDS, rows)
    return _known.settings


def _is_offered(each: providers.Provider, setting: MethodSetting | None, market: str, country: str, minor: int) -> bool:
    if setting and not setting.active:
        return False
    offer = Offer(tuple(setting.countries), setting.fees, setting.maximum) if setting else each.defaults()
    if offer.countries and country not in offer.countries:
        return False
    if market in offer.maximum and minor > offer.maximum[market]:
        return False
    currency = pricing.market(market).currency
    return each.available(market=market, country=country, currency=currency, minor=minor)


def _grouped(iban: str) -> str:
    plain = iban.replace(" ", "")
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
