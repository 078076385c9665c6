"""Where our books and a gateway's differ: written down once, until a person has looked at it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nitka.sale.payments.models import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """Where our books and a gateway's differ."""

    id: UUID
    kind: str
    provider: str
    provider_ref: str
    reference: UUID | None
    payment_id: UUID | None
    expected_minor: int
    expected_currency: str
    got_minor: int
    got_currency: str
    note: str
    found_at: datetime
    closed_at: datetime | None
    closed_by: str


def note(
    *, kind: str, provider: str, provider_ref: str = "", reference: UUID | None = None,
    payment_id: UUID | None = None, expected: tuple[int, str] = (0, ""), got: tuple[int, str] = (0, ""),
) -> bool:  # fmt: skip
    """Write a finding; the same trouble with the same figures is one row. Returns whether it is new."""
    plain = f"{kind} {provider} {payment_id or provider_ref or reference} {expected} {got}"
    row = Finding(
        kind=kind, provider=provider, provider_ref=provider_ref[:120], reference=reference, payment_id=payment_id,
        expected_minor=expected[0], expected_currency=expected[1][:3], got_minor=got[0], got_currency=got[1][:3],
        print=hashlib.sha256(plain.encode()).hexdigest(),
    )  # fmt: skip
    Finding.objects.bulk_create([row], ignore_conflicts=True)
    return Finding.objects.filter(id=row.id).exists()


def open_findings() -> tuple[FindingView, ...]:
    """Where our books and a gateway's differ and nobody has looked yet, newest first."""
    return tuple(_finding(row) for row in Finding.objects.filter(closed_at=None).order_by("-found_at")[:200])


def closed_findings() -> tuple[FindingView, ...]:
    """What was looked at lately, newest first."""
    return tuple(_finding(row) for row in Finding.objects.exclude(closed_at=None).order_by("-closed_at")[:50])


def _finding(row: Finding) -> FindingView:
    return FindingView(**{name: getattr(row, name) for name in FindingView.__dataclass_fields__})
