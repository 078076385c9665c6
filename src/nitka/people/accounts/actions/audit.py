"""The audit log of the staff."""

from typing import Any
from uuid import UUID

from django.db import transaction

from nitka.people.accounts.models import AuditEntry


@transaction.atomic
def record(*, actor_id: UUID | None, verb: str, subject: str, detail: dict[str, Any] | None = None) -> UUID:
    """Add a line: who did what to what. `subject` is like "order NK-7F3Q-2M"; the detail names nobody.

    Stands or falls with the caller's transaction. A row is never changed; the table itself refuses.
    """
    return AuditEntry.objects.create(actor_id=actor_id, verb=verb, subject=subject[:120], detail=detail or {}).id
