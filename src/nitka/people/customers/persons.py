"""All rows and marks of one person: what was merged counts as much as what stands for it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from nitka.people.customers.models import Customer, Evidence


def rows_of(customer_ids: Collection[UUID]) -> set[UUID]:
    """The ids of all customer rows of these people: the row that stands, and those that were merged into it."""
    found = set(customer_ids)
    while True:
        up = Customer.objects.filter(id__in=found).values_list("merged_into", flat=True)
        down = Customer.objects.filter(merged_into__in=found).values_list("id", flat=True)
        more = {each for each in (*up, *down) if each} - found
        if not more:
            return found
        found |= more


def rows_of_evidence(evidence_ids: Collection[UUID]) -> set[UUID]:
    """The customer rows of the people whom these pieces of evidence belong to."""
    owners = Evidence.objects.filter(id__in=evidence_ids, customer__isnull=False).values_list("customer", flat=True)
    return rows_of(set(owners))


def evidence_of_rows(customer_ids: Collection[UUID]) -> set[UUID]:
    """What these customers are known by."""
    return set(Evidence.objects.filter(customer__in=customer_ids).values_list("id", flat=True))


def rows_of_address(address: str) -> set[UUID]:
    """The customer rows of the person with that e-mail address."""
    found = Q(email=address) | Q(id__in=Evidence.objects.filter(kind="email", value=address).values("customer"))
    return rows_of(set(Customer.objects.filter(found).values_list("id", flat=True)))
