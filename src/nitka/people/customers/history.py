"""The values that an import of customers gives and gets."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nitka.people.customers.queries import PostalAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCustomer:
    """A customer of another system: by their number there, or by e-mail where it knew no number."""

    number: str = ""
    email: str = ""
    name: str = ""
    phone: str = ""
    language: str = "en"
    market: str = ""
    country: str = ""
    birthday: date | None = None
    address: PostalAddress | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CustomersOutcome:
    """Whose each draft is, in their order (None: it names nobody), and how many customers came or got something new."""

    ids: tuple[UUID | None, ...]
    created: int
    updated: int
