"""The labels of customers, as they are asked for."""

from uuid import UUID

from django.db.models import Q

from nitka.people.customers.models import Customer, CustomerLabel


def labels_of(customer_id: UUID) -> tuple[str, ...]:
    """The labels of the whole person, by name: also those of rows that were merged. One query."""
    stands = Customer.objects.filter(id=customer_id).values("merged_into_id")
    same = Q(customer_id=customer_id) | Q(customer__merged_into_id=customer_id)
    rows = CustomerLabel.objects.filter(same | Q(customer_id__in=stands) | Q(customer__merged_into_id__in=stands))
    return tuple(sorted(set(rows.values_list("label", flat=True))))


def labels() -> tuple[str, ...]:
    """All labels that anybody has, by name."""
    return tuple(CustomerLabel.objects.order_by("label").values_list("label", flat=True).distinct())
