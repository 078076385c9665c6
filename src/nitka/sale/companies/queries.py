"""Questions about what companies agreed with the shop: limits, approvals, terms, quotes, lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from nitka.ground import clock
from nitka.ground.ids import read_code
from nitka.sale.companies import members
from nitka.sale.companies.actions.approvals import may_decide, needs_approval
from nitka.sale.companies.members import Member, TermsView, forget, member_of, memberships, people, terms_of_all
from nitka.sale.companies.models import Approval, Quote, QuoteLine, ReorderLine, ReorderList
from nitka.sale.payments.queries import AccountTerms
from nitka.shelf.content import queries as content

__all__ = [
    "ApprovalView", "ListView", "Member", "QuoteLineView", "QuoteView", "TermsView", "account", "agreed_prices",
    "approval", "approval_of_cart", "approvals_for", "forget", "list_for", "lists_of", "may_decide", "member_of",
    "memberships", "needs_approval", "people", "quote", "quote_by_code", "quote_rows", "quotes_of_company",
    "quotes_to_answer", "terms",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalView:
    """A question to spend more than one may. `state`: asked, approved, refused, used or lapsed."""

    id: UUID
    company_id: UUID
    cart_id: UUID
    customer_id: UUID
    lines: tuple[dict[str, Any], ...]
    total_minor: int
    currency: str
    words: str
    state: str
    asked_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    answer: str
    goods_print: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLineView:
    """A line of a quote; prices are for a piece."""

    id: UUID
    variant_id: UUID
    sku: str
    title: str
    option_text: str
    pieces: int
    list_minor: int
    asked_minor: int | None
    answered_minor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A quote with its lines. `state`: asked, answered, accepted, declined, expired or ordered."""

    id: UUID
    code: str
    company_id: UUID
    customer_id: UUID
    state: str
    market: str
    language: str
    currency: str
    words: str
    answer: str
    valid_until: date | None
    asked_at: datetime
    answered_at: datetime | None
    cart_id: UUID | None
    order_id: UUID | None
    lines: tuple[QuoteLineView, ...]

    @property
    def list_minor(self) -> int:
        return sum(each.pieces * each.list_minor for each in self.lines)

    @property
    def answered_minor(self) -> int | None:
        """What all of it costs by the answer."""
        if any(each.answered_minor is None for each in self.lines):
            return None
        return sum(each.pieces * (each.answered_minor or 0) for each in self.lines)

    @property
    def can_accept(self) -> bool:
        return self.state in ("answered", "accepted")


@dataclass(frozen=True, slots=True)
class ListView:
    """A list for ordering again. `lines`: variant → pieces."""

    id: UUID
    name: str
    company_id: UUID | None
    customer_id: UUID
    changed_at: datetime
    lines: Mapping[UUID, int]

    @property
    def pieces(self) -> int:
        return sum(self.lines.values())


def terms(company_id: UUID) -> TermsView | None:
    """What was agreed with a company."""
    return terms_of_all([company_id]).get(company_id)


def account(company_id: UUID, agreed: TermsView | None) -> AccountTerms | None:
    """What the company may still owe by these terms; None where nothing is sold to it on account."""
    return members.account_of(company_id, agreed)


def approval(approval_id: UUID) -> ApprovalView | None:
    """One question."""
    row = Approval.objects.filter(id=approval_id).first()
    return _approval(row) if row else None


def approval_of_cart(cart_id: UUID) -> ApprovalView | None:
    """The last question about a cart."""
    row = Approval.objects.filter(cart_id=cart_id).order_by("-asked_at").first()
    return _approval(row) if row else None


def approvals_for(member: Member, limit: int = 50) -> tuple[ApprovalView, ...]:
    """What somebody may decide, and what they asked themselves; the newest on top."""
    mine = Q(customer_id=member.customer_id)
    rows = Approval.objects.filter(company_id=member.company_id)
    rows = rows if member.may_approve else rows.filter(mine)
    return tuple(_approval(row) for row in rows.order_by("-asked_at")[:limit])


def quote(quote_id: UUID) -> QuoteView | None:
    """One quote."""
    row = Quote.objects.filter(id=quote_id).first()
    return _quotes([row])[0] if row else None


def quote_by_code(code: str) -> QuoteView | None:
    """The quote of that code, however it was typed."""
    row = Quote.objects.filter(code=read_code(code)).first()
    return _quotes([row])[0] if row else None


def quotes_of_company(company_id: UUID, limit: int = 50) -> tuple[QuoteView, ...]:
    """Those of a company, the newest on top. Two questions."""
    return _quotes(list(Quote.objects.filter(company_id=company_id).order_by("-asked_at")[:limit]))


def quote_rows(state: str = "") -> QuerySet[Quote]:
    """Quotes for tables of the back office, the newest on top, with the company and how many lines each has."""
    rows = Quote.objects.select_related("company").annotate(count=Count("id")).order_by("-asked_at", "-id")
    return rows.filter(state=state) if state else rows


def quotes_to_answer() -> int:
    """How many wait for the shop."""
    return Quote.objects.filter(state=Quote.State.ASKED).count()


def agreed_prices(quote_id: UUID, cart_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Variant → from so many pieces on, a piece at that price: what was agreed for this cart, while it is valid."""
    today = clock.local(clock.now(), content.shop().zone).date()
    rows = QuoteLine.objects.filter(
        quote_id=quote_id, quote__cart_id=cart_id, quote__state__in=["accepted", "ordered"],
        quote__valid_until__gte=today, answered_minor__isnull=False,
    )  # fmt: skip
    found = rows.values_list("variant_id", "pieces", "answered_minor")
    return {variant: (pieces, price) for variant, pieces, price in found if price is not None}


def lists_of(customer_id: UUID, company_ids: tuple[UUID, ...] = ()) -> tuple[ListView, ...]:
    """The lists of a customer and of the companies that they act for, by name. Two questions."""
    found = Q(customer_id=customer_id, company=None) | Q(company_id__in=company_ids)
    return _lists(list(ReorderList.objects.filter(found).order_by("name", "id")))


def list_for(list_id: UUID, customer_id: UUID, company_ids: tuple[UUID, ...] = ()) -> ListView | None:
    """One of them; None where it is somebody else's."""
    return next((each for each in lists_of(customer_id, company_ids) if each.id == list_id), None)


def _approval(row: Approval) -> ApprovalView:
    return ApprovalView(
        id=row.id, company_id=row.company_id, cart_id=row.cart_id, customer_id=row.customer_id,
        lines=tuple(row.lines), total_minor=row.total_minor, currency=row.currency, words=row.words, state=row.state,
        asked_at=row.asked_at, decided_by=row.decided_by, decided_at=row.decided_at, answer=row.answer,
        goods_print=row.print,
    )  # fmt: skip


def _quotes(rows: list[Quote]) -> tuple[QuoteView, ...]:
    lines: dict[UUID, list[QuoteLineView]] = {row.id: [] for row in rows}
    names = tuple(QuoteLineView.__dataclass_fields__)
    for line in QuoteLine.objects.filter(quote__in=lines).order_by("position"):
        lines[line.quote_id].append(QuoteLineView(**{name: getattr(line, name) for name in names}))
    plain = [name for name in QuoteView.__dataclass_fields__ if name != "lines"]
    return tuple(QuoteView(**{name: getattr(row, name) for name in plain}, lines=tuple(lines[row.id])) for row in rows)


def _lists(rows: list[ReorderList]) -> tuple[ListView, ...]:
    lines: dict[UUID, dict[UUID, int]] = {row.id: {} for row in rows}
    for line in ReorderLine.objects.filter(list__in=lines).order_by("position"):
        lines[line.list_id][line.variant_id] = line.pieces
    return tuple(
        ListView(row.id, row.name, row.company_id, row.customer_id, row.changed_at, lines[row.id]) for row in rows
    )
