"""What follows the events."""

from pathlib import Path

from django.conf import settings

from nitka.ground.facts.followers import follows
from nitka.ground.facts.jobs import periodic, task
from nitka.people.events import forwarding, sessions, traits
from nitka.people.events.actions import erasing, keeping


@follows(sessions.NAME)
def follow_sessions() -> int:
    """Visits and their channels, a moment behind the events."""
    return sessions.step()


@follows(traits.NAME, every=1.0)
def follow_traits() -> int:
    """Names and telephones that programs of the merchant know."""
    return traits.step()


@periodic("23 2 * * *")
def make_months_ready() -> None:
    """Long before the first event of a month, which would else lie with the far past."""
    keeping.make_months_ready()


@periodic("37 4 2 * *")
def let_old_events_go() -> None:
    """Once a month: what is older than it is kept becomes Parquet."""
    months = keeping.read_months(settings.EVENTS_KEEP_MONTHS)
    if months:
        keeping.let_go(folder=Path(settings.EVENTS_ARCHIVE), months=months)


@task()
def erase_in_archive() -> None:
    """What left before somebody was erased is erased in the files too."""
    erasing.erase_in_archive(folder=Path(settings.EVENTS_ARCHIVE))


@periodic("11 5 * * *")
def erase_in_archive_again() -> None:
    """Daily, for what five tries did not do: a disk that was full, say."""
    erasing.erase_in_archive(folder=Path(settings.EVENTS_ARCHIVE))


@task(queue="webhooks")
def forward(*, provider: str, after: int, upto: int, tries: int) -> None:
    """Pass events on to another tool."""
    forwarding.send(provider, after=after, upto=upto, tries=tries, forward=forward)


@follows("events.forward.ga4", every=5.0)
def follow_for_ga4() -> int:
    """Only where Google Analytics is turned on."""
    return forwarding.step("ga4", forward)


@follows("events.forward.webhook", every=2.0)
def follow_for_webhook() -> int:
    """Only where an address is given."""
    return forwarding.step("webhook", forward)
