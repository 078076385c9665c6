"""What this process remembers of the shop's words is asked anew after a change."""

from django.db import transaction

from nitka.shelf.content import queries


def forget_now_and_later() -> None:
    """Now, so that this transaction sees its own change; later, since another thread may have asked in between."""
    queries.forget()
    transaction.on_commit(queries.forget)
