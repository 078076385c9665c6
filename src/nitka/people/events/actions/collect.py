"""Taking events."""

from datetime import datetime
from typing import Any

import psycopg
import structlog

from nitka.ground.problem import Problem
from nitka.ground.troubles import where
from nitka.people.events.committing import Busy, Committer, Parcel, Rejection
from nitka.people.events.letters import NotJson
from nitka.people.events.letters import read as read_json
from nitka.people.events.moments import moment
from nitka.people.events.queries import SourceView
from nitka.people.events.reading import Arrival, Refused, Row, read
from nitka.people.events.storing import Store

BATCH_EVENTS = 2500
EXCERPT = 1000
log = structlog.get_logger(__name__)
_committer = Committer(Store())


class BadBody(Problem):
    """What was sent is no JSON object; sending it again will not help."""

    code = "bad_body"
    status = 400


class NotNow(Problem):
    """Nothing was stored; the sender should come back in `retry_after` seconds."""

    code = "not_now"
    status = 503

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def open_body(body: bytes) -> dict[str, Any]:
    """The JSON object of a request. Raises BadBody."""
    try:
        read = read_json(body)
    except NotJson:
        raise BadBody("The body is not JSON.") from None
    if type(read) is not dict:
        raise BadBody("The body is not a JSON object.")
    return read


def collect(
    *, source: SourceView, kind: str, body: dict[str, Any], received: datetime,
    user_agent: str = "", gpc: bool = False, dnt: bool = False,
) -> None:  # fmt: skip
    """Store the events of one request; when it returns they are on disk, each message id once a source.

    `kind` is a type of Segment's HTTP API, or "batch". Events that cannot be taken are logged with the reason and do
    not hinder the others. Raises NotNow when the database is away or too much waits: then nothing was stored that a
    second try with the same message ids would double.
    """
    arrival = Arrival(source, received, user_agent, gpc, dnt)
    if kind == "batch":
        rows, rejected = _batch(body, arrival)
    else:
        rows, rejected = [], []
        _take(body, kind, arrival, rows, rejected)
    if not rows and not rejected:
        return
    try:
        _committer.commit(Parcel(rows, rejected))
    except Busy:
        raise NotNow("Too many events are waiting.", retry_after=2) from None
    except psycopg.Error as trouble:
        log.warning("events_not_stored", error=type(trouble).__name__)
        raise NotNow("The database is away.", retry_after=3) from None


def _batch(body: dict[str, Any], arrival: Arrival) -> tuple[list[Row], list[Rejection]]:
    rows: list[Row] = []
    rejected: list[Rejection] = []
    items = body.get("batch")
    source = arrival.source.id
    if type(items) is not list:
        return rows, [Rejection(source, "batch", "", "no batch", _excerpt(body))]
    if len(items) > BATCH_EVENTS:
        return rows, [Rejection(source, "batch", "", "more than 2500 events in a batch", count=len(items))]
    context = body.get("context")
    arrival = Arrival(
        arrival.source, arrival.received, arrival.user_agent, arrival.gpc, arrival.dnt, moment(body.get("sentAt")),
        context if type(context) is dict else None, body.get("integrations"),
    )  # fmt: skip
    for item in items:
        kind = item.get("type") if type(item) is dict else None
        _take(item, kind if type(kind) is str else "", arrival, rows, rejected)
    return rows, rejected


def _take(item: Any, kind: str, arrival: Arrival, rows: list[Row], rejected: list[Rejection]) -> None:
    try:
        rows.append(read(item, kind, arrival))
        return
    except Refused as refusal:
        reason = str(refusal)
    except Exception as trouble:
        # Whatever a sender wrote, its neighbours are kept and the sender is not asked to repeat it for ever.
        log.warning("event_not_read", error=where(trouble))
        reason = "cannot be read"
    name = item.get("event") or item.get("name") if type(item) is dict else ""
    name = name.replace("\0", "") if type(name) is str else ""
    excerpt = "" if reason == "no consent" else _excerpt(item)
    rejected.append(Rejection(arrival.source.id, kind.replace("\0", "")[:20], name[:200], reason, excerpt))


def _excerpt(item: Any) -> str:
    """How it began. Whoever gave no consent is not kept here either."""
    try:
        return repr(item)[:EXCERPT].replace("\0", "")
    except RecursionError:
        return "(nested beyond reason)"
