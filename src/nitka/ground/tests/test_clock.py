from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from nitka.ground import clock

ZONES = ["Europe/Warsaw", "Europe/Oslo", "Asia/Yerevan", "America/New_York", "Europe/Moscow", "Australia/Lord_Howe"]


def test_a_day_of_23_hours_skips_to_the_first_moment_after_the_gap() -> None:
    skipped = clock.at_local(date(2026, 3, 29), time(2, 30), "Europe/Warsaw")
    assert skipped == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_day_of_25_hours_takes_the_first_of_two() -> None:
    first = clock.at_local(date(2026, 10, 25), time(2, 30), "Europe/Warsaw")
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_today_depends_on_the_zone() -> None:
    with clock.freeze(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)):
        assert clock.today("Asia/Yerevan") == date(2026, 11, 22)
        assert clock.today("America/New_York") == date(2026, 11, 21)


@given(st.dates(date(2000, 1, 1), date(2037, 12, 31)), st.times(), st.sampled_from(ZONES))
def test_a_wall_time_is_met_or_lies_in_a_gap(day: date, wall: time, zone: str) -> None:
    moment = clock.at_local(day, wall, zone)
    shown = clock.local(moment, zone).replace(tzinfo=None)
    wanted = datetime.combine(day, wall)
    assert shown == wanted or (shown > wanted and (shown - wanted).total_seconds() <= 3600)
