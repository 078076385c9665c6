"""Who may send events."""

from django.db import transaction

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_token
from nitka.ground.problem import Problem
from nitka.people.events.facts import SourceEnded, SourceMade
from nitka.people.events.models import Source

OWN_BROWSER, OWN_SERVER = "storefront", "server"


class SourceProblem(Problem):
    """A source cannot be made or changed like that."""

    code = "bad_source"


@transaction.atomic
def put_source(*, code: str, name: str, kind: str, trusted: bool = False, own: bool = False) -> str:
    """Make the source of that code, or leave the one that is there; returns its write key.

    Raises SourceProblem for an unknown kind, and for a browser that should be trusted: anybody can read its key.
    """
    if kind not in Source.Kind.values:
        raise SourceProblem("A source is a browser or a server.")
    if trusted and kind == Source.Kind.BROWSER:
        raise SourceProblem("A browser's key is public, so it can vouch for nobody.")
    row, made = Source.objects.get_or_create(
        code=code, defaults={"name": name, "kind": kind, "trusted": trusted, "own": own, "write_key": new_token()}
    )
    if made:
        tell(SourceMade(source_code=code, source_kind=kind, trusted=trusted))
    return row.write_key


@transaction.atomic
def put_built_in_sources() -> None:
    """The two that every shop has: its own pages, and a trusted server."""
    put_source(code=OWN_BROWSER, name="Storefront", kind="browser", own=True)
    put_source(code=OWN_SERVER, name="Server", kind="server", trusted=True)


@transaction.atomic
def end_source(*, code: str) -> None:
    """Take nothing more under that write key. Raises SourceProblem where there is none, or it is the shop's own."""
    row = Source.objects.select_for_update().filter(code=code, ended_at=None).first()
    if row is None or row.own:
        raise SourceProblem("There is no such source to end.")
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    tell(SourceEnded(source_code=code))
