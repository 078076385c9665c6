"""Erasing a person: everything that tells of them goes, everything that counts stays."""

from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from nitka.ground.belongings import StandIns, erase_all
from nitka.ground.facts.actions import tell
from nitka.ground.problem import Problem
from nitka.people.accounts import queries as accounts
from nitka.people.customers.facts import CustomerErased
from nitka.people.customers.models import Customer, Erasure
from nitka.people.customers.parties import party_of, standing_row


class ErasureProblem(Problem):
    """This person cannot be erased; the message says why."""

    code = "erasure_refused"
    status = 409


class NoCustomer(Problem):
    """Nobody has this code."""

    code = "customer_unknown"
    status = 404


@transaction.atomic
def erase_customer(*, code: str, by: UUID | None = None) -> dict[str, int]:
    """Erase or empty every row of a person, as each table declares, in one transaction. There is no way back.

    Orders keep sums and lines, and what tax law asks for; events keep their counts under a fresh number; the ledger
    keeps what was allowed and when. `by` is the user who asked for it. Returns the number of rows of each table.
    Raises NoCustomer, and ErasureProblem for somebody who works here or was erased before.
    """
    row = standing_row(code)
    if row is None:
        raise NoCustomer(_("No customer has the code %(code)s.") % {"code": code})
    # Whoever changes this person at the same moment waits, or is waited for.
    list(Customer.objects.select_for_update().filter(id=row.id))
    if Erasure.objects.filter(customer_id=row.id).exists() and row.email is None and row.user_id is None:
        raise ErasureProblem(_("This customer was erased already."))
    party = party_of(row.id)
    if any((user := accounts.user(each)) and user.role for each in party.logins):
        raise ErasureProblem(_("This person works here. Take their role away first."))
    with connection.cursor() as cursor:
        # The ledgers refuse every change but this one.
        cursor.execute("SET LOCAL nitka.erasing = 'on'")
        counts = erase_all(party, StandIns())
        cursor.execute("SET LOCAL nitka.erasing = 'off'")
    Erasure.objects.create(customer_id=row.id, by=by, rows=counts)
    tell(CustomerErased(customer_id=row.id))
    return counts
