"""Asking for events: by evidence, newest first, page by page; and by number for followers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from nitka.people.events import queries as events
from nitka.people.events.models import Kind
from nitka.people.events.tests import makers

pytestmark = pytest.mark.django_db
ANNA, PHONE, STRANGER = UUID(int=1), UUID(int=2), UUID(int=3)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_it_merges_what_came_with_several_evidence_ids_newest_first() -> None:
    for minute, evidence in enumerate([ANNA, PHONE, ANNA, STRANGER]):
        makers.event(evidence=evidence, name=f"n{minute}", at=NOON + timedelta(minutes=minute))
    assert [event.name for event in events.events_of([ANNA, PHONE])] == ["n2", "n1", "n0"]
    assert events.events_of([]) == []


def test_pages_neither_repeat_nor_skip_events_of_one_moment() -> None:
    for _each in range(7):
        makers.event(evidence=ANNA, at=NOON)
    seen, before = [], None
    while page := events.events_of([ANNA], before=before, limit=3):
        seen += [event.seq for event in page]
        before = (page[-1].at, page[-1].seq)
    assert seen == sorted(seen, reverse=True) and len(set(seen)) == 7


def test_it_can_ask_for_some_kinds_alone() -> None:
    makers.event(evidence=ANNA, kind=Kind.PAGE, name="Home")
    makers.event(evidence=ANNA, kind=Kind.TRACK)
    assert [event.kind for event in events.events_of([ANNA], kinds=["page"])] == ["page"]


def test_followers_read_in_order_of_numbers_across_months() -> None:
    late = makers.event(evidence=ANNA, at=datetime(2019, 1, 1, tzinfo=UTC), properties={"price": 1.5})
    now = makers.event(evidence=ANNA, at=NOON)
    assert [event.seq for event in events.after(late - 1)] == [late, now]
    assert events.after(late - 1)[0].properties == {"price": 1.5}
    assert events.last_seq() == now


def test_a_month_is_made_ready_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_ensure_partition('2031-02-28'), events_ensure_partition('2031-02-01')")
        assert cursor.fetchone() == ("events_y2031m02", "events_y2031m02")
        cursor.execute("SELECT tableoid::regclass::text FROM events_events WHERE at = '1999-01-01'")
        assert cursor.fetchone() is None
