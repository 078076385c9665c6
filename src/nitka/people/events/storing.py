"""The one transaction that stores events: refusals, keys, evidence, the events, and the log of what was not taken."""

import time
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connections

from nitka.ground import clock
from nitka.people.customers import actions as customers
from nitka.people.events.claims import Claims
from nitka.people.events.committing import Parcel, Rejection
from nitka.people.events.reading import Row

# Numbers of events are given while this lock is held, so they appear in the order of commits (see queries.after).
WRITERS_LOCK = 7_203_001
BEGIN = (
    "BEGIN; SET LOCAL synchronous_commit = on; SET LOCAL statement_timeout = '8s'; SET LOCAL lock_timeout = '6s';"
    f" SELECT pg_advisory_xact_lock({WRITERS_LOCK})"
)
KEYS = (
    "INSERT INTO events_keys (source, message_id, received_at)"
    " SELECT source, message_id, now() FROM unnest(%s::smallint[], %s::text[]) AS new(source, message_id)"
    " ON CONFLICT DO NOTHING RETURNING source, message_id"
)
REFUSED = "SELECT evidence::text FROM customers_refusals WHERE purpose = 'analytics' AND evidence = ANY(%s::uuid[])"
GUARDED = "SELECT id FROM customers_evidence WHERE standing > 0 AND id = ANY(%s::uuid[])"
COPY = (
    "COPY events_events (at, source, message_id, kind, name, evidence, device, flags, consent, received_at, sent_at,"
    " original_at, properties, context) FROM STDIN"
)
LOG = (
    "INSERT INTO events_rejected (source, at, type, name, reason, count, excerpt)"
    " SELECT source, now(), type, name, reason, count, excerpt FROM unnest(%s::smallint[], %s::text[], %s::text[],"
    " %s::text[], %s::int[], %s::text[]) AS new(source, type, name, reason, count, excerpt)"
)
TRIM = "DELETE FROM events_rejected WHERE id <= (SELECT max(id) FROM events_rejected) - %s"
LOG_ROWS, LOG_A_COMMIT = 20_000, 100


class Store:
    """A connection of its own beside Django's pool, and what it has written lately. Used by one thread at a time."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection[Any] | None = None
        self._known = _Known()
        self._logged = 0

    def __call__(self, parcels: Sequence[Parcel]) -> None:
        """Commit the parcels together; where one of them is at fault, each alone, so that its neighbours get in."""
        try:
            self._commit([parcel.rows for parcel in parcels], _joined(parcels))
        except psycopg.OperationalError:
            self._leave()
            raise
        except psycopg.Error:
            for parcel in parcels:
                self._commit_alone(parcel)

    def _commit_alone(self, parcel: Parcel) -> None:
        """One request by itself, and if need be one event by itself: what the database refuses goes to the log."""
        try:
            self._commit([parcel.rows], parcel.rejected)
            return
        except psycopg.OperationalError as trouble:
            self._leave()
            parcel.trouble = trouble
            return
        except psycopg.Error:
            pass
        rejected = list(parcel.rejected)
        try:
            for row in parcel.rows:
                try:
                    self._commit([[row]], [])
                except psycopg.DataError as trouble:
                    reason = f"refused by the database: {trouble.sqlstate}"
                    rejected.append(Rejection(row.key[0], row.kind, row.name, reason))
            self._commit([], rejected)
        except psycopg.Error as trouble:
            parcel.trouble = trouble

    def _commit(self, groups: Sequence[Sequence[Row]], rejected: Sequence[Rejection]) -> None:
        rejected = list(rejected)
        rows: dict[tuple[int, str], Row] = {}
        for group in groups:
            for row in group:
                rows.setdefault(row.key, row)
        new: list[Claims] = []
        with self._begun() as cursor:
            try:
                if rows:
                    new = self._write(cursor, rows, rejected)
                if rejected:
                    self._log(cursor, rejected)
                cursor.execute("COMMIT")
            except psycopg.Error:
                if not cursor.connection.closed:
                    cursor.execute("ROLLBACK")
                raise
        self._known.add(new)

    def _write(
        self, cursor: psycopg.Cursor[Any], rows: dict[tuple[int, str], Row], rejected: list[Rejection]
    ) -> list[Claims]:
        _drop_refused(cursor, rows, rejected)
        moved = _guard(cursor, rows, rejected)
        if not rows:
            return []
        keys = list(rows)
        cursor.execute(KEYS, [[source for source, _id in keys], [message_id for _source, message_id in keys]])
        if cursor.rowcount < len(keys):
            rows = {key: rows[key] for key in cursor.fetchall()}
        if not rows:
            return []
        new = self._known.new(row.claims for row in rows.values())
        if new:
            at = clock.now()
            pairs = [each.rows(at) for each in new]
            customers.record(cursor, [e for evidence, _ in pairs for e in evidence],
                             [link for _, links in pairs for link in links])  # fmt: skip
        with cursor.copy(COPY) as copy:
            copy.write(b"".join([row.line(moved.get(key) or row.claims.column) for key, row in rows.items()]))
        return new

    def _log(self, cursor: psycopg.Cursor[Any], rejected: Sequence[Rejection]) -> None:
        """Equal ones as one row with a count, so that a flood of mistakes stays a handful of rows."""
        merged: dict[tuple[int, str, str, str], Rejection] = {}
        for each in rejected:
            key = (each.source, each.kind[:20], each.name[:200], each.reason[:60])
            if key in merged:
                merged[key].count += each.count
            else:
                merged[key] = Rejection(*key, each.excerpt, each.count)
        rows = list(merged.values())[:LOG_A_COMMIT]
        cursor.execute(
            LOG, [[r.source for r in rows], [r.kind for r in rows], [r.name for r in rows], [r.reason for r in rows],
                  [r.count for r in rows], [r.excerpt for r in rows]],
        )  # fmt: skip
        self._logged += len(rows)
        if self._logged > 1000:
            self._logged = 0
            cursor.execute(TRIM, [LOG_ROWS])

    def _begun(self) -> psycopg.Cursor[Any]:
        """A cursor in a transaction; where the server was restarted meanwhile, on a new connection."""
        for last in (False, True):
            cursor = self._cursor()
            try:
                return cursor.execute(BEGIN)
            except psycopg.OperationalError:
                if last or not cursor.connection.closed:
                    raise
        raise AssertionError("not reached")

    def _cursor(self) -> psycopg.Cursor[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(**_address(), autocommit=True)
        return self._connection.cursor()

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Known:
    """Claims that were committed a short while ago. Two generations, so that what is used often stays."""

    def __init__(self, size: int = 50_000, seconds: float = 300.0) -> None:
        self._size, self._seconds = size, seconds
        self._young: set[Claims] = set()
        self._old: set[Claims] = set()
        self._since = time.monotonic()

    def new(self, claims: Any) -> list[Claims]:
        return [each for each in dict.fromkeys(claims) if each not in self._young and each not in self._old]

    def add(self, claims: Sequence[Claims]) -> None:
        # Evidence may be erased meanwhile, so nothing is taken for written for more than ten minutes.
        if len(self._young) > self._size or time.monotonic() - self._since > self._seconds:
            self._old, self._young, self._since = self._young, set(), time.monotonic()
        self._young.update(claims)


def _joined(parcels: Sequence[Parcel]) -> list[Rejection]:
    return [rejection for parcel in parcels for rejection in parcel.rejected]


def _drop_refused(cursor: psycopg.Cursor[Any], rows: dict[tuple[int, str], Row], rejected: list[Rejection]) -> None:
    ids = {id for row in rows.values() for id in row.claims.ids}
    cursor.execute(REFUSED, [_uuids(ids)])
    refused = {row[0] for row in cursor.fetchall()}
    if not refused:
        return
    for key, row in list(rows.items()):
        if not refused.isdisjoint(row.claims.ids):
            rejected.append(Rejection(key[0], row.kind, row.name, "no consent"))
            del rows[key]


def _guard(
    cursor: psycopg.Cursor[Any], rows: dict[tuple[int, str], Row], rejected: list[Rejection]
) -> dict[tuple[int, str], str]:
    """Events of untrusted sources that name a login which is better than claimed go to the device's thread."""
    named = {row.claims.guarded for row in rows.values() if row.claims.guarded}
    if not named:
        return {}
    cursor.execute(GUARDED, [_uuids(str(id) for id in named)])
    held = {row[0] for row in cursor.fetchall()}
    moved: dict[tuple[int, str], str] = {}
    for key, row in list(rows.items()):
        if row.claims.guarded in held:
            if row.claims.device:
                moved[key] = str(row.claims.device)
            else:
                rejected.append(Rejection(key[0], row.kind, row.name, "a trusted source must name this userId"))
                del rows[key]
    return moved


def _uuids(ids: Any) -> str:
    return "{" + ",".join(ids) + "}"


def _address() -> dict[str, Any]:
    """Where Django's database is, without what only Django or its pool understands."""
    settings = connections["default"].settings_dict
    options = {
        name: value
        for name, value in settings["OPTIONS"].items()
        if name not in {"pool", "isolation_level", "assume_role", "server_side_binding", "service", "passfile"}
    }
    given = {
        "host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"],
        "password": settings["PASSWORD"], "dbname": settings["NAME"],
    }  # fmt: skip
    return {
        "connect_timeout": 3, "application_name": "nitka collect", "tcp_user_timeout": 10_000,
        **{name: value for name, value in given.items() if value}, **options,
    }  # fmt: skip
