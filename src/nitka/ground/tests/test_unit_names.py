"""Units that goods are sold by, as each language writes them"""

import pytest

from nitka.ground.locale import LANGUAGES, measure, unit_name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_is_a_sign_and_never_a_word_that_would_have_to_be_bent(language: str) -> None:
    for unit in ("kg", "l", "m", "m2"):
        assert 1 <= len(unit_name(unit, language)) <= 2


def test_languages_of_other_letters_have_signs_of_their_own() -> None:
    assert [unit_name("kg", code) for code in ("en", "ru", "hy")] == ["kg", "кг", "կգ"]
    assert unit_name("m2", "pl") == "m²" and unit_name("dozen", "pl") == "dozen"


def test_a_measure_is_told_in_the_units_of_its_reader() -> None:
    told = [measure(value, unit, "imperial", "en") for value, unit in ((45, "cm"), (2, "m"), (450, "mm"), (350, "ml"))]
    assert told == ["17.5″", "78.5″", "17.5″", "11.8 US fl oz"]
    assert [measure(2.5, "kg", "imperial", "en"), measure(900, "g", "imperial", "en")] == ["5.5 lb", "2 lb"]
    assert measure(2.5, "m²", "imperial", "en") == "27 sq ft"
    assert [measure(450, "mm", "metric", "en"), measure(130, "kg", "metric", "en")] == ["45 cm", "130 kg"]


def test_what_something_bears_is_never_told_larger_than_it_is() -> None:
    assert measure(130, "kg", "imperial", "en") == "286 lb", "286.6"


def test_a_unit_without_another_stays() -> None:
    assert measure(22, "kg CO₂e", "imperial", "en") == "22 kg CO₂e" and measure(12, "", "imperial", "en") == "12"
