"""Who is erased is erased in files too, and no file brings them back."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import duckdb
import pytest
from django.db import connection

from nitka.ground import clock
from nitka.ground.belongings import Party, StandIns
from nitka.people.events import actions as events
from nitka.people.events import erased, tasks
from nitka.people.events.belongings import empty_events
from nitka.people.events.models import Event, Key, Source
from nitka.people.events.tests.makers import event

pytestmark = pytest.mark.django_db
THEN, NOW = datetime(2024, 5, 3, tzinfo=UTC), datetime(2026, 11, 22, 12, tzinfo=UTC)
LOGIN, DEVICE, SHARED, OTHER = (UUID(int=number) for number in (11, 12, 13, 14))
SAID = {"query": "zorblax", "price": 5, "empty": "", "path": "/en/c/lamps"}


@pytest.fixture
def archived(tmp_path: Path, settings) -> Path:
    """A file of a month that left: two events of one person, one of somebody else."""
    Source.objects.get_or_create(id=1, defaults={"code": "web", "name": "Web", "write_key": "k", "kind": "browser"})
    for evidence, device in ((LOGIN, DEVICE), (LOGIN, SHARED), (DEVICE, DEVICE), (OTHER, SHARED)):
        event(evidence=evidence, device=device, at=THEN, properties=SAID, message_id=f"m-{evidence}-{device}",
              received_at=THEN, context={"page": {"path": "/en/", "title": 'a "b",\n zorblax'}})  # fmt: skip
    settings.EVENTS_ARCHIVE = tmp_path
    with clock.freeze(NOW):
        events.let_go(folder=tmp_path, months=events.read_months("25"))
    (path,) = tmp_path.glob("*.parquet")
    return path


def erase(*evidence: UUID) -> StandIns:
    stand_ins = StandIns()
    empty_events(Party(evidence=frozenset(evidence)), stand_ins)
    return stand_ins


def rows(path: Path) -> list[tuple]:
    return duckdb.sql(
        f"SELECT evidence, device, message_id, properties, context, seq FROM '{path}' ORDER BY seq"
    ).fetchall()


def test_rows_of_a_file_are_emptied_under_the_same_stand_ins(archived: Path) -> None:
    before = rows(archived)
    stand_ins = erase(LOGIN, DEVICE)
    tasks.erase_in_archive()
    after = rows(archived)
    assert [row[5] for row in after] == [row[5] for row in before] and after[3] == before[3], "no other row changed"
    assert {row[0] for row in after[:3]} == {str(stand_ins.person)}
    assert after[0][1] == after[2][1] == str(stand_ins.of(DEVICE)) and after[1][1] not in (str(SHARED), after[0][1])
    text = str(after[:3])
    assert "zorblax" not in text and "m-" not in text and str(LOGIN) not in text and '"price":5' in text
    assert [each.name for each in archived.parent.iterdir()] == [archived.name], "nothing is left beside it"


def test_twice_changes_nothing_more_and_the_way_back_is_forgotten(archived: Path) -> None:
    erase(LOGIN, DEVICE)
    assert events.erase_in_archive(folder=archived.parent) == 3
    before = rows(archived)
    assert events.erase_in_archive(folder=archived.parent) == 0 and rows(archived) == before
    assert set(erased.Erased.objects.values_list("person", "device")) == {(None, None)}
    assert bytes(erased.Erased.objects.first().digest) not in (LOGIN.bytes, DEVICE.bytes)


def test_it_is_asked_for_by_erasing_and_tried_again(archived: Path, monkeypatch) -> None:
    erase(LOGIN, DEVICE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == (tasks.erase_in_archive.name, "{}"), "a job names nobody"
    with monkeypatch.context() as broken:
        broken.setattr("nitka.people.events.archive.rows_in", lambda path: len(path.name))
        with pytest.raises(OSError, match="as many"):
            events.erase_in_archive(folder=archived.parent)
    assert str(LOGIN) in str(rows(archived)), "the file is whole where it fails"
    tasks.erase_in_archive_again()
    assert str(LOGIN) not in str(rows(archived))


def test_an_old_copy_of_a_file_brings_nobody_back(archived: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "old.parquet"
    copy.parent.mkdir()
    shutil.copy(archived, copy)
    Key.objects.all().delete()
    erase(LOGIN, DEVICE)
    events.erase_in_archive(folder=archived.parent)
    assert events.replay_events(path=copy).stored == 1 and Event.objects.get().evidence == OTHER
    assert events.replay_events(path=archived).stored == 3, "what is emptied may come back, for the counts"
    assert not Event.objects.filter(evidence__in=[LOGIN, DEVICE]).exists()


def test_what_came_after_the_erasure_is_somebody_new(archived: Path, tmp_path: Path) -> None:
    erase(DEVICE)
    later = clock.now() + timedelta(minutes=1)
    event(evidence=DEVICE, device=DEVICE, at=later, received_at=later, message_id="new")
    events.export_events(to=tmp_path / "new")
    Event.objects.all().delete()
    events.erase_in_archive(folder=tmp_path / "new")
    assert events.replay_events(path=tmp_path / "new").stored == 1 and Event.objects.get().evidence == DEVICE


def test_a_file_of_something_else_is_left_alone(archived: Path) -> None:
    (archived.parent / "a-note.parquet").write_bytes(b"none of ours")
    erase(LOGIN)
    assert events.erase_in_archive(folder=archived.parent) == 2
    assert (archived.parent / "a-note.parquet").read_bytes() == b"none of ours"
    assert events.erase_in_archive(folder=archived.parent / "nowhere") == 0
