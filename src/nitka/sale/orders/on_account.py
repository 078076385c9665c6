"""What companies owe for goods that they got on account."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from nitka.ground import clock
from nitka.sale.orders import viewing
from nitka.sale.orders.models import Order
from nitka.sale.orders.steps import SHOWN, Status
from nitka.sale.orders.views import OrderRow
from nitka.sale.payments import queries as payments
from nitka.shelf.content import queries as content


@dataclass(frozen=True, slots=True)
class Owed:
    """An order on account whose money is not all here. `left_minor` is what is still to come."""

    order_id: UUID
    code: str
    company_id: UUID
    customer_id: UUID | None
    po_number: str
    email: str
    currency: str
    total_minor: int
    left_minor: int
    due_on: date | None
    is_late: bool


def owed(company_id: UUID | None = None) -> tuple[Owed, ...]:
    """All that companies (or one) owe, what is due first on top. Two questions."""
    rows = Order.objects.filter(payment_method="on_account", paid=False, company_id__isnull=False)
    rows = rows.exclude(status__in=[Status.AWAITING, Status.FAILED, Status.CANCELLED])
    found = list((rows.filter(company_id=company_id) if company_id else rows).order_by("due_on", "placed_at", "id"))
    came = payments.captured_of([row.id for row in found]) if found else {}
    today = clock.local(clock.now(), content.shop().zone).date()
    return tuple(_owed(row, came.get(row.id, (0, 0)), today) for row in found)


def owed_minor(company_id: UUID, currency: str) -> int:
    """The sum of it in one currency: what the company's credit is used by."""
    return sum(each.left_minor for each in owed(company_id) if each.currency == currency)


def was_given_up(order_id: UUID) -> bool:
    """Whether an order never came to be, or was cancelled: what was used for it may be used again."""
    return Order.objects.filter(id=order_id, status__in=[Status.FAILED, Status.CANCELLED]).exists()


def orders_of_company(company_id: UUID, limit: int = 100) -> tuple[OrderRow, ...]:
    """The orders that were bought for a company, whoever of it did, the newest on top."""
    return tuple(viewing.row_of(row) for row in order_rows_of_company(company_id)[:limit])


def order_rows_of_company(company_id: UUID) -> QuerySet[Order]:
    """The same as rows."""
    return Order.objects.filter(company_id=company_id, status__in=SHOWN).order_by("-placed_at", "-id")


def _owed(row: Order, money: tuple[int, int], today: date) -> Owed:
    assert row.company_id
    came, went = money
    # Gift cards and store credit are payments of the order too.
    left = max(0, row.total_minor - (came - went))
    return Owed(
        row.id, row.code, row.company_id, row.customer_id, row.po_number, row.email, row.currency, row.total_minor,
        left, row.due_on, row.due_on is not None and row.due_on < today,
    )  # fmt: skip
