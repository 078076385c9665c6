"""Events out to Parquet and in again, and what leaves because it is old."""

from datetime import UTC, date, datetime
from uuid import uuid4

import duckdb
import pytest
from django.db import connection

from nitka.ground import clock
from nitka.people.customers.models import Refusal
from nitka.people.events import actions as events
from nitka.people.events.models import Event, Key, Kind, Source
from nitka.people.events.tests.makers import event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
JANUARY, MAY = datetime(2024, 1, 31, 23, 59, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
NASTY = {"quoted": 'a "b", \\n\n\t', "empty": "", "greek": "ω", "none": None}


@pytest.fixture(autouse=True)
def some() -> None:
    Source.objects.get_or_create(id=1, defaults={"code": "web", "name": "Web", "write_key": "k", "kind": "browser"})
    event(evidence=uuid4(), at=JANUARY, properties=NASTY, context={"page": {"path": "/en/"}}, message_id="m1")
    event(evidence=uuid4(), at=MAY, kind=Kind.PAGE, name="", device=uuid4(), message_id="m2")
    event(evidence=uuid4(), at=NOW, message_id="m3")


def kept() -> list[tuple[object, ...]]:
    names = ("at", "source", "message_id", "kind", "name", "evidence", "device", "consent", "properties", "context")
    return list(Event.objects.order_by("at").values_list(*names))


def test_a_file_a_month_that_duckdb_reads_with_plain_types(tmp_path) -> None:
    done = events.export_events(to=tmp_path)
    assert done.files == {f"events-{month}.parquet": 1 for month in ("2024-01", "2024-05", "2026-11")}
    found = duckdb.sql(f"SELECT * FROM read_parquet('{tmp_path}/*.parquet') ORDER BY seq")
    assert {name: str(kind) for name, kind in zip(found.columns, found.types, strict=True)}["at"].startswith(
        "TIMESTAMP"
    )
    rows = found.project("seq, kind, source, message_id").fetchall()
    assert len(rows) == 3 and rows[0][3] == "m1" and rows[0][2] == "web"
    (codec,) = {row[0] for row in duckdb.sql(
        f"SELECT compression FROM parquet_metadata('{tmp_path}/events-2024-01.parquet')").fetchall()}  # fmt: skip
    assert codec == "ZSTD" and not [path for path in tmp_path.iterdir() if path.suffix != ".parquet"]


def test_days_bound_what_is_written(tmp_path) -> None:
    done = events.export_events(to=tmp_path, since=date(2024, 2, 1), until=date(2024, 5, 2))
    assert list(done.files) == ["events-2024-05.parquet"]


def test_out_and_in_again_is_the_same_and_once(tmp_path) -> None:
    before = kept()
    events.export_events(to=tmp_path)
    Event.objects.all().delete()
    Key.objects.all().delete()
    done = events.replay_events(path=tmp_path)
    assert (done.read, done.stored) == (3, 3) and kept() == before
    assert events.replay_events(path=tmp_path).stored == 0
    Key.objects.all().delete()
    assert events.replay_events(path=tmp_path).stored == 0 and Event.objects.count() == 3


def test_replayed_events_get_numbers_that_followers_have_not_seen(tmp_path) -> None:
    events.export_events(to=tmp_path)
    highest = max(Event.objects.values_list("seq", flat=True))
    Event.objects.all().delete()
    events.replay_events(path=tmp_path)
    assert min(Event.objects.values_list("seq", flat=True)) > highest


def test_who_said_no_since_does_not_come_back(tmp_path) -> None:
    events.export_events(to=tmp_path)
    refused = Event.objects.get(message_id="m1").evidence
    Event.objects.all().delete()
    Refusal.objects.create(evidence=refused, purpose="analytics")
    assert events.replay_events(path=tmp_path).stored == 2


@pytest.mark.parametrize("content", [b"", b"PAR1 nothing", b"a,b\n1,2\n"])
def test_a_file_that_is_none_is_refused(tmp_path, content) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(content)
    with pytest.raises(events.ArchiveProblem):
        events.replay_events(path=path)


def test_old_months_leave_whole_and_can_come_back(tmp_path) -> None:
    before = kept()
    with clock.freeze(NOW):
        done = events.let_go(folder=tmp_path, months=events.read_months("25"))
    assert done.events == 2 and [row[2] for row in kept()] == ["m3"]
    events.replay_events(path=tmp_path)
    Key.objects.all().delete()
    assert kept() == before


def test_a_kind_may_leave_sooner_than_the_others(tmp_path) -> None:
    with clock.freeze(NOW):
        done = events.let_go(folder=tmp_path, months=events.read_months("track=60 page=13"))
    assert done.files == {"events-2024-05-page.parquet": 1} and Event.objects.count() == 2


def test_nothing_leaves_where_nothing_is_said(tmp_path) -> None:
    assert events.let_go(folder=tmp_path, months=events.read_months("")).events == 0
    with pytest.raises(events.ArchiveProblem):
        events.read_months("page=long")


def test_months_are_made_ready_ahead() -> None:
    with clock.freeze(datetime(2031, 12, 5, tzinfo=UTC)):
        events.make_months_ready()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('events_y2031m12'), to_regclass('events_y2032m02')")
        assert all(cursor.fetchone())
