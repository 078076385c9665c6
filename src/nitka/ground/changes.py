"""Following a table without losing a change: each row bears the transaction that wrote it, a cursor is a snapshot."""

from typing import Any

from django.db import connection, models
from django.db.models import Func


class CurrentTransaction(Func):
    """The id of the running transaction, to be compared with snapshots."""

    function = "pg_current_xact_id"
    template = "%(function)s()"

    def __init__(self) -> None:
        super().__init__(output_field=TransactionField())


class TransactionField(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's xid8."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


def start_cursor() -> str:
    """A cursor that begins now: the transactions that are done, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def oldest_of(cursor: str) -> int:
    """The oldest transaction that was not done at that cursor. Raises ValueError for what is no cursor of ours."""
    parts = cursor.split(":")
    if len(parts) != 3 or not (parts[0].isdecimal() and parts[1].isdecimal()):
        raise ValueError("This is no cursor of ours.")
    if parts[2] and not all(each.isdecimal() for each in parts[2].split(",")):
        raise ValueError("This is no cursor of ours.")
    return int(parts[0])
