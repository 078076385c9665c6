"""The ledger of consents."""

from uuid import UUID

from django.db import transaction

from nitka.ground.facts.actions import tell
from nitka.people.customers.facts import ConsentChanged
from nitka.people.customers.models import Consent

# What we may ask for. "Necessary" is no consent and stands in no ledger.
PURPOSES = (
    "newsletter", "occasions", "preferred_channel", "heard_from",
    "analytics", "personalisation", "advertising",
)  # fmt: skip


@transaction.atomic
def record_consent(
    *, email: str, customer_id: UUID | None = None, purpose: str, granted: bool, source: str, text_version: str
) -> UUID:
    """Add a line to the ledger: who allowed or took back what, where, and on which version of the text.

    Raises ValueError for a purpose that is not in PURPOSES, and where neither address nor customer is named.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"{purpose} is no purpose of ours.")
    if not email and customer_id is None:
        raise ValueError("A consent is somebody's.")
    row = Consent.objects.create(
        email=email.strip().lower(), customer_id=customer_id, purpose=purpose, source=source, text_version=text_version,
        state=Consent.State.GRANTED if granted else Consent.State.WITHDRAWN,
    )  # fmt: skip
    tell(ConsentChanged(consent_id=row.id, customer_id=customer_id, purpose=purpose, granted=granted))
    return row.id
