"""Questions about customers."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from nitka.people.accounts import queries as accounts
from nitka.people.customers.choices import PURPOSES, TEXT_VERSION, VISIT_PURPOSES, Choices, choices_in, heeding
from nitka.people.customers.finding import find
from nitka.people.customers.identities import (
    CompanyView,
    Decision,
    IdentityView,
    Suggestion,
    WhyLinked,
    canonical,
    companies,
    companies_of,
    company,
    customer_id_of_code,
    customer_id_rows,
    customer_ids_of,
    decisions_of,
    evidence_ids_of,
    identities_of,
    link_ends,
    owners_of,
    people_of,
    proved_ids_of,
    suggestions,
)
from nitka.people.customers.labels import labels, labels_of
from nitka.people.customers.ledger import (
    ConsentView,
    consents_of,
    consents_of_customer,
    has_consent,
    may_process,
    refused,
    refuses,
)
from nitka.people.customers.marks import evidence_id, normal
from nitka.people.customers.models import Address, Customer, Evidence, Occasion
from nitka.people.customers.places import AddressField, address_form, countries

__all__ = [
    "PURPOSES",
    "TEXT_VERSION",
    "VISIT_PURPOSES",
    "AddressField",
    "Choices",
    "CompanyView",
    "ConsentView",
    "CustomerView",
    "Decision",
    "IdentityView",
    "OccasionView",
    "PostalAddress",
    "SavedAddress",
    "Suggestion",
    "WhyLinked",
    "address_form",
    "addresses_of",
    "canonical",
    "choices_in",
    "companies",
    "companies_of",
    "company",
    "consents_of",
    "consents_of_customer",
    "countries",
    "customer",
    "customer_by_email",
    "customer_id_of_code",
    "customer_id_rows",
    "customer_ids_of",
    "customer_of_user",
    "customer_rows",
    "decisions_of",
    "evidence_id",
    "evidence_ids_of",
    "has_consent",
    "heeding",
    "identities_of",
    "labels",
    "labels_of",
    "link_ends",
    "may_process",
    "normal",
    "occasions_of",
    "owners_of",
    "people_of",
    "proved_ids_of",
    "refused",
    "refuses",
    "search",
    "suggestions",
    "user_ids_of",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PostalAddress:
    """A place of the post, as people write it; `country` is ISO 3166 alpha-2, `phone` E.164 once checked."""

    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    phone: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "PostalAddress":
        """From any mapping; what is no part of an address is ignored, what is missing is empty."""
        return cls(**{name: str(values.get(name) or "") for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class CustomerView:
    """Who speaks for a person; `merged` says that other ids lead here (`customer_ids_of`, `proved_ids_of`)."""

    id: UUID
    code: str
    email: str
    name: str
    phone: str
    language: str
    market: str
    units: str
    birthday: date | None
    preferred_channel: str
    heard_from: str
    user_id: UUID | None
    created_at: datetime
    merged: bool = False


@dataclass(frozen=True)
class SavedAddress:
    id: UUID
    address: PostalAddress


@dataclass(frozen=True)
class OccasionView:
    """A day to remember; `year` is None where the customer did not say it."""

    kind: str
    name: str
    month: int
    day: int
    year: int | None = None


def customer(customer_id: UUID) -> CustomerView | None:
    """The customer with that id; an id that was merged gives the customer who speaks for that person now."""
    return _view(_rows().filter(id=customer_id).first())


def customer_of_user(user_id: UUID) -> CustomerView | None:
    """The customer who signs in as that user."""
    row = _rows().filter(user_id=user_id).first()
    return _view(row or _row_of(evidence_id("login", str(user_id))))


def customer_by_email(email: str) -> CustomerView | None:
    """The customer with that address, however it is written."""
    small = email.strip().lower()
    return _view(_rows().filter(email=small).first() or _row_of(evidence_id("email", small)))


def addresses_of(customer_id: UUID) -> list[SavedAddress]:
    """The customer's addresses, the one used last first."""
    rows = _theirs(Address.objects.order_by("-used_at", "-id"), customer_id)
    return [SavedAddress(row.id, PostalAddress.from_dict(vars(row))) for row in rows]


def _theirs(rows: QuerySet[Any], customer_id: UUID) -> list[Any]:
    """Rows of this person; those of another row of theirs only where both are proved to be one."""
    found = list(rows.filter(Q(customer_id=customer_id) | Q(customer__merged_into_id=customer_id)))
    if all(row.customer_id == customer_id for row in found):
        return found
    proved = proved_ids_of(customer_id)
    return [row for row in found if row.customer_id in proved]


def occasions_of(customer_id: UUID) -> list[OccasionView]:
    """The days that the customer wants remembered, in the order of the year."""
    rows = _theirs(Occasion.objects.order_by("month", "day", "id"), customer_id)
    return [OccasionView(row.kind, row.name, row.month, row.day, row.year) for row in rows]


def customer_rows() -> QuerySet[Customer]:
    """All customers, newest first, for tables of the back office; each person once."""
    return Customer.objects.filter(merged_into=None).order_by("-id")


def _rows() -> QuerySet[Customer]:
    others = Customer.objects.filter(merged_into_id=Coalesce(OuterRef("merged_into_id"), OuterRef("id")))
    return Customer.objects.select_related("merged_into").annotate(merged=Exists(others))


def _row_of(mark: UUID) -> Customer | None:
    owner = Evidence.objects.filter(id=mark).values("customer_id")
    return _rows().filter(id__in=owner).first()


def _view(row: Customer | None) -> CustomerView | None:
    if row is None:
        return None
    merged = bool(getattr(row, "merged", False))
    row = row.merged_into or row
    if not row.email:
        _fill(row)
    return CustomerView(
        id=row.id, code=row.code, email=row.email or "", name=row.name, phone=row.phone, language=row.language,
        market=row.market, units=row.units, birthday=row.birthday, preferred_channel=row.preferred_channel,
        heard_from=row.heard_from, user_id=row.user_id, created_at=row.created_at,
        merged=merged,
    )  # fmt: skip


def _fill(row: Customer) -> None:
    """What this row does not know, another row of the same person may; it is shown, and stays where it is."""
    for other in Customer.objects.filter(id__in=proved_ids_of(row.id)[1:]).order_by("id"):
        row.email, row.name, row.phone = row.email or other.email, row.name or other.name, row.phone or other.phone
    if not row.email and row.user_id:
        user = accounts.user(row.user_id)
        row.email = user.email if user else None


def search(text: str, limit: int = 20) -> list[CustomerView]:
    """Customers that fit what somebody remembers, best first: name in any script, e-mail, telephone in any form, code.

    Forgives mistakes in words of three letters and more; people that were merged are found as who they are now.
    """
    found = find(text, limit)
    rows = Customer.objects.in_bulk(found)
    return [view for each in found if (view := _view(rows.get(each)))]


def user_ids_of(customer_ids: Iterable[UUID]) -> list[UUID]:
    """As whom these customers sign in."""
    rows = Customer.objects.filter(id__in=list(customer_ids), user__isnull=False)
    return list(rows.values_list("user_id", flat=True))
