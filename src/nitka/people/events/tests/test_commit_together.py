"""Group commit: everybody waits for a commit of its own events, and one bad row sinks nobody else."""

import threading
import time
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection

from nitka.ground import clock
from nitka.people.events import actions, committing, queries
from nitka.people.events.committing import Busy, Committer, Parcel
from nitka.people.events.models import Event, Rejected
from nitka.people.events.reading import Arrival, Row, read
from nitka.people.events.storing import Store


class Recorder:
    """A store that takes its time and remembers what it was given."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.groups: list[list[Parcel]] = []
        self.gate = threading.Event()
        self.trouble = trouble

    def __call__(self, parcels: Sequence[Parcel]) -> None:
        self.groups.append(list(parcels))
        self.gate.wait(5)
        if self.trouble:
            raise self.trouble


def parcel(size: int = 1) -> Parcel:
    return Parcel([SimpleNamespace()] * size, [])  # type: ignore[list-item]


def commit_beside(committer: Committer, parcels: list[Parcel]) -> tuple[list[threading.Thread], list[str]]:
    heard: list[str] = []

    def one(each: Parcel) -> None:
        try:
            committer.commit(each)
            heard.append("stored")
        except Exception as trouble:
            heard.append(type(trouble).__name__)

    threads = [threading.Thread(target=one, args=(each,)) for each in parcels]
    for thread in threads:
        thread.start()
        time.sleep(0.01)
    return threads, heard


def test_who_comes_during_a_commit_shares_the_next_one() -> None:
    store = Recorder()
    committer = Committer(store)
    threads, heard = commit_beside(committer, [parcel() for _each in range(6)])
    assert [len(group) for group in store.groups] == [1] and heard == []
    store.gate.set()
    for thread in threads:
        thread.join(5)
    assert [len(group) for group in store.groups] == [1, 5]
    assert heard == ["stored"] * 6
    committer.commit(parcel())  # and the line is open again
    assert len(store.groups) == 3


def test_a_failed_commit_is_told_to_all_who_shared_it_and_the_next_goes_on() -> None:
    store = Recorder(psycopg.OperationalError("gone"))
    committer = Committer(store)
    threads, heard = commit_beside(committer, [parcel() for _each in range(3)])
    store.gate.set()
    for thread in threads:
        thread.join(5)
    assert heard == ["OperationalError"] * 3
    store.trouble = None
    committer.commit(parcel())


def test_too_many_waiting_are_sent_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "WAITING_EVENTS", 10)
    store = Recorder()
    committer = Committer(store)
    threads, heard = commit_beside(committer, [parcel(5), parcel(8), parcel(5)])
    assert heard == ["Busy"]
    store.gate.set()
    for thread in threads:
        thread.join(5)
    assert sorted(heard) == ["Busy", "stored", "stored"]


def test_nobody_waits_for_ever_and_who_left_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "WAIT_SECONDS", 0.05)
    store = Recorder()
    committer = Committer(store)
    first, left = parcel(), parcel()
    threads, heard = commit_beside(committer, [first, left])
    threads[1].join(5)
    assert heard == ["Busy"]
    store.gate.set()
    threads[0].join(5)
    committer.commit(parcel())
    assert not any(left in group for group in store.groups)


@pytest.fixture
def source(transactional_db: Any) -> queries.SourceView:
    actions.put_built_in_sources()
    return queries.source("server")


def rows(source: queries.SourceView, *names: str) -> list[Row]:
    arrival = Arrival(source, clock.now())
    return [read({"event": name, "userId": "u-1", "messageId": name}, "track", arrival) for name in names]


def test_one_bad_row_sinks_neither_its_request_nor_the_others(source: queries.SourceView) -> None:
    good, mixed = rows(source, "a", "b"), rows(source, "c", "bad", "d")
    mixed[1].after = b"not a uuid" + mixed[1].after
    parcels = [Parcel(good, []), Parcel(mixed, [])]
    store = Store()
    store(parcels)
    store._leave()
    assert sorted(Event.objects.values_list("name", flat=True)) == ["a", "b", "c", "d"]
    assert Rejected.objects.get().reason.startswith("refused by the database")
    assert [each.trouble for each in parcels] == [None, None]


def test_a_connection_that_was_cut_is_made_again(source: queries.SourceView) -> None:
    store = Store()
    store([Parcel(rows(source, "a"), [])])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nitka collect'"
                       " AND datname = current_database()")  # fmt: skip
    store([Parcel(rows(source, "b"), [])])
    store._leave()
    assert sorted(Event.objects.values_list("name", flat=True)) == ["a", "b"]


def test_claims_of_a_failed_commit_are_sent_again(source: queries.SourceView) -> None:
    store = Store()
    bad = rows(source, "bad")
    bad[0].after = b"x" + bad[0].after
    store([Parcel(bad, [])])
    store([Parcel(rows(source, "good"), [])])
    store._leave()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM customers_evidence WHERE value = 'u-1'")
        assert cursor.fetchone() == (1,)


def test_numbers_appear_in_the_order_of_commits(source: queries.SourceView) -> None:
    store, other = Store(), Store()
    seen: list[int] = []
    names = [[f"{writer}-{turn}" for turn in range(40)] for writer in "ab"]
    stop = threading.Event()

    def write(which: Store, mine: list[str]) -> None:
        for name in mine:
            which([Parcel(rows(source, name), [])])

    writers = [threading.Thread(target=write, args=pair) for pair in ((store, names[0]), (other, names[1]))]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers) or not stop.is_set():
        if not any(writer.is_alive() for writer in writers):
            stop.set()
        seen += [event.seq for event in queries.after(seen[-1] if seen else 0)]
    store._leave()
    other._leave()
    assert len(seen) == 80 == Event.objects.count()


def test_busy_is_told_as_come_back_later(source: queries.SourceView, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    module = import_module("nitka.people.events.actions.collect")

    def refuse(_parcels: Any) -> None:
        raise Busy

    monkeypatch.setattr(module, "_committer", Committer(refuse))
    with pytest.raises(actions.NotNow):
        actions.collect(source=source, kind="page", body={"userId": "u-1"}, received=clock.now())
