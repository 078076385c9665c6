"""Reading the ledger of consents. The rule of each question stands with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nitka.people.customers.models import Consent, Customer, Refusal
from nitka.people.customers.persons import evidence_of_rows, rows_of, rows_of_address, rows_of_evidence


@dataclass(frozen=True)
class ConsentView:
    """One line: `of` says whom it names, "device", "customer" or "address", the surest first."""

    purpose: str
    granted: bool
    source: str
    text_version: str
    at: datetime
    of: str = "address"


def consents_of(
    email: str = "", *, customer_ids: Collection[UUID] = (), evidence: Collection[UUID] = ()
) -> list[ConsentView]:
    """The whole ledger of one person, by whatever they are known: newest first."""
    return _views(Consent.objects.filter(_lines(email, customer_ids, evidence)))


def consents_of_customer(customer_id: UUID) -> list[ConsentView]:
    """The whole ledger of a customer: of all rows merged into theirs, of each device and address they go by."""
    rows = rows_of([customer_id])
    emails = Customer.objects.filter(id__in=rows, email__isnull=False).values_list("email", flat=True)
    named = Q(customer__in=rows) | Q(evidence__in=evidence_of_rows(rows)) | Q(email__in=list(emails))
    return _views(Consent.objects.filter(named))


def has_consent(email: str, purpose: str) -> bool:
    """Whether we may write to this address for this purpose.

    The newest line that names the address must grant it, and the same person must not have said no since, by device
    or account. A yes from elsewhere never stands in for the address's own.
    """
    address = email.strip().lower()
    own = _newest(Consent.objects.filter(email=address, purpose=purpose)) if address else None
    if own is None or own.state != Consent.State.GRANTED:
        return False
    customers = rows_of_address(address)
    evidence = evidence_of_rows(customers)
    since = Consent.objects.filter(
        Q(customer__in=customers) | Q(evidence__in=evidence), email="", purpose=purpose, at__gte=own.at,
        state=Consent.State.WITHDRAWN,
    )  # fmt: skip
    return not since.exists()


def may_process(evidence_ids: Collection[UUID], purpose: str) -> bool:
    """Whether what a person did may be used for this purpose: the newest line of any of their evidence decides.

    Nobody who said nothing has allowed it. `evidence_ids` are those of one person; the lines of the customer whom
    they belong to count as well.
    """
    return _newest_state(evidence_ids, purpose) is True


def refuses(evidence_ids: Collection[UUID], purpose: str) -> bool:
    """Whether a person said no: the newest line of any of their evidence. Silence is no refusal, and no consent."""
    return _newest_state(evidence_ids, purpose) is False


def refused(evidence_ids: Collection[UUID], purpose: str) -> set[UUID]:
    """Those of these ids under which nothing may be collected for the purpose now: each device answers for itself."""
    rows = Refusal.objects.filter(evidence__in=evidence_ids, purpose=purpose)
    return set(rows.values_list("evidence", flat=True))


def newest_lines(subjects: Collection[UUID | str], purposes: Iterable[str]) -> dict[str, bool]:
    """Purpose → what the newest line says of these ids of evidence or customers and addresses."""
    ids = [each for each in subjects if isinstance(each, UUID)]
    emails = [each for each in subjects if isinstance(each, str)]
    rows = (
        Consent.objects.filter(Q(evidence__in=ids) | Q(customer__in=ids) | Q(email__in=emails), purpose__in=purposes)
        .order_by("purpose", "-at", "-id")
        .distinct("purpose")
    )
    return {purpose: state == Consent.State.GRANTED for purpose, state in rows.values_list("purpose", "state")}


def _newest_state(evidence_ids: Collection[UUID], purpose: str) -> bool | None:
    return newest_lines([*evidence_ids, *rows_of_evidence(evidence_ids)], [purpose]).get(purpose)


def _lines(email: str, customer_ids: Collection[UUID], evidence: Collection[UUID]) -> Q:
    found = Q(customer__in=customer_ids) | Q(evidence__in=evidence)
    return found | Q(email=email.strip().lower()) if email.strip() else found


def _views(rows: QuerySet[Consent]) -> list[ConsentView]:
    return [
        ConsentView(row.purpose, row.state == Consent.State.GRANTED, row.source, row.text_version, row.at, _of(row))
        for row in rows.order_by("-at", "-id")
    ]


def _newest(rows: QuerySet[Consent]) -> Consent | None:
    return rows.order_by("-at", "-id").first()


def _of(row: Consent) -> str:
    return "device" if row.evidence else "customer" if row.customer_id else "address"
