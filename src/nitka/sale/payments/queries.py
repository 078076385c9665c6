"""Questions about payments."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet, Sum

from nitka.sale.payments import providers
from nitka.sale.payments.bank import BankInstructions, bank_instructions, bank_qr_png
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
from nitka.sale.payments.findings import FindingView, closed_findings, open_findings
from nitka.sale.payments.means import SavedMeanView, saved_mean, saved_means
from nitka.sale.payments.models import MethodSetting, PayerAccount, Payment, Refund
from nitka.sale.payments.offers import MethodChoice, method_choices
from nitka.sale.payments.providers import AccountTerms, Choice, Embedded, Next, Offer, Outcome, PaymentPage
from nitka.sale.payments.risk.assessing import (
    Attempt,
    RiskRefusedProblem,
    Seen,
    Verdict,
    is_large,
    judge,
    print_of,
    print_of_ip,
)
from nitka.sale.payments.risk.rules import known as _risk_rules_known
from nitka.sale.payments.risk.verbs import RiskView, risk_of, risk_rules
from nitka.sale.payments.statements.keeping import (
    LineView,
    Match,
    StatementView,
    line_rows,
    line_view,
    match_of,
    matches_of,
    statement_line,
)
from nitka.shelf.pricing import queries as pricing

__all__ = [
    "PAID_LATER", "AccountTerms",
    "Attempt", "BankInstructions", "Choice", "CreditLine", "CreditPart", "CreditView", "FindingView", "LineView",
    "Match", "MethodChoice", "MethodView", "Next", "Outcome", "PaymentPage", "PaymentView", "RefundView",
    "RiskRefusedProblem", "RiskView", "SavedMeanView", "Seen", "StatementView", "Verdict", "bank_instructions",
    "bank_qr_png", "by_hand_rows", "captured_of", "captured_when", "charge_of", "closed_findings", "credit_account",
    "credit_lines", "credit_of", "credit_plan", "fee", "forget", "gift_card", "gift_card_rows", "hold_for",
    "imbalances", "is_known", "is_large", "is_offered", "is_secured", "judge", "knows_cards", "line_rows", "line_view",
    "match_of", "matches_of", "method_choices", "method_name", "methods", "open_findings", "payment",
    "payment_by_key", "payments_of", "placed_at_once", "print_of", "print_of_ip", "refunds_of", "risk_of",
    "risk_rules", "saved_mean", "saved_means", "statement_line", "view_of",
]  # fmt: skip

STALE_AFTER_SECONDS = 2.0
# Goods leave before their money is here: it comes at the door, or by the day of the invoice.
PAID_LATER = ("cash_on_delivery", "on_account")


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
    def has_page(self) -> bool:
        """Whether the payer can go on with it in a gateway's form on a page of ours."""
        return self.state in ("started", "action") and isinstance(providers.found().get(self.provider), Embedded)

    @property
    def resume_url(self) -> str:
        """Where the payer can go on at the gateway's own page; empty where there is no such page."""
        waits = self.state in ("started", "action") and self.action_url.startswith(("https://", "/"))
        return self.action_url if waits else ""

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
class _Known:
    until: float
    settings: Mapping[str, MethodSetting]


_known = _Known(0.0, {})


def methods(
    *, market: str, country: str, total_minor: int, account: AccountTerms | None = None
) -> tuple[MethodView, ...]:
    """The means of payment for that market, country and amount, in the merchant's order, in the active language.

    `account`: what the company that buys may still owe; without one nothing is sold on account.
    """
    views = [
        (setting.position if setting else each.position, place, each)
        for place, each in enumerate(providers.found().values())
        if _is_offered(each, setting := _settings().get(each.code), market, country, total_minor, account)
    ]
    return tuple(
        MethodView(each.code, each.name(), _text(each, account), fee(each.code, market), each.choices())
        for _position, _place, each in sorted(views, key=lambda view: view[:2])
    )


def _text(each: providers.Provider, account: AccountTerms | None) -> str:
    return each.text_of(account) if account and isinstance(each, providers.OnTerms) else each.text()


def is_offered(code: str, *, market: str, country: str, total_minor: int, account: AccountTerms | None = None) -> bool:
    """Whether that method may be used for that amount there."""
    each = providers.found().get(code)
    return each is not None and _is_offered(each, _settings().get(code), market, country, total_minor, account)


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


def captured_of(references: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Reference → what was captured and what was set aside to go back, in minor units, over all its payments."""
    rows = Payment.objects.filter(reference__in=references).values("reference")
    summed = rows.annotate(came=Sum("captured_minor"), went=Sum("refunded_minor"))
    return {row["reference"]: (row["came"], row["went"]) for row in summed}


def view_of(row: Payment) -> PaymentView:
    """The row as a value."""
    return PaymentView(
        row.id, row.reference, row.label, row.provider, row.choice, row.minor, row.currency, row.state,
        row.provider_ref, row.captured_minor, row.refunded_minor, row.reason, row.action_url, row.sent_at,
        row.captured_at, row.created_at, row.capture, row.authorised_minor, row.asked_minor, row.authorised_until,
        row.customer_id, row.mean_id,
    )  # fmt: skip


def knows_cards(provider: str) -> bool:
    """Whether that provider tells one card from another, so that the rules of risk may change their mind later."""
    return isinstance(providers.found().get(provider), providers.KnowingCards)


def forget() -> None:
    """Read the merchant's settings anew at the next question."""
    global _known
    _known = _Known(0.0, {})
    _risk_rules_known.forget()


def _settings() -> Mapping[str, MethodSetting]:
    global _known
    if time.monotonic() >= _known.until:
        rows = {row.code: row for row in MethodSetting.objects.all()}
        _known = _Known(time.monotonic() + STALE_AFTER_SECONDS, rows)
    return _known.settings


def _is_offered(
    each: providers.Provider, setting: MethodSetting | None, market: str, country: str, minor: int,
    account: AccountTerms | None,
) -> bool:  # fmt: skip
    if setting and not setting.active:
        return False
    offer = Offer(tuple(setting.countries), setting.fees, setting.maximum) if setting else each.defaults()
    if offer.countries and country not in offer.countries:
        return False
    if market in offer.maximum and minor > offer.maximum[market]:
        return False
    currency = pricing.market(market).currency
    if isinstance(each, providers.OnTerms) and not (account and each.within(account, currency=currency, minor=minor)):
        return False
    return each.available(market=market, country=country, currency=currency, minor=minor)
