"""One writer of the catalogue at a time."""

from django.db import connection

_KEY = 0x6E69746B61  # "nitka"


def lock_catalog() -> None:
    """Wait until no other transaction puts products or categories: addresses are given out under this lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])
