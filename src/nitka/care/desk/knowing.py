"""What desk learns of people, and asks about them."""

from typing import Any
from uuid import UUID

from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known

CLAIMED, GIVEN = 0, 1


def who_writes(*, email: str, language: str, market: str = "", name: str = "") -> UUID:
    """The customer of that address, made where we never met. Whoever wrote proves nothing by it."""
    return _canonical(customers.recognise(email=email, language=language, market=market, name=name))


def note(*, email: str, standing: int, source: str, device: str = "") -> UUID | None:
    """Put into the evidence that this address wrote to us, and from which browser; the evidence id of the address."""
    see: Any = getattr(customers, "see", None)
    if see is None or not email:
        return None
    evidence: UUID | None = see(kind="email", value=email, standing=standing, source=source)
    link: Any = getattr(customers, "link", None)
    if device and link is not None:
        link(first=("device", device), second=("email", email), reason="channel", trust=standing, source=source)
    return evidence


def all_ids_of(customer_id: UUID) -> list[UUID]:
    """The ids under which we ever knew this customer."""
    ids_of: Any = getattr(known, "customer_ids_of", None)
    return list(ids_of(customer_id)) if ids_of else [customer_id]


def _canonical(customer_id: UUID) -> UUID:
    canonical: Any = getattr(known, "canonical", None)
    return (canonical(customer_id) or customer_id) if canonical else customer_id
