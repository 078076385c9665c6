"""The means that gateways keep for customers, as values."""

from dataclasses import dataclass
from uuid import UUID

from nitka.sale.payments import providers
from nitka.sale.payments.models import SavedMean


@dataclass(frozen=True, slots=True)
class SavedMeanView:
    """A means that a gateway keeps for a customer."""

    id: UUID
    customer_id: UUID
    provider: str
    name: str
    brand: str
    last4: str
    expires: str


def saved_means(customer_id: UUID) -> tuple[SavedMeanView, ...]:
    """The means that gateways keep for a customer, newest first."""
    rows = SavedMean.objects.filter(customer_id=customer_id, removed_at=None).order_by("-created_at", "-id")
    return tuple(_mean(row) for row in rows)


def saved_mean(mean_id: UUID) -> SavedMeanView | None:
    """One saved means, with whose it is."""
    row = SavedMean.objects.filter(id=mean_id, removed_at=None).first()
    return _mean(row) if row else None


def _mean(row: SavedMean) -> SavedMeanView:
    return SavedMeanView(row.id, row.customer_id, row.provider, _name(row.provider), row.brand, row.last4, row.expires)


def _name(code: str) -> str:
    found = providers.found().get(code)
    return found.name() if found else code
