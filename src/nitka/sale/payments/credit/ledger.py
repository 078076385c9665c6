"""Moving credit. Every transfer has two sides that sum to zero; its own UPDATE and a CHECK guard the balance."""

import hashlib
import re
from collections.abc import Sequence
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.ground.problem import Problem
from nitka.sale.payments.credit.models import CreditAccount, CreditEntry, CreditTransfer

Kind, Moved = CreditAccount.Kind, CreditTransfer.Kind
OWNED = (Kind.GIFT_CARD, Kind.STORE_CREDIT)
SHOPS = (Kind.ISSUED, Kind.REDEEMED, Kind.LAPSED)


class CreditProblem(Problem):
    """The gift card or store credit does not allow that; `detail["balance_minor"]` says what is left, where known."""

    code = "credit_problem"


class UnknownGiftCardProblem(CreditProblem):
    """No such gift card, or one that is over: both answer alike, so that codes cannot be tried out."""

    code = "unknown_gift_card"


def print_of(code: str) -> str:
    """What is kept of a gift card's code. No secret is mixed in: cards must outlive a change of the shop's key."""
    letters = re.sub(r"[^0-9A-Z]", "", code.upper()).removeprefix("GC").translate(str.maketrans("OIL", "011"))
    return hashlib.sha256(f"nitka.gift-card:{letters}".encode()).hexdigest()


def shops(kind: str, currency: str) -> UUID:
    """The id of the shop's own account of that kind, the same for ever, so that nobody has to look it up."""
    return uuid5(NAMESPACE_OID, f"nitka.credit:{kind}:{currency}")


def open_account(account: CreditAccount) -> None:
    """Write an account of a customer, and the shop's side of its currency where that is the first."""
    own = [CreditAccount(id=shops(kind, account.currency), kind=kind, currency=account.currency) for kind in SHOPS]
    CreditAccount.objects.bulk_create([*own, account], ignore_conflicts=True)


@transaction.atomic
def move(
    *, key: str, kind: str, sides: Sequence[tuple[UUID, int]], reference: UUID | None = None, reason: str = "",
    actor: str = "",
) -> UUID:  # fmt: skip
    """Write one transfer, once: the same key moves nothing again. Returns its id.

    Balances change in the order of their accounts' ids, so that two transfers never wait for each other. Raises
    CreditProblem where a balance is too low.
    """
    row = CreditTransfer(id=new_id(), key=key, kind=kind, reference=reference, reason=reason[:200], actor=actor)
    CreditTransfer.objects.bulk_create([row], ignore_conflicts=True)
    known = CreditTransfer.objects.filter(key=key).values_list("id", flat=True).get()
    if known != row.id:
        return known
    for account_id, minor in sorted(sides):
        _change_balance(account_id, minor, spends=kind == Moved.SPEND)
    CreditEntry.objects.bulk_create(
        CreditEntry(transfer_id=row.id, account_id=account_id, minor=minor) for account_id, minor in sides
    )
    return row.id


def _change_balance(account_id: UUID, minor: int, *, spends: bool) -> None:
    """The guarded UPDATE: of those who want the last of it at once, one gets it. The shop's side keeps no balance."""
    row = CreditAccount.objects.filter(id=account_id, kind__in=OWNED, balance_minor__gte=-minor)
    if spends and minor < 0:
        row = row.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), is_open=True)
    if row.update(balance_minor=F("balance_minor") + minor):
        return
    found = CreditAccount.objects.filter(id=account_id).first()
    if found is None or found.kind in OWNED:
        left = found.balance_minor if found else 0
        raise CreditProblem(_("There is not enough left on it. Look at the balance and try again."), balance_minor=left)


def spend(*, account: UUID, currency: str, minor: int, key: str, reference: UUID) -> UUID:
    """From a customer's account onto an order."""
    sides = [(account, -minor), (shops(Kind.REDEEMED, currency), minor)]
    return move(key=key, kind=Moved.SPEND, sides=sides, reference=reference)


def give_back(*, account: UUID, currency: str, minor: int, key: str, reference: UUID | None = None) -> UUID:
    """What was spent on an order returns, to the account it came from or to another one."""
    sides = [(account, minor), (shops(Kind.REDEEMED, currency), -minor)]
    return move(key=key, kind=Moved.GIVE_BACK, sides=sides, reference=reference)


def issue(
    *, account: UUID, currency: str, minor: int, key: str, kind: str = Moved.ISSUE, reference: UUID | None = None,
    reason: str = "", actor: str = "",
) -> UUID:  # fmt: skip
    """New credit: the shop owes it from now on."""
    sides = [(account, minor), (shops(Kind.ISSUED, currency), -minor)]
    return move(key=key, kind=kind, sides=sides, reference=reference, reason=reason, actor=actor)


def lapse(*, account: CreditAccount, key: str, reason: str = "", actor: str = "") -> None:
    """All that is left is gone; the caller holds the account's lock."""
    if account.balance_minor:
        sides = [(account.id, -account.balance_minor), (shops(Kind.LAPSED, account.currency), account.balance_minor)]
        move(key=key, kind=Moved.LAPSE, sides=sides, reason=reason, actor=actor)


def imbalances() -> list[str]:
    """What is wrong in the books, one sentence each; empty as it should be."""
    sums = CreditEntry.objects.values("transfer_id").annotate(sum=Sum("minor")).exclude(sum=0)
    found = [f"transfer {row['transfer_id']} sums to {row['sum']}" for row in sums]
    moved = dict(CreditEntry.objects.values_list("account_id").annotate(sum=Sum("minor")))
    for id_, balance in CreditAccount.objects.filter(kind__in=OWNED).values_list("id", "balance_minor"):
        if moved.get(id_, 0) != balance:
            found.append(f"account {id_} says {balance}, its entries {moved.get(id_, 0)}")
    return found
