"""A row that is about to be changed, kept from others until the end of the transaction."""

from uuid import UUID

from django.db.models import Model

from nitka.shelf.reviews.problems import NoSuchThing


def locked[Row: Model](table: type[Row], row_id: UUID, otherwise: str) -> Row:
    """The row of that id. Raises NoSuchThing, which says `otherwise`."""
    row = table._default_manager.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise NoSuchThing(otherwise)
    return row
