"""Events and orders of profiles, for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from nitka.people.events.queries import ANALYTICS, PERSONALISATION, EventView
from nitka.sale.orders.queries import Purchase

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)
PHONE = UUID("11111111-1111-4111-8111-111111111111")
LAPTOP = UUID("22222222-2222-4222-8222-222222222222")
ANNA = UUID("33333333-3333-4333-8333-333333333333")
BOTH = ANALYTICS | PERSONALISATION
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0"
    " Mobile/15E148 Safari/604.1"
)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"


def happened(seq: int, name: str = "", *, minutes: float = 0, kind: str = "track", evidence: UUID = PHONE,
             path: str = "", referrer: str = "", campaign: dict[str, str] | None = None, agent: str = IPHONE,
             consent: int = BOTH, flags: int = 0, context: dict[str, Any] | None = None, **said: Any) -> EventView:  # fmt: skip
    """An event, so many minutes after noon."""
    page = {"path": path, "url": f"https://shop.example{path}", "referrer": referrer}
    whole = {"userAgent": agent, "page": page, **({"campaign": campaign} if campaign else {}), **(context or {})}
    return EventView(
        seq, NOON + timedelta(minutes=minutes), 1, kind, name, evidence, evidence, flags, consent, said, whole
    )


def bought(code: str, *, days: float = 0, **more: Any) -> Purchase:
    """An order, so many days after noon."""
    values: dict[str, Any] = {
        "id": uuid5(ANNA, code), "code": code, "customer_id": ANNA, "status": "paid",
        "placed_at": NOON + timedelta(days=days), "currency": "EUR", "total_minor": 5000, "refunded_minor": 0,
        "discount_minor": 0, "coupon_codes": (), "market": "eu", "country": "DE", "language": "en",
        "delivery_code": "post", "delivery_name": "Post", "promised": None, "delivered_at": None, "returned": 0,
        "products": (),
    }  # fmt: skip
    return Purchase(**(values | more))


def day(number: int) -> date:
    return date(2026, 11, number)
