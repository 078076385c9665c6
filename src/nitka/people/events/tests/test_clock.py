"""When something happened: timestamp = receivedAt - (sentAt - originalTimestamp), never in the future."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.people.events.moments import EPOCH, happened, moment
from nitka.people.events.queries import CLOCK_CLAMPED, LATE

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
spans = st.timedeltas(timedelta(0), timedelta(days=900))


@given(received=moments, waited=spans, travelled=st.timedeltas(timedelta(0), MINUTE), wrong=st.timedeltas())
def test_a_wrong_clock_does_not_matter(received: datetime, waited: timedelta, travelled: timedelta, wrong: timedelta) -> None:
    try:
        sent = received - travelled + wrong
        original = sent - waited
    except OverflowError:
        return
    if original < EPOCH or sent.year > 9000:
        return
    at, flags = happened(original, received, received - sent)
    if received - waited >= EPOCH:
        assert at == received - waited
        assert flags == (LATE if waited > timedelta(days=1) else 0)


@given(original=st.none() | moments, received=moments, shift=st.none() | st.timedeltas())
def test_it_never_lies_in_the_future_nor_before_computers(
    original: datetime | None, received: datetime, shift: timedelta | None
) -> None:
    at, flags = happened(original, received, shift)
    assert EPOCH <= at <= received
    if original and shift is None and original > received:
        assert flags == CLOCK_CLAMPED and at == received


def test_without_sent_at_the_senders_word_stands() -> None:
    assert happened(NOON - timedelta(days=400), NOON, None) == (NOON - timedelta(days=400), LATE)
    assert happened(None, NOON, MINUTE) == (NOON, 0)


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.none() | st.lists(st.integers()))
def test_whatever_is_said_is_a_moment_or_nothing(said: object) -> None:
    read = moment(said)
    assert read is None or read.tzinfo is not None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-11-22T12:00:00.000Z", NOON),
        ("2026-11-22T13:00:00+01:00", NOON),
        ("2026-11-22 12:00:00", NOON),
        (NOON.timestamp(), NOON),
        (int(NOON.timestamp() * 1000), NOON),
        ("yesterday", None),
        (True, None),
        (float("nan"), None),
        ("9999-12-31T23:59:59-05:00", None),
    ],
)
def test_moments_as_programs_write_them(said: object, expected: datetime | None) -> None:
    assert moment(said) == expected
