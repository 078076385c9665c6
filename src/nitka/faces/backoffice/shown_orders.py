"""Orders as the lists show them: where each is on its thread, in a word and five knots."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from nitka.faces.backoffice.moments import when
from nitka.sale.payments.queries import PAID_LATER

# Orders that wait for their card are no orders yet; failed ones never became any.
NOT_YET = ("awaiting", "failed")
KNOTS = ("placed", "paid", "packed", "shipped", "delivered")

Tone = Literal["", "todo", "wait", "done", "gone"]


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """One row of a list of orders."""

    id: UUID
    code: str
    name: str
    email: str
    placed_at: datetime | None
    when: str
    total_minor: int
    currency: str
    market: str
    payment_method: str
    knots: tuple[bool, ...]
    status_word: str
    tone: Tone
    customer_id: UUID | None


def shown(row: Any, language: str) -> ShownOrder:
    """A row of orders as its list shows it."""
    word, tone = word_of(row.status, row.paid, row.payment_method, row.source)
    return ShownOrder(
        row.id, row.code, row.name, row.email, row.placed_at, when(row.placed_at, language), row.total_minor,
        row.currency, row.market, row.payment_method, knots_of(row.status, row.paid), word, tone,
        row.customer_id,
    )  # fmt: skip


def shown_all(rows: Iterable[Any], language: str) -> list[ShownOrder]:
    """All of them."""
    return [shown(row, language) for row in rows]


def knots_of(status: str, paid: bool) -> tuple[bool, ...]:
    """Which of placed, paid, packed, shipped, delivered have happened."""
    if status in (*NOT_YET, "credited", "adjusted"):
        return (False,) * len(KNOTS)
    reached = {"placed": 0, "paid": 1, "packed": 2, "part_shipped": 2, "shipped": 3, "delivered": 4}.get(status, 0)
    return tuple(paid if knot == "paid" else place <= reached for place, knot in enumerate(KNOTS))


def word_of(status: str, paid: bool, method: str, source: str = "") -> tuple[str, Tone]:
    """What the merchant reads, and how much it asks of them; of an order from elsewhere (`source`) nothing."""
    if status in ("placed", "paid") and source:
        return (_("Paid"), "") if paid else (_("Unpaid"), "")
    if status in ("placed", "paid"):
        return (_("To pack"), "todo") if paid or method in PAID_LATER else (_("Unpaid"), "wait")
    words: dict[str, tuple[str, Tone]] = {
        "awaiting": (_("Paying now"), ""),
        "failed": (_("Never placed"), "gone"),
        "packed": (_("To ship"), "todo"),
        "part_shipped": (_("A part has left"), "todo"),
        "shipped": (_("On its way"), ""),
        "delivered": (_("Delivered"), "done"),
        "cancelled": (_("Cancelled"), "gone"),
        "credited": (_("Credit note"), "gone"),
        "adjusted": (_("Entry of the books"), "gone"),
    }
    return words.get(status, (status, ""))


def tab_filter(tab: str) -> Q:
    """The condition of a tab of the list; of an unknown tab, that of all orders."""
    ready = Q(paid=True) | Q(payment_method__in=PAID_LATER)
    # What was brought from elsewhere is dealt with there.
    here = Q(status__in=["placed", "paid"], source="")
    return {
        "unpaid": here & ~ready,
        "pack": here & ready | Q(status="part_shipped"),
        "ship": Q(status="packed"),
        "shipped": Q(status="shipped"),
        "delivered": Q(status="delivered"),
        "cancelled": Q(status="cancelled"),
    }.get(tab, ~Q(status__in=NOT_YET))


def tab_words() -> dict[str, str]:
    """Tabs of the list in their order."""
    return {
        "": _("All"),
        "unpaid": _("Unpaid"),
        "pack": _("To pack"),
        "ship": _("To ship"),
        "shipped": _("On their way"),
        "delivered": _("Delivered"),
        "cancelled": _("Cancelled"),
    }


def counts(rows: "QuerySet[Any]") -> dict[str, int]:
    """How many orders each tab holds, in one query."""
    return dict(rows.order_by().aggregate(**{tab or "all": Count("pk", filter=tab_filter(tab)) for tab in tab_words()}))
