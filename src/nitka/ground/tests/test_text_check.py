"""Oracles: worked examples of the formulas, and a small dictionary of our own."""

import pytest

from nitka.ground.wording import reading_ease, spelling


def test_flesch_of_a_published_example():
    """Wikipedia, "Flesch–Kincaid readability tests": 116 for the cat, 37.5 for the platypus (13 words, 24 syllables)."""
    assert reading_ease.ease("The cat sat on the mat.", "en").tenths == 1161
    platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert sum(reading_ease.syllables(each, "en") for each in reading_ease.words_of(platypus)) == 24
    assert reading_ease.ease(platypus, "en").tenths == 375


def test_the_other_formulas_by_their_published_constants():
    assert reading_ease.flesch_tenths(10, 1, 20, "oborneva") == round((206.835 - 13 - 120.2) * 10)
    assert reading_ease.lix_tenths(100, 5, 30) == 500  # 20 words a sentence, 30 % long ones
    assert reading_ease.pisarek_tenths(90, 6, 18) == 127  # 15 / 3 + 20 / 3 + 1


@pytest.mark.parametrize(
    ("word", "language", "number"),
    [("молоко", "ru", 3), ("niebo", "pl", 2), ("książka", "pl", 2), ("håndlaget", "nb", 3), ("ուսուցիչ", "hy", 3)],
)
def test_syllables_are_sounding_vowels(word, language, number):
    assert reading_ease.syllables(word, language) == number


def test_a_text_without_words_has_no_ease():
    assert reading_ease.ease("– 12 –", "en") is None


def test_words_are_judged_by_the_dictionary_of_a_folder(settings, tmp_path):
    (tmp_path / "hy_AM.aff").write_text("SET UTF-8\nSFX S Y 1\nSFX S 0 եր .\n", encoding="utf-8")
    (tmp_path / "hy_AM.dic").write_text("1\nաթոռ/S\n", encoding="utf-8")
    settings.NITKA_DICTIONARIES = [str(tmp_path)]
    assert spelling.judge(["աթոռ", "աթոռեր", "աթոր"], "hy") == {"աթոռ": True, "աթոռեր": True, "աթոր": False}
    assert spelling.judge(["chair"], "en") == {}
