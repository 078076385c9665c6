import pytest

from nitka.ground.wording import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('HP dv7-1211ea (17")', ["hp", "dv7", "1211ea", "17"]),
        ("43.2cm or 43,2 cm", ["43.2", "cm", "or", "43.2", "cm"]),
        ("1,440 x 900", ["1440", "x", "900"]),
        ("Children's Intel® Core™2", ["children", "intel", "core", "2"]),
        ("Łóżko — TRÅD", ["łóżko", "tråd"]),
        ("", []),
        ("!?% …", []),
    ],
)
def test_it_reads_words(text: str, expected: list[str]) -> None:
    assert words.words(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Łóżko", "lozko"), ("TRÅD", "trad"), ("Ølåpner", "olapner"), ("йод", "йод"), ("Ёлка", "елка"), ("ＡＢＣ", "abc")],
)
def test_it_folds_marks_but_keeps_letters_of_their_own(word: str, expected: str) -> None:
    assert words.fold(word) == expected


def test_it_takes_mixed_words_apart() -> None:
    assert words.pieces("43.2cm") == ["43.2", "cm"]
    assert words.pieces("dv7") == ["dv", "7"]
    assert words.pieces("lamp") == []
    assert words.number_and_unit("500gb") == ("500", "gb")
    assert words.number_and_unit("gb500") is None


@pytest.mark.parametrize("text", ["DV7-1211ea", "dv7 1211EA", "DV7/1211.ea"])
def test_a_code_has_no_punctuation(text: str) -> None:
    assert words.code(text) == "dv71211ea"


def test_it_knows_what_looks_like_a_code() -> None:
    assert words.looks_like_code("4006381333931")
    assert words.looks_like_code("4006 3813 3393 1")
    assert words.looks_like_code("CH-OAK-01")
    assert not words.looks_like_code("oak chair 01")
    assert words.looks_like_code("TB-1")
    assert not words.looks_like_code("mp3")
    assert not words.looks_like_code("xl")


@pytest.mark.parametrize("text", ["\x00\x00", "a" * 100_000, "((((", "'''", "🪑🛋️", "\u202e\u0301"])
def test_no_input_breaks_it(text: str) -> None:
    words.words(text)
    words.codes_in(text)
    words.fold(text)
