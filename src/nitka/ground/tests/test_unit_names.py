"""Units that goods are sold by, as each language writes them"""

import pytest

from nitka.ground.locale import LANGUAGES, unit_name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_is_a_sign_and_never_a_word_that_would_have_to_be_bent(language: str) -> None:
    for unit in ("kg", "l", "m", "m2"):
        assert 1 <= len(unit_name(unit, language)) <= 2


def test_languages_of_other_letters_have_signs_of_their_own() -> None:
    assert [unit_name("kg", code) for code in ("en", "ru", "hy")] == ["kg", "кг", "կգ"]
    assert unit_name("m2", "pl") == "m²" and unit_name("dozen", "pl") == "dozen"
