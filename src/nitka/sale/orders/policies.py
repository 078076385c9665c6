"""What may be done to an order before it leaves: data, asked by pages before the click and by the verbs after it."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem
from nitka.ground.remembered import Remembered
from nitka.sale.orders import parties, placing
from nitka.sale.orders.change_models import OrderChange, OrderPolicy
from nitka.sale.orders.change_problems import ChangedAlreadyProblem, ReasonProblem, TooLateToChangeProblem
from nitka.sale.orders.models import Invoice, Order
from nitka.sale.orders.parties import Party
from nitka.sale.orders.steps import Status

Kind = OrderPolicy.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """One rule. `until`: packed or shipped; `times`: how often for one order (None: as often as wanted)."""

    kind: str
    market: str = ""
    allowed: bool = True
    until: str = "packed"
    times: int | None = None
    reasons: tuple[str, ...] = ()
    reason_needed: bool = False
    not_after: tuple[str, ...] = ()
    refund_anywhere: bool = False


# Until the merchant decides otherwise. Prices and parcels move with every item, so those may be changed once.
STANDARD = {
    Kind.CANCEL: PolicyView(kind=Kind.CANCEL),
    Kind.ADDRESS: PolicyView(kind=Kind.ADDRESS),
    Kind.ITEMS: PolicyView(kind=Kind.ITEMS, times=1),
    Kind.PAYMENT: PolicyView(kind=Kind.PAYMENT),
}


@dataclass(frozen=True, slots=True)
class Possible:
    """Whether something can be done now, and if not, why not, in the active language."""

    kind: str
    allowed: bool
    why_not: str
    policy: PolicyView


def _load() -> dict[tuple[str, str], PolicyView]:
    return {(row.kind, row.market): view_of(row) for row in OrderPolicy.objects.all()}


_known = Remembered(_load)


def forget() -> None:
    """Read the policies anew at the next question."""
    _known.forget()


def view_of(row: OrderPolicy) -> PolicyView:
    """The row as a value."""
    return PolicyView(
        kind=row.kind, market=row.market, allowed=row.allowed, until=row.until, times=row.times,
        reasons=tuple(row.reasons), reason_needed=row.reason_needed, not_after=tuple(row.not_after),
        refund_anywhere=row.refund_anywhere,
    )  # fmt: skip


def policy(kind: str, market: str) -> PolicyView:
    """The rule of that market, else the one for all, else the standard. No query while it is fresh (two seconds)."""
    rows = _known()
    return rows.get((kind, market)) or rows.get((kind, "")) or STANDARD[Kind(kind)]


def permit(order: Order, kind: str, *, by: Party, confirmed: bool, why: str = "") -> PolicyView:
    """The rule, where it lets this party do that now; the order is locked. Raises an OrderProblem where not."""
    placing.refuse_history(order)
    parties.refuse_strangers(order, by)
    rule = policy(kind, order.market)
    refuse_by(rule, order)
    if (why and rule.reasons and why not in rule.reasons) or (rule.reason_needed and not why):
        raise ReasonProblem(_("Choose one of the reasons that are listed."), reasons=list(rule.reasons))
    parties.refuse_without_consent(by, confirmed)
    return rule


class Past(NamedTuple):
    """What an order has been through: the kinds of its changes, and whether its invoice is written."""

    changes: list[str]
    invoiced: bool


def past_of(order_id: UUID) -> tuple[Order, Past] | None:
    """An order with its past, for a page that asks about every kind of change. One query."""
    made = OrderChange.objects.filter(order_id=OuterRef("id")).exclude(state=OrderChange.State.FAILED)
    asked = Order.objects.annotate(
        kinds=ArraySubquery(made.values("kind")), invoiced=Exists(Invoice.objects.filter(order_id=OuterRef("id")))
    )
    order = asked.filter(id=order_id).first()
    return (order, Past(list(order.kinds), order.invoiced)) if order else None


def refuse_by(rule: PolicyView, order: Order, past: Past | None = None) -> None:
    """Raises TooLateToChangeProblem or ChangedAlreadyProblem by what the order has been through."""
    ready = (Status.PLACED, Status.PAID, *([Status.PACKED] if rule.until == "shipped" else []))
    if not rule.allowed or order.status not in ready:
        raise TooLateToChangeProblem(_not_any_more(rule, order), status=order.status)
    done = past.changes if past else changes_of(order.id) if rule.times or rule.not_after else []
    if rule.times and done.count(rule.kind) >= rule.times:
        raise ChangedAlreadyProblem(_("This order was changed so already. Write to us if it must change once more."))
    if set(rule.not_after) & set(done):
        raise ChangedAlreadyProblem(_("This order was changed already, so this is not possible any more. Write to us."))
    if rule.kind == Kind.ITEMS and (past.invoiced if past else Invoice.objects.filter(order_id=order.id).exists()):
        raise TooLateToChangeProblem(_("The invoice of this order is written already. Write to us, and we find a way."))


def _not_any_more(rule: PolicyView, order: Order) -> str:
    if order.status == Status.CANCELLED:
        return _("This order was cancelled.")
    if not rule.allowed:
        return _("This cannot be changed here. Write to us, and we see what we can do.")
    if order.status == Status.PACKED:
        return _("The parcel is packed already. Write to us at once, and we see what we can do.")
    return _("The parcel has left. You can send it back within 14 days of delivery.")


def changes_of(order_id: UUID) -> list[str]:
    """The kinds of all changes of an order that stand or wait for their money."""
    rows = OrderChange.objects.filter(order_id=order_id).exclude(state=OrderChange.State.FAILED)
    return list(rows.values_list("kind", flat=True))


def possible(order: Order, kind: str, past: Past | None = None) -> Possible:
    """What a page shows before the click: the same question as the verb's, without the asking party."""
    rule = policy(kind, order.market)
    try:
        placing.refuse_history(order)
        refuse_by(rule, order, past)
    except Problem as problem:
        return Possible(kind, False, problem.message, rule)
    return Possible(kind, True, "", rule)
