"""The lock on every door that can be tried: five wrong keys shut it, and each further one for longer.

Three locks guard each door: one for the account as tried from one address, so that a stranger elsewhere cannot shut
its owner out; a wider one for the account from anywhere; and one for the address over all accounts.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import ngettext

from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.people.accounts.models import WrongTries

FORGET_AFTER = timedelta(minutes=15)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
TRIES_OF_PAIR = 5
TRIES_OF_ACCOUNT = 20
TRIES_OF_ADDRESS = 40


class LockedOut(Problem):
    """Too many wrong tries; the door opens again after `retry_after` seconds."""

    code = "locked_out"
    status = 429


def count_try(account: str, address: str) -> None:
    """Count a try before it is checked, so that a hundred at once are no more than five. Raises LockedOut.

    Called outside of the caller's transaction, for a refusal must not roll back what was counted.
    """
    with transaction.atomic():
        waits = [_count(door, allowed) for door, allowed in _doors(account, address)]
    shut = max(waits)
    if shut > timedelta(0):
        seconds = int(shut.total_seconds()) + 1
        minutes = -(-seconds // 60)
        raise LockedOut(
            ngettext(
                "Too many wrong tries. Please wait %(minutes)s minute and try again.",
                "Too many wrong tries. Please wait %(minutes)s minutes and try again.",
                minutes,
            )
            % {"minutes": minutes},
            retry_after=seconds,
        )


def forgive(account: str, address: str) -> None:
    """The right key was used: the account starts anew, and the address gets this try back."""
    pair, whole, place = (door for door, _allowed in _doors(account, address))
    WrongTries.objects.filter(door__in=[pair, whole]).delete()
    with transaction.atomic():
        row = WrongTries.objects.select_for_update().filter(door=place, failures__gt=0).first()
        if row is not None:
            row.failures -= 1
            row.save(update_fields=["failures"])


def _doors(account: str, address: str) -> list[tuple[str, int]]:
    # Always in this order, which is the lock order too.
    return [
        (f"a {account}|{address}"[:330], TRIES_OF_PAIR),
        (f"b {account}"[:330], TRIES_OF_ACCOUNT),
        (f"c {address}"[:330], TRIES_OF_ADDRESS),
    ]


def _count(door: str, allowed: int) -> timedelta:
    """How long the door stays shut, else zero after counting one more try."""
    now = clock.now()
    WrongTries.objects.bulk_create([WrongTries(door=door, last_at=now)], ignore_conflicts=True)
    row = WrongTries.objects.select_for_update().get(door=door)
    if row.shut_until and row.shut_until > now:
        return row.shut_until - now
    if now > max(row.last_at, row.shut_until or row.last_at) + FORGET_AFTER:
        row.failures = 0
    row.failures, row.last_at = row.failures + 1, now
    beyond = row.failures - allowed
    row.shut_until = now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(beyond, 10)) if beyond >= 0 else None
    row.save(update_fields=["failures", "last_at", "shut_until"])
    return timedelta(0)
