"""What can be done with gift cards and store credit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_code, new_id
from nitka.sale.payments.credit import ledger, mails
from nitka.sale.payments.credit.ledger import CreditProblem, Kind
from nitka.sale.payments.credit.models import CreditAccount, CreditEntry
from nitka.sale.payments.models import Payment


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A card that was made just now. The code is told this once; only its print is kept. "" for a known key."""

    account_id: UUID
    code: str


@transaction.atomic
def issue_gift_card(
    *, minor: int, currency: str, key: str, recipient: str = "", language: str = "en", words: str = "",
    customer_id: UUID | None = None, expires_at: datetime | None = None, reason: str = "", actor: str = "",
    reference: UUID | None = None, account_id: UUID | None = None,
) -> IssuedCard:  # fmt: skip
    """Make a gift card, and mail its code with some `words` where there is a recipient. The same key makes one card.

    `reference`: the order it was bought or refunded by. `account_id`: an id that the caller has written down already.
    Raises CreditProblem for an amount that is not above zero.
    """
    if minor <= 0:
        raise CreditProblem(_("Enter an amount above zero."))
    known = _account_of(key)
    if known:
        return IssuedCard(known, "")
    card = open_gift_card(
        currency=currency, minor=minor, recipient=recipient, language=language, words=words, customer_id=customer_id,
        expires_at=expires_at, note=reason, account_id=account_id,
    )  # fmt: skip
    ledger.issue(
        account=card.account_id, currency=currency, minor=minor, key=key, reference=reference, reason=reason,
        actor=actor,
    )  # fmt: skip
    return card


def open_gift_card(
    *, currency: str, minor: int, recipient: str = "", language: str = "en", words: str = "",
    customer_id: UUID | None = None, expires_at: datetime | None = None, note: str = "",
    account_id: UUID | None = None,
) -> IssuedCard:  # fmt: skip
    """A card with nothing on it yet, and the mail that says `minor`: the caller fills it in the same transaction."""
    code = new_code("GC", groups=(4, 4, 4, 4))
    card = CreditAccount(
        id=account_id or new_id(), kind=Kind.GIFT_CARD, currency=currency, code_print=ledger.print_of(code),
        hint=code[-4:], recipient=recipient, note=note[:300], customer_id=customer_id, expires_at=expires_at,
    )  # fmt: skip
    ledger.open_account(card)
    if recipient:
        mails.gift_card(
            to=recipient, language=language, code=code, minor=minor, currency=currency, words=words,
            expires_at=expires_at,
        )  # fmt: skip
    return IssuedCard(card.id, code)


@transaction.atomic
def grant_credit(
    *, customer_id: UUID, minor: int, currency: str, key: str, reason: str = "", actor: str = "",
    reference: UUID | None = None,
) -> UUID:  # fmt: skip
    """Give a customer store credit, once for a key. Returns the account. Raises CreditProblem for no amount."""
    if minor <= 0:
        raise CreditProblem(_("Enter an amount above zero."))
    account_id = store_credit_account(customer_id, currency)
    ledger.issue(
        account=account_id, currency=currency, minor=minor, key=key, reference=reference, reason=reason, actor=actor
    )
    return account_id


def store_credit_account(customer_id: UUID, currency: str) -> UUID:
    """The customer's account in that currency, opened where there is none."""
    mine = CreditAccount.objects.filter(kind=Kind.STORE_CREDIT, customer_id=customer_id, currency=currency)
    if not mine.exists():
        ledger.open_account(CreditAccount(kind=Kind.STORE_CREDIT, customer_id=customer_id, currency=currency))
    return mine.values_list("id", flat=True).get()


@transaction.atomic
def pay_with_credit(
    *, reference: UUID, label: str, account_id: UUID, minor: int, key: str, payment_id: UUID | None = None
) -> UUID:
    """Pay (a part of) an order from a gift card or store credit: a captured payment. The same key pays once.

    Raises CreditProblem where there is not that much left on it, or the card is over.
    """
    account = CreditAccount.objects.filter(id=account_id, kind__in=ledger.OWNED).first()
    if account is None or minor <= 0:
        raise CreditProblem(_("This gift card cannot be used."))
    transfer = ledger.spend(
        account=account.id, currency=account.currency, minor=minor, key=f"spend:{key}", reference=reference
    )
    row = Payment(
        id=payment_id or new_id(), reference=reference, label=label, provider=account.kind, choice=str(account.id),
        minor=minor, currency=account.currency, state=Payment.State.CAPTURED, key=key, provider_ref=str(transfer),
        captured_minor=minor, captured_at=clock.now(),
    )  # fmt: skip
    Payment.objects.bulk_create([row], ignore_conflicts=True)
    return Payment.objects.values_list("id", flat=True).get(key=key)


@transaction.atomic
def close_gift_card(*, account_id: UUID, reason: str, actor: str = "") -> int:
    """Call a gift card back; what was left lapses. Returns the minor units that lapsed; 0 the second time."""
    row = CreditAccount.objects.select_for_update().filter(id=account_id, kind=Kind.GIFT_CARD).first()
    if row is None:
        raise CreditProblem(_("There is no such gift card."))
    left = row.balance_minor
    ledger.lapse(account=row, key=f"lapse:{row.id}:{new_id()}", reason=reason, actor=actor)
    CreditAccount.objects.filter(id=row.id).update(is_open=False)
    return left


def refund_into(*, account_id: UUID, payment: Payment, minor: int, key: str) -> None:
    """What goes back of a payment becomes credit: the payer's money stays here, and is owed to them."""
    account = CreditAccount.objects.filter(id=account_id, kind__in=ledger.OWNED).first()
    if account is None or account.currency != payment.currency:
        raise CreditProblem(_("This credit is in another currency. Choose another way to refund."))
    if payment.provider in ledger.OWNED:
        ledger.give_back(
            account=account.id, currency=account.currency, minor=minor, key=key, reference=payment.reference
        )
    else:
        ledger.issue(
            account=account.id, currency=account.currency, minor=minor, key=key, kind=ledger.Moved.REFUND,
            reference=payment.reference,
        )  # fmt: skip


def _account_of(key: str) -> UUID | None:
    sides = CreditEntry.objects.filter(transfer__key=key, account__kind=Kind.GIFT_CARD)
    return sides.values_list("account_id", flat=True).first()
