"""Promises against calendars that were worked out by hand."""

import time as stopwatch
from datetime import UTC, date, datetime, time

import pytest

from nitka.ground import clock
from nitka.sale.shipping.promises import Origin, Speed, promise, starting_day

GDANSK = Origin("PL", "Europe/Warsaw")
SAME_DAY = Speed(time(11), 0, 0, 0)
NEXT_DAY = Speed(time(15), 0, 1, 1)
TWO_DAYS = Speed(time(15), 0, 2, 2)
TEN_DAYS = Speed(time(15), 1, 5, 10)


def at(text: str) -> datetime:
    """A moment on the wall clock of Gdańsk."""
    day, _space, wall = text.partition(" ")
    return clock.at_local(date.fromisoformat(day), time.fromisoformat(wall), "Europe/Warsaw")


def days(speed: Speed, country: str, moment: str) -> tuple[str, str]:
    kept = promise(speed, GDANSK, country, at(moment), "test")
    assert kept
    return kept.day_from.isoformat(), kept.day_to.isoformat()


@pytest.mark.parametrize(
    ("why", "speed", "country", "moment", "expected"),
    [
        ("an ordinary Wednesday morning", TWO_DAYS, "DE", "2026-09-16 10:00", "2026-09-18"),
        ("a minute before the cut-off", TWO_DAYS, "DE", "2026-09-16 14:59", "2026-09-18"),
        ("at the cut-off it is too late", TWO_DAYS, "DE", "2026-09-16 15:00", "2026-09-21"),
        ("Friday: over the weekend", TWO_DAYS, "DE", "2026-09-18 10:00", "2026-09-22"),
        ("Saturday begins on Monday", NEXT_DAY, "PL", "2026-09-19 10:00", "2026-09-22"),
        (
            "Christmas to Germany: 24 is a working day there, 25 and 26 are not",
            TWO_DAYS,
            "DE",
            "2026-12-23 10:00",
            "2026-12-28",
        ),
        ("Christmas in Poland: 24, 25, 26 are holidays", TWO_DAYS, "PL", "2026-12-23 10:00", "2026-12-29"),
        (
            "after the cut-off before Christmas the warehouse begins on the 28th",
            TWO_DAYS,
            "DE",
            "2026-12-23 16:00",
            "2026-12-30",
        ),
        ("Easter to Germany: Good Friday and Monday", TWO_DAYS, "DE", "2026-04-02 10:00", "2026-04-08"),
        ("Easter in Poland: Good Friday is a working day", TWO_DAYS, "PL", "2026-04-02 10:00", "2026-04-07"),
        ("Easter to Norway: Thursday, Friday, Monday", TWO_DAYS, "NO", "2026-04-01 10:00", "2026-04-08"),
        ("1 May (Friday) and 3 May (Sunday) in Poland", NEXT_DAY, "PL", "2026-04-30 16:00", "2026-05-05"),
        ("3 May on a Monday: the warehouse begins on Tuesday", NEXT_DAY, "PL", "2027-04-30 16:00", "2027-05-05"),
        ("17 May in Norway, a Wednesday", TWO_DAYS, "NO", "2028-05-15 10:00", "2028-05-18"),
        ("17 May is no holiday in Sweden", TWO_DAYS, "SE", "2028-05-15 10:00", "2028-05-17"),
        ("a country without a calendar has weekends", TWO_DAYS, "XX", "2026-09-18 10:00", "2026-09-22"),
    ],
)
def test_the_day_is_the_one_on_the_wall_calendar(
    why: str, speed: Speed, country: str, moment: str, expected: str
) -> None:
    assert days(speed, country, moment)[1] == expected, why


def test_new_year_in_russia_stands_still_to_the_eighth_of_january() -> None:
    # Handed over on 30 December; the 31st is free by decree, the 9th is a Saturday: Monday the 11th is the first day.
    assert days(TEN_DAYS, "RU", "2026-12-29 10:00") == ("2027-01-15", "2027-01-22")


def test_christmas_in_armenia_is_the_sixth_of_january() -> None:
    # Handed over on Monday 4 January: 5 counts, 6 does not, 7 counts.
    assert days(TWO_DAYS, "AM", "2027-01-04 10:00")[1] == "2027-01-07"
    assert days(NEXT_DAY, "AM", "2027-01-05 10:00")[1] == "2027-01-07"


def test_same_day_is_promised_before_its_cut_off_alone() -> None:
    kept = promise(SAME_DAY, GDANSK, "PL", at("2026-09-16 10:59"), "test")
    assert kept and kept.day_to == date(2026, 9, 16) and kept.order_before == at("2026-09-16 11:00")
    assert promise(SAME_DAY, GDANSK, "PL", at("2026-09-16 11:00"), "test") is None
    assert promise(SAME_DAY, GDANSK, "PL", at("2026-09-19 09:00"), "test") is None  # a Saturday
    assert promise(SAME_DAY, GDANSK, "PL", at("2026-11-11 09:00"), "test") is None  # Independence Day


def test_the_cut_off_follows_the_clocks_of_summer_and_winter() -> None:
    before = promise(NEXT_DAY, GDANSK, "PL", at("2026-10-23 09:00"), "test")
    after = promise(NEXT_DAY, GDANSK, "PL", at("2026-10-25 02:30"), "test")  # the day of 25 hours
    assert before and before.order_before == datetime(2026, 10, 23, 13, 0, tzinfo=UTC)
    assert after and after.order_before == datetime(2026, 10, 26, 14, 0, tzinfo=UTC)
    spring = promise(NEXT_DAY, GDANSK, "PL", at("2026-03-29 03:30"), "test")  # the day of 23 hours
    assert spring and spring.order_before == datetime(2026, 3, 30, 13, 0, tzinfo=UTC)


def test_a_cut_off_that_spring_skips_is_the_moment_after_the_gap() -> None:
    # In Cairo clocks go from midnight to one o'clock on Friday 24 April 2026.
    cairo, early = Origin("XX", "Africa/Cairo"), Speed(time(0, 30), 0, 1, 1)
    gap_ends = datetime(2026, 4, 23, 22, 0, tzinfo=UTC)
    assert starting_day(early, cairo, datetime(2026, 4, 23, 21, 59, tzinfo=UTC)) == date(2026, 4, 24)
    kept = promise(early, cairo, "XX", datetime(2026, 4, 23, 21, 59, tzinfo=UTC), "test")
    assert kept and kept.order_before == gap_ends
    assert starting_day(early, cairo, gap_ends) == date(2026, 4, 27)


def test_it_never_promises_a_day_of_rest_or_a_day_before_the_order() -> None:
    from hypothesis import given
    from hypothesis import strategies as st

    from nitka.sale.shipping.calendars import is_working_day

    speeds = st.sampled_from([NEXT_DAY, TWO_DAYS, TEN_DAYS])
    moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))

    @given(speeds, st.sampled_from(["PL", "DE", "NO", "AM", "RU", "US", "BG"]), moments)
    def check(speed: Speed, country: str, moment: datetime) -> None:
        kept = promise(speed, GDANSK, country, moment, "test")
        assert kept and is_working_day(kept.day_from, country) and is_working_day(kept.day_to, country)
        assert clock.local(moment, GDANSK.zone).date() < kept.day_from <= kept.day_to
        assert kept.order_before and kept.order_before > moment

    check()


def test_a_promise_is_quick_once_the_calendars_are_known() -> None:
    moment = at("2026-09-16 10:00")
    promise(TEN_DAYS, GDANSK, "DE", moment, "test")
    started = stopwatch.perf_counter()
    for _each in range(1000):
        promise(TEN_DAYS, GDANSK, "DE", moment, "test")
    print(f"{(stopwatch.perf_counter() - started) * 1000:.1f} µs a promise")
