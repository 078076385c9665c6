"""Days as each language writes them, alone and in a sentence."""

from datetime import date

import pytest

from nitka.ground.locale import LANGUAGES, format_date

SUNDAY = date(2026, 12, 6)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", ["day", "until", "medium", "long", "until_long"])
def test_no_day_ends_with_an_abbreviation_that_doubles_the_full_stop_of_its_sentence(language: str, style) -> None:
    shown = format_date(SUNDAY, language, style)
    assert language == "hy" or not shown.endswith("."), "Armenian sentences end with a mark of their own"


def test_what_stands_after_a_preposition_has_no_weekday_where_that_would_have_to_bend() -> None:
    assert format_date(SUNDAY, "pl", "until") == "6 grudnia"
    assert format_date(SUNDAY, "ru", "until_long") == "6 декабря 2026"
    assert format_date(SUNDAY, "en", "until") == "Sunday 6 December"
    assert format_date(SUNDAY, "bg", "until_long") == "неделя, 6 декември 2026"
    assert format_date(SUNDAY, "hy", "until_long") == format_date(SUNDAY, "hy", "long")
