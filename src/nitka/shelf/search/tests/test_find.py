import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nitka.shelf.search.labels import Labels
from nitka.shelf.search.reader import Reader
from nitka.shelf.search.suggesting import suggest
from nitka.shelf.search.tests.makers import entry, hits, small_index


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [("en", "lamps", "lamp"), ("bg", "лампи", "lamp"), ("hy", "լամպեր", "lamp"), ("nb", "bordlamper", "lamp"),
     ("pl", "lampy", "lamp"), ("ru", "лампы", "lamp"), ("bg", "столове", "chair"), ("pl", "krzesła", "chair"),
     ("ru", "подушек", "pillow"), ("nb", "puter", "pillow"), ("hy", "աթոռներ", "chair")],
)  # fmt: skip
def test_other_forms_of_a_word_are_found(shop: Reader, language: str, text: str, wanted: str) -> None:
    assert hits(shop, text, language).ids == [wanted]


@pytest.mark.parametrize("text", ["toothbrush", "tooth brush", "tooth-brush", "Tooth Brush"])
def test_joined_words_are_found_split_and_joined(shop: Reader, text: str) -> None:
    assert hits(shop, text).ids[:1] == ["brush"]


@pytest.mark.parametrize("text", ["notebook", "note book"])
def test_split_words_are_found_joined(shop: Reader, text: str) -> None:
    assert hits(shop, text).ids[:1] == ["notebook"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("4006381333931", "brush"), ("4006 3813 3393 1", "brush"), ("04006381333931", "brush"), ("ch-oak-01", "chair"),
     ("CHOAK01", "chair"), ("np-750xda", "laptop"), ("np 750xda", "laptop"), ("np750xda", "laptop"),
     ("NP-750", "laptop"), ("TB-1", "brush")],
)  # fmt: skip
def test_codes_are_exact(shop: Reader, text: str, wanted: str) -> None:
    assert hits(shop, text).ids[0] == wanted


def test_an_ean_finds_one_product_only(shop: Reader) -> None:
    assert hits(shop, "8806092123456").ids == ["laptop"]


@pytest.mark.parametrize("text", ["350ml", "350 ml", "39.6 cm laptop", "39.6cm"])
def test_measures_are_found_with_and_without_a_space(shop: Reader, text: str) -> None:
    assert hits(shop, text).ids[0] in ("mug", "laptop")


def test_a_language_without_texts_of_its_own_finds_the_english_ones(shop: Reader) -> None:
    assert set(hits(shop, "laptop", "bg").ids) == {"laptop", "sleeve"}
    assert hits(shop, "bamboo", "ru").ids == ["brush"]


def test_nothing_found_gives_the_nearest(shop: Reader) -> None:
    found = hits(shop, "oak blanket spaceship")
    assert found.near
    assert set(found.ids[:2]) == {"chair", "blanket"}


def test_descriptions_are_found_where_names_are_not(shop: Reader) -> None:
    found = hits(shop, "lullaby")
    assert found.ids == ["blanket"]
    assert not found.near


def test_products_with_every_word_come_first(shop: Reader) -> None:
    assert hits(shop, "linen blanket").ids[0] in ("pillow", "blanket")
    assert hits(shop, "wool blanket").ids[0] == "blanket"


@pytest.mark.parametrize("text", ["", "   ", "!!!", "\x00", "the", "a" * 5000, "('\"", "AND OR NOT", "*", "title:x"])
def test_no_text_breaks_it(shop: Reader, text: str) -> None:
    hits(shop, text)


def test_synonyms_find_each_other(tmp_path_factory: pytest.TempPathFactory) -> None:
    groups = {
        "en": [["blanket", "throw"], ["pillow", "head rest"], ["couch lamp", "table lamp"]],
        "pl": [["koc", "pled"]],
        "ru": [["плед", "одеяло"]],
    }
    reader = small_index(tmp_path_factory.mktemp("synonyms"), labels=Labels(synonyms=groups))
    assert hits(reader, "throws").ids == ["blanket"]
    assert hits(reader, "head rest").ids == ["pillow"]
    assert hits(reader, "wool throw").ids[0] == "blanket"
    assert hits(reader, "couch lamp").ids[0] == "lamp"
    assert hits(reader, "pledy", "pl").ids == ["blanket"]
    assert hits(reader, "одеяла", "ru").ids == ["blanket"]


def test_what_is_not_sold_in_the_market_is_not_found(shop: Reader) -> None:
    assert hits(shop, "blanket", market="no").ids == []
    assert hits(shop, "blanket", market="eu").ids == ["blanket"]


def test_a_category_holds_what_is_below_it(shop: Reader) -> None:
    assert hits(shop, category="furniture").ids == ["chair"]
    assert set(hits(shop, category="textiles").ids) == {"pillow", "blanket"}


def test_it_sorts_by_price_and_by_newness(shop: Reader) -> None:
    assert hits(shop, category="lighting", sort="price_up").ids == ["candle", "lamp"]
    assert hits(shop, category="lighting", sort="price_down").ids == ["lamp", "candle"]
    assert hits(shop, category="lighting", sort="new").ids == ["candle", "lamp"]
    assert hits(shop, category="textiles", sort="nonsense").total == 2


def test_sold_out_products_come_last(tmp_path_factory: pytest.TempPathFactory) -> None:
    entries = [entry("blanket", product_id="gone", in_stock=False), entry("blanket", product_id="there")]
    reader = small_index(tmp_path_factory.mktemp("stock"), *entries)
    assert hits(reader, "blanket").ids == ["there", "gone"]
    assert hits(reader).ids == ["there", "gone"]


def test_a_signal_raises_a_product(tmp_path_factory: pytest.TempPathFactory) -> None:
    entries = [entry("blanket", product_id="plain"), entry("blanket", product_id="loved", signal=1.0)]
    reader = small_index(tmp_path_factory.mktemp("signal"), *entries)
    assert hits(reader, "blanket").ids == ["loved", "plain"]


def test_pages_follow_each_other(shop: Reader) -> None:
    first, second = hits(shop, limit=4), hits(shop, limit=4, offset=4)
    assert first.total == second.total
    assert not set(first.ids) & set(second.ids)


@given(st.text(max_size=40), st.sampled_from(["en", "bg", "hy", "nb", "pl", "ru"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_can_type_what_breaks_it(shop: Reader, text: str, language: str) -> None:
    hits(shop, text, language)
    suggest(shop, text, language, "eu")
