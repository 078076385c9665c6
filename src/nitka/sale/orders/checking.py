"""Orders beside the money that came for them. What the gateways say is compared by payments; this is our own side."""

from datetime import datetime, timedelta

from nitka.ground import clock
from nitka.sale.orders.models import Order
from nitka.sale.orders.steps import Status
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries

AT_REST = timedelta(minutes=30)  # what moved lately may be between two transactions
AT_ONCE = 500


def compare(*, since: datetime) -> int:
    """Report what does not fit among the orders of that time; returns how many are new. Rows alone."""
    rows = Order.objects.filter(source="", payment_id__isnull=False, created_at__gte=since)
    rows = rows.filter(created_at__lt=clock.now() - AT_REST).order_by("created_at")
    return sum(_compare_some(part) for part in _parts(list(rows)))


def _compare_some(rows: list[Order]) -> int:
    money = payment_queries.captured_of([row.id for row in rows])
    new = 0
    for row in rows:
        came, went = money.get(row.id, (0, 0))
        kind = ""
        if row.paid and row.total_minor and not came:
            kind, expected, got = "order_without_charge", row.total_minor, 0
        elif row.status in (Status.FAILED, Status.CANCELLED) and came > went:
            kind, expected, got = "charge_without_order", 0, came - went
        if kind:
            new += payments.report(
                kind=kind, reference=row.id, payment_id=row.payment_id, expected_minor=expected, got_minor=got,
                currency=row.currency, provider=row.payment_method,
            )  # fmt: skip
    return new


def _parts(rows: list[Order]) -> list[list[Order]]:
    return [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
