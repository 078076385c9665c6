"""Forgetting what pricing remembers."""

from django.db import transaction

from nitka.shelf.pricing import markets
from nitka.shelf.pricing.promotions import rules


def forget_all() -> None:
    """Read what pricing remembers anew at the next question: after a change, and between tests."""
    rules.book.forget()
    markets.forget()


def forget_now_and_later() -> None:
    """Now, so that this transaction sees its own change; later, since another thread may have asked in between."""
    forget_all()
    transaction.on_commit(forget_all)
