"""Putting labels on customers."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem
from nitka.people.customers.models import Customer, CustomerLabel
from nitka.people.customers.persons import rows_of

MOST = 30


class LabelProblem(Problem):
    """A label is a short word, and a customer has not too many."""

    code = "label_invalid"


@transaction.atomic
def set_labels(*, customer_id: UUID, labels: Iterable[str], source: str = "staff") -> tuple[str, ...]:
    """Let the customer have these labels of that source and no others of it: staff does not take away what a segment
    put on. Written in small letters. Returns them. Raises LabelProblem.
    """
    wanted = sorted({" ".join(each.split()).lower() for each in labels} - {""})
    if len(wanted) > MOST or any(len(each) > 40 for each in wanted):
        raise LabelProblem(_("A customer has at most 30 labels, each of at most 40 letters."), field="labels")
    row = Customer.objects.filter(id=customer_id).first()
    if row is None:
        raise LabelProblem(_("There is no such customer."))
    rows = CustomerLabel.objects.filter(customer_id__in=rows_of([customer_id]), source=source[:60])
    rows.exclude(label__in=wanted).delete()
    CustomerLabel.objects.bulk_create(
        [CustomerLabel(customer_id=row.merged_into_id or row.id, label=each, source=source[:60]) for each in wanted],
        ignore_conflicts=True,
    )
    return tuple(wanted)
