"""A customer as the rest of the house has to look for them."""

from uuid import UUID

from django.db.models import Q

from nitka.ground.belongings import Party, with_references
from nitka.people.accounts import queries as accounts
from nitka.people.customers.marks import evidence_id
from nitka.people.customers.models import Customer, Evidence
from nitka.people.customers.persons import rows_of


def standing_row(code: str) -> Customer | None:
    """The row that stands for whoever has this code, also the code of a row that was merged."""
    row = Customer.objects.select_related("merged_into").filter(code__iexact=code.strip()).first()
    while row is not None and row.merged_into is not None:
        row = row.merged_into
    return row


def party_of(customer_id: UUID) -> Party:
    """Everything that this person is known by, in all rows that are theirs."""
    ids = rows_of([customer_id])
    rows = list(Customer.objects.filter(id__in=ids))
    logins = {row.user_id for row in rows if row.user_id}
    users = [user for user in map(accounts.user, logins) if user]
    emails = {row.email for row in rows if row.email} | {user.email for user in users}
    # Also evidence that is not computed to be theirs yet, if it follows from what is in their rows.
    named = {evidence_id("login", str(each)) for each in logins} | {evidence_id("email", each) for each in emails}
    found = list(Evidence.objects.filter(Q(customer_id__in=ids) | Q(id__in=named)))
    emails |= {each.value for each in found if each.kind == Evidence.Kind.EMAIL}
    marks = emails | {row.phone for row in rows if row.phone} | {each.value for each in found}
    return with_references(
        Party(
            ids=frozenset(ids), logins=frozenset(logins), emails=frozenset(emails), marks=frozenset(marks),
            evidence=frozenset(named | {each.id for each in found}),
        )
    )  # fmt: skip
