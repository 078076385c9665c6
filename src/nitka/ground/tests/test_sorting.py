"""Short lists in the order of each language's dictionaries. Oracles: published alphabets, and ICU inside Node."""

import json
import random
import shutil
import subprocess

import pytest

from nitka.ground.locale import LANGUAGES, cldr, sort_key

# As schools teach them. Russian dictionaries take ё for е; Armenian's և is no place of its own but that of եվ.
ALPHABETS = {
    "nb": "a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "bg": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
    "ru": "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "hy": "ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ ֆ",
}


@pytest.mark.parametrize(("language", "alphabet"), ALPHABETS.items())
def test_letters_stand_as_in_the_alphabet(language: str, alphabet: str) -> None:
    letters = alphabet.split()
    mixed = random.Random(1).sample(letters, len(letters))
    assert sorted(mixed, key=lambda each: sort_key(each, language)) == letters
    large = [each.upper() for each in mixed]
    assert [each.lower() for each in sorted(large, key=lambda each: sort_key(each, language))] == letters


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ["ёж", "ежа", "ёлка"]), ("hy", ["ես", "Արև", "ետ"]), ("pl", ["Łódź", "łoś", "lato"]),
        ("nb", ["Åland", "Østerrike", "Ærø", "Zambia"]), ("en", ["Réunion", "Romania", "Rwanda", "Åland Islands"]),
    ],
)  # fmt: skip
def test_marks_count_only_where_words_are_the_same_without_them(language: str, words: list[str]) -> None:
    expected = {
        "ru": ["ёж", "ежа", "ёлка"], "hy": ["Արև", "ես", "ետ"], "pl": ["lato", "łoś", "Łódź"],
        "nb": ["Zambia", "Ærø", "Østerrike", "Åland"], "en": ["Åland Islands", "Réunion", "Romania", "Rwanda"],
    }  # fmt: skip
    assert sorted(words, key=lambda each: sort_key(each, language)) == expected[language]


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node on this machine")
@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_stand_as_icu_has_them(language: str) -> None:
    names = [name for code, name in cldr(language).territories.items() if len(code) == 2]
    script = (
        "let said = ''; process.stdin.on('data', (part) => said += part).on('end', () => {"
        "const [language, names] = JSON.parse(said);"
        "console.log(JSON.stringify(names.sort(new Intl.Collator(language).compare))) })"
    )
    answer = subprocess.run(
        ["node", "-e", script], input=json.dumps([language, names]), capture_output=True, text=True, check=True
    )  # fmt: skip
    assert sorted(names, key=lambda each: sort_key(each, language)) == json.loads(answer.stdout)
