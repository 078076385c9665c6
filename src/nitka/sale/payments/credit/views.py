"""Questions about credit, answered with values."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.payments.credit.ledger import OWNED, Kind, UnknownGiftCardProblem, print_of
from nitka.sale.payments.credit.models import CreditAccount, CreditEntry


@dataclass(frozen=True, slots=True)
class CreditView:
    """A gift card or store credit. `kind` is also the code of its means of payment; `hint` the end of a card's code."""

    id: UUID
    kind: str
    currency: str
    balance_minor: int
    hint: str
    customer_id: UUID | None
    recipient: str
    note: str
    is_open: bool
    expires_at: datetime | None
    created_at: datetime

    @property
    def is_usable(self) -> bool:
        return self.is_open and self.balance_minor > 0 and (self.expires_at is None or self.expires_at > clock.now())


@dataclass(frozen=True, slots=True)
class CreditPart:
    """What one account pays of an order. `kind` is the code of the means of payment."""

    account_id: UUID
    kind: str
    hint: str
    minor: int
    balance_minor: int

    @property
    def name(self) -> str:
        """What it is called in a list of sums, in the active language."""
        if self.kind == Kind.GIFT_CARD:
            return _("Gift card …%(end)s") % {"end": self.hint}
        return _("Store credit")


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One movement of an account. `kind`: issue, spend, give_back, refund, lapse; `text` in the active language."""

    at: datetime
    kind: str
    minor: int
    reference: UUID | None
    reason: str

    @property
    def text(self) -> str:
        return {
            "issue": _("Issued"),
            "spend": _("Paid for an order"),
            "give_back": _("Given back"),
            "refund": _("Refund of an order"),
            "lapse": _("Lapsed"),
        }.get(self.kind, self.kind)


def view(row: CreditAccount) -> CreditView:
    return CreditView(
        row.id, row.kind, row.currency, row.balance_minor, row.hint, row.customer_id, row.recipient, row.note,
        row.is_open, row.expires_at, row.created_at,
    )  # fmt: skip


def credit_account(account_id: UUID) -> CreditView | None:
    """One gift card or store credit."""
    row = CreditAccount.objects.filter(id=account_id, kind__in=OWNED).first()
    return view(row) if row else None


def gift_card(code: str) -> CreditView:
    """The card of that code, however it was typed. The caller limits how often one may ask.

    Raises UnknownGiftCardProblem for a wrong code and for a card that was closed or is over.
    """
    row = CreditAccount.objects.filter(code_print=print_of(code), kind=Kind.GIFT_CARD).first()
    if row is None or not row.is_open or (row.expires_at and row.expires_at <= clock.now()):
        raise UnknownGiftCardProblem(_("We do not know this gift card. Please check its letters."))
    return view(row)


def credit_of(*customer_ids: UUID) -> tuple[CreditView, ...]:
    """The gift cards and store credit of a customer under all ids that are theirs, newest first. One query."""
    rows = CreditAccount.objects.filter(customer_id__in=customer_ids, kind__in=OWNED).order_by("-created_at", "-id")
    return tuple(view(row) for row in rows)


def credit_lines(account_ids: Collection[UUID], limit: int = 200) -> dict[UUID, tuple[CreditLine, ...]]:
    """The movements of these accounts, newest first. One query."""
    rows = CreditEntry.objects.filter(account_id__in=account_ids).select_related("transfer")
    found: dict[UUID, list[CreditLine]] = {}
    for row in rows.order_by("-transfer__at", "-id")[:limit]:
        moved = row.transfer
        line = CreditLine(moved.at, moved.kind, row.minor, moved.reference, moved.reason)
        found.setdefault(row.account_id, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


def credit_plan(
    *,
    cards: Sequence[UUID],
    currency: str,
    minor: int,
    customer_ids: Iterable[UUID] | None = None,
    store_credit: bool = True,
) -> tuple[CreditPart, ...]:
    """How much each account pays of `minor`: gift cards in the order they were entered, then store credit.

    `customer_ids`: whose store credit may be used (of somebody who is signed in); None: nobody's. One query, or none
    where nothing can be used. Accounts that pay nothing of it stay in the answer with 0; without `store_credit` that
    is all store credit.
    """
    if not cards and customer_ids is None:
        return ()
    asked = Q(id__in=cards, kind=Kind.GIFT_CARD)
    if customer_ids is not None:
        asked |= Q(kind=Kind.STORE_CREDIT, customer_id__in=customer_ids)
    rows = CreditAccount.objects.filter(asked, currency=currency)
    usable = [row for row in rows if view(row).is_usable]
    place = {card: number for number, card in enumerate(cards)}
    parts, left = [], minor
    for row in sorted(usable, key=lambda row: (row.kind != Kind.GIFT_CARD, place.get(row.id, 0), row.created_at)):
        part = min(left, row.balance_minor) if store_credit or row.kind == Kind.GIFT_CARD else 0
        parts.append(CreditPart(row.id, row.kind, row.hint, part, row.balance_minor))
        left -= part
    return tuple(parts)


def gift_card_rows(*, search: str = "") -> QuerySet[CreditAccount]:
    """Gift cards for tables of the back office, newest first; `search` looks at the end of the code and the mail."""
    rows = CreditAccount.objects.filter(kind=Kind.GIFT_CARD).order_by("-created_at", "-id")
    text = search.strip()
    if not text:
        return rows
    return rows.filter(
        Q(hint__iexact=text[-4:])
        | Q(recipient__icontains=text)
        | Q(note__icontains=text)
        | Q(code_print=print_of(text))
    )
