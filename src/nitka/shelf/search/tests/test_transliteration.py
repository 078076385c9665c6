import pytest

from nitka.shelf.search.reader import Reader
from nitka.shelf.search.tests.makers import hits
from nitka.shelf.search.translit import asked, sounds

TYPED = [
    ("ru", "lampa", "lamp"), ("ru", "nastolnaya lampa", "lamp"), ("ru", "stul", "chair"), ("ru", "podushka", "pillow"),
    ("ru", "podushki", "pillow"), ("ru", "lnyanaya", "pillow"), ("ru", "sherst", "blanket"), ("ru", "svechi", "candle"),
    ("ru", "aromaticheskie svechi", "candle"),
    ("bg", "lampa", "lamp"), ("bg", "nastolna lampa", "lamp"), ("bg", "stol", "chair"), ("bg", "stolove", "chair"),
    ("bg", "vazglavnitsa", "pillow"), ("bg", "vuzglavnica", "pillow"), ("bg", "odeyalo", "blanket"),
    ("bg", "odeialo", "blanket"), ("bg", "sveshti", "candle"), ("bg", "dabov", "chair"),
    ("hy", "lamp", "lamp"), ("hy", "ator", "chair"), ("hy", "bardz", "pillow"), ("hy", "tsatskots", "blanket"),
    ("hy", "seghani lamp", "lamp"), ("hy", "momer", "candle"), ("hy", "vushe", "pillow"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "typed", "wanted"), TYPED)
def test_words_typed_in_latin_are_found(shop: Reader, language: str, typed: str, wanted: str) -> None:
    assert hits(shop, typed, language).ids[:1] == [wanted]


@pytest.mark.parametrize(
    ("language", "typed"), [("ru", "самсунг"), ("bg", "самсунг"), ("en", "самсунг"), ("hy", "սամսունգ")]
)
def test_brands_typed_in_the_shops_own_script_are_found(shop: Reader, language: str, typed: str) -> None:
    assert hits(shop, typed, language).ids == ["laptop"]


def test_the_other_keyboard_layout_is_understood(shop: Reader) -> None:
    assert hits(shop, "gjleirf", "ru").ids == ["pillow"]
    assert hits(shop, "gjleirf", "ru").corrected == "подушка"


@pytest.mark.parametrize(
    ("language", "word", "spellings"),
    [
        ("ru", "яблочный", ["yablochnyy", "yablochnyj", "iablochnyi", "jablochnyj"]),
        ("ru", "щётка", ["shchetka", "schetka"]),
        ("bg", "къща", ["kashta", "kushta"]),
        ("hy", "ոսկի", ["voski", "oski"]),
    ],
)
def test_all_common_spellings_meet(language: str, word: str, spellings: list[str]) -> None:
    for spelling in spellings:
        assert sounds(word, language) & asked(spelling, language), spelling
