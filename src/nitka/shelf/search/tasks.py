"""What the clock and the reactions ask of search."""

from datetime import timedelta

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic, task

from . import actions
from .models import Change
from .tables import KEPT_DAYS


@task(queue="facts")
def refresh() -> None:
    """Rebuild what was marked; a job that finds nothing was overtaken by one before it."""
    while actions.rebuild_stale():
        pass


@periodic("*/5 * * * *")
def catch_up() -> None:
    """Rebuild what was marked without a job, as by a release that writes other rows than the one before."""
    refresh()


@periodic("17 3 * * *")
def forget_old_changes() -> None:
    """Drop changes that every living host has seen; one that slept longer builds its index anew."""
    Change.objects.filter(at__lt=clock.now() - timedelta(days=KEPT_DAYS)).delete()
