"""A customer as the rest of the house has to look for them."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from nitka.ground.belongings import Party, with_references
from nitka.ground.ids import read_code
from nitka.people.accounts import queries as accounts
from nitka.people.customers.marks import evidence_id
from nitka.people.customers.models import Customer, Evidence, Link
from nitka.people.customers.persons import rows_of


def standing_row(code: str) -> Customer | None:
    """The row that stands for whoever has this code, also the code of a row that was merged."""
    row = Customer.objects.select_related("merged_into").filter(code=read_code(code)).first()
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


def sure_of(party: Party) -> Party:
    """The same person without devices that only a link in a mail, or somebody's word, makes theirs.

    Whoever gets a mail can pass its links on: what is then done on another's device must not be handed to them.
    """
    devices = set(Evidence.objects.filter(id__in=party.evidence, kind="device").values_list("id", flat=True))
    rest = party.evidence - devices
    living = Link.objects.filter(undone_at=None, trust__gte=Evidence.Standing.GIVEN).exclude(reason="mail_click")
    ends = living.filter(Q(a__in=devices, b__in=rest) | Q(b__in=devices, a__in=rest)).values_list("a", "b")
    return replace(party, evidence=rest | (devices & {end for pair in ends for end in pair}))
