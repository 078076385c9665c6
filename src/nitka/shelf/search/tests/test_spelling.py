import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.shelf.search.reader import Reader
from nitka.shelf.search.spelling import Dictionary, distance
from nitka.shelf.search.tests.makers import hits


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("lamp", "lamp", 0), ("lamp", "lmap", 1), ("lamp", "lamps", 1), ("lamp", "lump", 1), ("chair", "chiars", 2),
     ("sofa", "table", 3)],
)  # fmt: skip
def test_distance_counts_slips(left: str, right: str, expected: int) -> None:
    assert distance(left, right, 2) == expected


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_distance_is_the_same_both_ways(left: str, right: str) -> None:
    assert distance(left, right, 3) == distance(right, left, 3)


def test_the_more_used_of_two_equally_near_words_is_first() -> None:
    assert Dictionary([("lamp", 2), ("lump", 50)]).nearest("limp") == ["lump", "lamp"]


def test_short_words_are_not_corrected() -> None:
    assert Dictionary([("rug", 5)]).nearest("rag") == []


MISTYPED = [
    ("en", "lmap", "lamp"), ("en", "chiar", "chair"), ("en", "pilow", "pillow"), ("en", "blankte", "blanket"),
    ("en", "blamket", "blanket"), ("en", "candels", "candle"), ("en", "tothbrush", "brush"),
    ("en", "stonewear", "mug"), ("en", "samsng", "laptop"),
    ("bg", "възглавинца", "pillow"), ("bg", "лаmпа", "lamp"), ("bg", "оделяо", "blanket"), ("bg", "трапезн", "chair"),
    ("hy", "լապմ", "lamp"), ("hy", "աթոր", "chair"), ("hy", "ծածոց", "blanket"),
    ("nb", "spisestil", "chair"), ("nb", "bordlmape", "lamp"), ("nb", "pleddd", "blanket"), ("nb", "bamubs", "brush"),
    ("pl", "krzeslo", "chair"), ("pl", "krezsło", "chair"), ("pl", "podszka", "pillow"), ("pl", "swiece", "candle"),
    ("ru", "падушка", "pillow"), ("ru", "латуная", "lamp"), ("ru", "обеденый", "chair"), ("ru", "свчеи", "candle"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "typed", "wanted"), MISTYPED)
def test_a_mistyped_word_is_forgiven(shop: Reader, language: str, typed: str, wanted: str) -> None:
    assert wanted in hits(shop, typed, language).ids


def test_it_says_what_it_searched_instead(shop: Reader) -> None:
    assert hits(shop, "oak chiar").corrected == "oak chair"


def test_a_known_word_is_never_corrected(shop: Reader) -> None:
    assert hits(shop, "lamp").corrected == ""
