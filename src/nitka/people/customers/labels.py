"""The labels of customers, as they are asked for."""

from uuid import UUID

from nitka.people.customers.models import CustomerLabel
from nitka.people.customers.persons import rows_of


def labels_of(customer_id: UUID) -> tuple[str, ...]:
    """The labels of the whole person, by name."""
    rows = CustomerLabel.objects.filter(customer_id__in=rows_of([customer_id]))
    return tuple(sorted(set(rows.values_list("label", flat=True))))


def labels() -> tuple[str, ...]:
    """All labels that anybody has, by name."""
    return tuple(CustomerLabel.objects.order_by("label").values_list("label", flat=True).distinct())
