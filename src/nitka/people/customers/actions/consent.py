"""The ledger of consents: it only grows, and the newest line of somebody counts."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection, transaction

from nitka.ground.facts.actions import tell
from nitka.people.customers.choices import PURPOSES, VISIT_PURPOSES
from nitka.people.customers.facts import ConsentChanged
from nitka.people.customers.ledger import newest_lines
from nitka.people.customers.marks import evidence_id
from nitka.people.customers.models import Consent, Customer, Refusal


@transaction.atomic
def record_consent(
    *, email: str = "", customer_id: UUID | None = None, evidence: UUID | None = None, purpose: str, granted: bool,
    source: str, text_version: str,
) -> UUID:  # fmt: skip
    """Add a line to the ledger: who allowed or took back what, where, and on which version of the text.

    `evidence` is the id of a device or another thing that a person is known by. What a "no" means for collecting
    is kept beside it, in the same transaction. Raises ValueError for a purpose that is not in PURPOSES, and where
    neither address nor customer nor evidence is named.
    """
    _check(email, customer_id, evidence, [purpose])
    address = email.strip().lower()
    row = Consent.objects.create(
        email=address, customer_id=customer_id, evidence=evidence, purpose=purpose, source=source[:60],
        text_version=text_version, state=Consent.State.GRANTED if granted else Consent.State.WITHDRAWN,
    )  # fmt: skip
    if purpose in VISIT_PURPOSES:
        _keep_refusals(_evidence_of(address, customer_id, evidence), purpose, granted)
    tell(
        ConsentChanged(
            consent_id=row.id, customer_id=customer_id, purpose=purpose, granted=granted, evidence=evidence
        )
    )  # fmt: skip
    return row.id


@transaction.atomic
def choose_consents(
    *, choices: Mapping[str, bool], source: str, text_version: str, evidence: UUID | None = None, email: str = "",
    customer_id: UUID | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Write what somebody chose, purpose by purpose; only what changes gets a line. Returns the changed purposes.

    A choice of somebody who is signed in names device and customer: it then counts for both. Raises ValueError as
    `record_consent` does.
    """
    _check(email, customer_id, evidence, choices)
    subjects = [key for key in (evidence, customer_id, email.strip().lower()) if key]
    _queue(subjects)
    known = [newest_lines([subject], choices) for subject in subjects]
    changed = tuple(
        purpose for purpose, granted in choices.items() if any(lines.get(purpose) is not granted for lines in known)
    )
    for purpose in changed:
        record_consent(
            email=email, customer_id=customer_id, evidence=evidence, purpose=purpose, granted=choices[purpose],
            source=source, text_version=text_version,
        )  # fmt: skip
    return changed


def _check(email: str, customer_id: UUID | None, evidence: UUID | None, purposes: Collection[str]) -> None:
    for purpose in purposes:
        if purpose not in PURPOSES:
            raise ValueError(f"{purpose} is no purpose of ours.")
    if not email and customer_id is None and evidence is None:
        raise ValueError("A consent is somebody's.")


def _queue(subjects: Collection[UUID | str]) -> None:
    """Two answers of one person at once are taken one after the other, or lines and refusals could disagree."""
    with connection.cursor() as cursor:
        for subject in sorted(map(str, subjects)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 20))", [subject])


def _evidence_of(address: str, customer_id: UUID | None, evidence: UUID | None) -> set[UUID]:
    """Under which evidence nothing is collected after a "no": what was named, the address, and the sign-in."""
    found = {evidence} if evidence else set[UUID]()
    if address:
        found.add(evidence_id("email", address))
    users = Customer.objects.filter(id=customer_id, user__isnull=False).values_list("user_id", flat=True)
    return found | {evidence_id("login", str(user_id)) for user_id in users}


def _keep_refusals(evidence: Collection[UUID], purpose: str, granted: bool) -> None:
    if granted:
        Refusal.objects.filter(evidence__in=evidence, purpose=purpose).delete()
    else:
        Refusal.objects.bulk_create(
            [Refusal(evidence=each, purpose=purpose) for each in sorted(evidence)], ignore_conflicts=True
        )
