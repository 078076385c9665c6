"""Where our books and a gateway's differ: written down once, until a person has looked at it."""

import hashlib
from uuid import UUID

from nitka.sale.payments.models import Finding


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
