"""Threads for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from nitka.ground.facts.actions import tell
from nitka.ground.facts.contract import Fact
from nitka.ground.ids import new_id
from nitka.people.customers.models import Evidence
from nitka.people.customers.tests import makers as customers

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def told(fact: Fact, minutes: float = 0) -> str:
    """Tell a fact of the past; the id of its item."""
    with transaction.atomic():
        return f"f-{tell(fact, at=at(minutes))}"


def known(email: str = "zofia@example.com", **fields: Any) -> tuple[UUID, UUID]:
    """A customer and a device that is theirs."""
    customer_id = customers.customer(email)
    return customer_id, device_of(customer_id)


def device_of(customer_id: UUID | None, value: str = "") -> UUID:
    """A device, of a customer or of nobody."""
    row = Evidence.objects.create(
        id=new_id(), kind="device", value=value or str(new_id()), source="test", customer_id=customer_id
    )
    return row.id
