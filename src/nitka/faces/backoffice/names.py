"""Names of the staff, for what they did."""

from uuid import UUID

from nitka.people.accounts import queries as accounts


def staff_names() -> dict[UUID, str]:
    """Who works or worked here: id → name, or the address where there is no name."""
    return {row.id: row.name or row.email for row in accounts.staff_rows()}
