"""What somebody bought, for those who sum it up: one value an order, thousands in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.dateparse import parse_date

from nitka.sale.orders.steps import SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """An order as far as it tells of its buyer. `products` are ids, each once; `returned` counts withdrawals."""

    id: UUID
    code: str
    customer_id: UUID
    status: str
    placed_at: datetime
    currency: str
    total_minor: int
    refunded_minor: int
    discount_minor: int
    coupon_codes: tuple[str, ...]
    market: str
    country: str
    language: str
    delivery_code: str
    delivery_name: str
    promised: date | None
    delivered_at: datetime | None
    returned: int
    products: tuple[str, ...]


_SQL = """
SELECT o.id, o.code, o.customer_id, o.status, o.placed_at, o.currency, o.total_minor, o.refunded_minor,
       o.discount_minor, ARRAY(SELECT jsonb_array_elements_text(o.coupon_codes)), o.market, o.country, o.language,
       o.delivery_code, coalesce(o.promise ->> 'name', ''), o.promise ->> 'day_to', steps.delivered_at, steps.returned,
       lines.products
FROM orders_orders o
CROSS JOIN LATERAL (
    SELECT max(at) FILTER (WHERE kind = 'delivered') AS delivered_at,
           count(*) FILTER (WHERE kind = 'withdrawn') AS returned
    FROM orders_steps WHERE order_id = o.id) AS steps
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT product_id::text) FILTER (WHERE product_id IS NOT NULL) AS products
    FROM orders_lines WHERE order_id = o.id) AS lines
WHERE o.customer_id = ANY(%s) AND o.status = ANY(%s) AND o.placed_at IS NOT NULL
"""


def purchases_of(customer_ids: Iterable[UUID]) -> list[Purchase]:
    """All orders of these rows of customers that stood once, in no order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [list(customer_ids), [str(status) for status in SHOWN]])
        return [_purchase(*row) for row in cursor.fetchall()]


def buyers() -> list[UUID]:
    """All rows of customers that an order belongs to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT customer_id FROM orders_orders WHERE customer_id IS NOT NULL ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def _purchase(*row: object) -> Purchase:
    values = dict(zip(Purchase.__dataclass_fields__, row, strict=True))
    values["coupon_codes"] = tuple(values["coupon_codes"] or ())  # type: ignore[arg-type]
    values["products"] = tuple(values["products"] or ())  # type: ignore[arg-type]
    values["promised"] = parse_date(str(values["promised"] or ""))
    return Purchase(**values)  # type: ignore[arg-type]
