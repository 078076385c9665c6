"""From karrio's answers to our values. What cannot be read is left out rather than guessed."""

import base64
import binascii
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from nitka.ground import money
from nitka.sale.shipping.providers import CarrierRate, Tracked

# karrio's words → ours. A delay alone is no knot of the parcel; its new day is.
KINDS = {
    "pending": "announced", "picked_up": "accepted", "in_transit": "sorted", "out_for_delivery": "out_for_delivery",
    "ready_for_pickup": "ready", "delivery_failed": "failed", "delivery_delayed": "sorted", "on_hold": "exception",
    "delivered": "delivered", "return_to_sender": "returned", "returned": "returned",
}  # fmt: skip
MOST_MINOR = 100_000_00


def rate(told: Any) -> CarrierRate | None:
    """A price, unless it is none: nothing, below nothing, or beyond belief."""
    try:
        amount = Decimal(str(told.total_charge))
        minor = money.rounded(amount, str(told.currency))
    except (AttributeError, InvalidOperation, ValueError, KeyError, TypeError, OverflowError):
        return None
    if not 0 < minor <= MOST_MINOR:
        return None
    days = told.transit_days if isinstance(told.transit_days, int) else None
    service = str(told.service or "")
    name = str((told.meta or {}).get("service_name") or service).replace("_", " ")
    return CarrierRate(service[:60], name[:60], minor, str(told.currency), days)


def label_pdf(made: Any) -> bytes:
    """The label as PDF; pictures become a page. Empty where there is none."""
    text = getattr(getattr(made, "docs", None), "label", None)
    if not text:
        return b""
    try:
        paper = base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return b""
    return paper if paper.startswith(b"%PDF") else _page_of(paper)


def steps(told: Any) -> Iterator[Tracked]:
    """The knots of a parcel, each once, oldest first; the carrier's new day stands with the last one."""
    expected = _day(told.estimated_delivery)
    found = sorted({(at, kind, place) for each in told.events or [] for at, kind, place in _event(each)})
    for number, (at, kind, place) in enumerate(found, start=1):
        yield Tracked(kind, at, place, expected if number == len(found) else None)


def _event(told: Any) -> Iterator[tuple[datetime, str, str]]:
    kind = KINDS.get(str(told.status or ""))
    at = _moment(told)
    if kind and at:
        yield at, kind, str(told.location or "")[:80]


def _moment(told: Any) -> datetime | None:
    for text in (told.timestamp, f"{told.date}T{told.time or '00:00'}"):
        try:
            at = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
        except ValueError:
            continue
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    day = _day(told.date)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _page_of(picture: bytes) -> bytes:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture)) as image:
            page = io.BytesIO()
            image.convert("L").save(page, "PDF", resolution=203)
            return page.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return b""
