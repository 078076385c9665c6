import pytest

from nitka.ground.wording.stems import stemmer
from nitka.shelf.search.schema import tokens

SAME = {
    "en": [("lamps", "lamp"), ("batteries", "battery"), ("printing", "printed"), ("candles", "candle"),
           ("cushions", "cushion"), ("dining", "dined")],
    "bg": [("столове", "стол"), ("столът", "стол"), ("лампи", "лампа"), ("лампата", "лампа"),
           ("възглавници", "възглавница"),
           ("одеяла", "одеяло"), ("градовете", "град"), ("вестници", "вестник"), ("книгите", "книга"),
           ("свещите", "свещи"), ("масата", "маса")],
    "hy": [("աթոռներ", "աթոռ"), ("լամպեր", "լամպ"), ("բարձեր", "բարձ"), ("ծածկոցներ", "ծածկոց")],
    "nb": [("lamper", "lampe"), ("stolene", "stoler"), ("puter", "pute"), ("bordet", "bord"), ("koppene", "kopper")],
    "pl": [("krzesła", "krzesło"), ("lampy", "lampa"), ("poduszki", "poduszka"), ("stołowa", "stołowy")],
    "ru": [("лампы", "лампа"), ("подушки", "подушка"), ("стулья", "стульями"), ("настольная", "настольной"),
           ("дубовый", "дубовая"), ("свечи", "свеча")],
}  # fmt: skip
APART = {
    "en": [("lamp", "lap"), ("oak", "oath")],
    "bg": [("стол", "стена"), ("лампа", "ламя")],
    "hy": [("աթոռ", "սեղան")],
    "nb": [("stol", "stolpe"), ("pute", "potte")],
    "pl": [("krzesło", "krzew")],
    "ru": [("стул", "стол"), ("лампа", "лапа")],
}


@pytest.mark.parametrize(
    ("language", "left", "right"), [(language, *pair) for language, pairs in SAME.items() for pair in pairs]
)
def test_forms_of_a_word_share_a_stem(language: str, left: str, right: str) -> None:
    assert stemmer(language).stem(left) == stemmer(language).stem(right)


@pytest.mark.parametrize(
    ("language", "left", "right"), [(language, *pair) for language, pairs in APART.items() for pair in pairs]
)
def test_other_words_keep_apart(language: str, left: str, right: str) -> None:
    assert stemmer(language).stem(left) != stemmer(language).stem(right)


def test_words_with_digits_are_not_stemmed() -> None:
    assert tokens("4xs 350ml lamps", "en") == ["4xs", "350ml", "lamp"]


def test_stems_have_no_marks() -> None:
    assert tokens("Świece zapachowe", "pl")[0].isascii()
