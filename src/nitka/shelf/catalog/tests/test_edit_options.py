import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.ground.facts.models import FactRow
from nitka.ground.ids import new_id
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.choices import MAX_COMBINATIONS, combinations
from nitka.shelf.catalog.models import Variant
from nitka.shelf.catalog.queries import OptionDraft, ProductSource, VariantDraft
from nitka.shelf.catalog.tests.makers import put_in_sizes, put_product

pytestmark = pytest.mark.django_db


def option(code: str, *values: str) -> OptionDraft:
    return OptionDraft(code=code, name={"en": code.title()}, values={each.lower(): {"en": each} for each in values})


WOOD = option("wood", "Oak", "Ash")


def source(product_id) -> ProductSource:
    found = queries.product(product_id)
    assert found is not None
    return found


def choices(product_id) -> dict[str, dict[str, str]]:
    return {each.sku: dict(each.options) for each in source(product_id).variants}


def take_off_sale(sku: str) -> None:
    Variant.objects.filter(sku=sku).update(active=False)


def missing(product_id) -> dict[tuple[str, ...], str]:
    return {each.values: each.sku for each in queries.missing_variants(source(product_id))}


def test_a_bare_variant_becomes_the_first_combination_and_keeps_all_it_has() -> None:
    put = put_product("stool")
    before = source(put.product_id).variants[0]
    catalog.edit_options(product_id=put.product_id, options=[WOOD])
    after = source(put.product_id)
    assert [each["code"] for each in after.options] == ["wood"]
    (variant,) = after.variants
    # Prices and stock are known by the variant's id, so they stay with it.
    assert (variant.id, variant.sku, variant.weight_g) == (before.id, "STOOL", 1200)
    assert variant.options == {"wood": "oak"}


def test_new_variants_weigh_what_the_first_one_weighs() -> None:
    product_id = put_product("stool").product_id
    catalog.edit_options(product_id=product_id, options=[WOOD])
    catalog.edit_options(product_id=product_id, make=missing(product_id))
    assert {each.sku: each.weight_g for each in source(product_id).variants} == {"STOOL": 1200, "STOOL-ASH": 1200}


def test_the_missing_variants_are_made_with_a_sku_each() -> None:
    product_id = put_product("stool").product_id
    catalog.edit_options(product_id=product_id, options=[WOOD, option("seat", "Low", "High")])
    wanted = missing(product_id)
    assert wanted == {
        ("oak", "high"): "STOOL-OAK-HIGH", ("ash", "low"): "STOOL-ASH-LOW", ("ash", "high"): "STOOL-ASH-HIGH",
    }  # fmt: skip
    made = catalog.edit_options(product_id=product_id, make=wanted)
    assert len(made) == 3 and missing(product_id) == {}
    assert choices(product_id)["STOOL-ASH-HIGH"] == {"wood": "ash", "seat": "high"}
    assert all(each.active for each in source(product_id).variants)


def test_a_second_option_leaves_every_variant_its_first_choice() -> None:
    product_id = put_in_sizes("shirt").product_id
    catalog.edit_options(product_id=product_id, options=[option("colour", "Red", "Blue")])
    assert choices(product_id) == {
        "SHIRT-S": {"size": "s", "colour": "red"}, "SHIRT-M": {"size": "m", "colour": "red"},
    }  # fmt: skip
    assert missing(product_id) == {("s", "blue"): "SHIRT-S-BLUE", ("m", "blue"): "SHIRT-M-BLUE"}


def test_several_bare_variants_share_the_combinations_and_too_few_of_them_are_refused() -> None:
    product_id = put_product("cup", variants=tuple(VariantDraft(sku=f"CUP-{n}") for n in range(3))).product_id
    with pytest.raises(catalog.OptionsProblem, match=r"No combination is left for CUP-2\. Name more values"):
        catalog.edit_options(product_id=product_id, options=[WOOD])
    assert source(product_id).options == () and choices(product_id)["CUP-0"] == {}
    catalog.edit_options(product_id=product_id, options=[option("glaze", "Sea", "Fog", "Dune")])
    assert [each["glaze"] for each in choices(product_id).values()] == ["sea", "fog", "dune"]


def test_too_many_combinations_are_refused_in_words() -> None:
    product_id = put_product("bolt").product_id
    many = [option("length", *(str(n) for n in range(20))), option("width", *(str(n) for n in range(11)))]
    with pytest.raises(catalog.OptionsProblem, match="give 220 combinations; 200 can be made by hand"):
        catalog.edit_options(product_id=product_id, options=many)
    assert source(product_id).options == ()


def test_an_import_of_more_can_still_be_mended() -> None:
    sizes = tuple(str(n) for n in range(MAX_COMBINATIONS + 1))
    product_id = put_in_sizes("screw", sizes=sizes).product_id
    mended = OptionDraft(code="size", name={"en": "Length"}, values={each: {"en": f"{each} mm"} for each in sizes})
    catalog.edit_options(product_id=product_id, options=[mended])
    assert source(product_id).options[0]["name"] == {"en": "Length"} and missing(product_id) == {}


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (
            OptionDraft(code="wood", name={"en": "Wood"}, values={"a": {"en": "Oak"}, "b": {"en": "oak"}}),
            "stands twice",
        ),
        (OptionDraft(code="wood", name={"pl": "Drewno"}, values={"a": {"en": "Oak"}}), "no name in English"),
        (OptionDraft(code="wood", name={"en": "Wood"}, values={"a": {"pl": "Dąb"}}), "no name in English"),
        (OptionDraft(code="wood", name={"en": "Wood"}, values={}), "has no value"),
        (OptionDraft(code="wood", name={"en": "x" * 200}, values={"a": {"en": "Oak"}}), "Make it shorter"),
        (OptionDraft(code="other", name={"en": "size"}, values={"a": {"en": "Oak"}}), "two options"),
    ],
)
def test_an_option_that_cannot_be_is_refused(draft: OptionDraft, words: str) -> None:
    product_id = put_in_sizes().product_id
    with pytest.raises(catalog.OptionsProblem, match=words):
        catalog.edit_options(product_id=product_id, options=[draft])
    assert len(source(product_id).options) == 1


def test_a_value_on_sale_stays_until_its_variants_are_off_sale_and_these_are_never_lost() -> None:
    put = put_in_sizes("shirt")
    small = option("size", "S")
    with pytest.raises(catalog.OptionsProblem, match=r"“M” is on sale as SHIRT-M\. Take these off sale"):
        catalog.edit_options(product_id=put.product_id, options=[small])
    take_off_sale("SHIRT-M")
    catalog.edit_options(product_id=put.product_id, options=[small])
    after = source(put.product_id)
    assert [each["code"] for each in after.options[0]["values"]] == ["s"]
    assert choices(put.product_id)["SHIRT-M"] == {"size": "m"}
    assert queries.variant_ids_by_sku(["SHIRT-M"]) == {"SHIRT-M": put.variants["SHIRT-M"]}


def test_an_option_goes_when_it_tells_no_variants_apart() -> None:
    product_id = put_in_sizes("shirt").product_id
    with pytest.raises(catalog.OptionsProblem, match="Without it SHIRT-S and SHIRT-M are the same"):
        catalog.edit_options(product_id=product_id, without=["size"])
    take_off_sale("SHIRT-M")
    catalog.edit_options(product_id=product_id, without=["size"])
    assert source(product_id).options == ()
    assert choices(product_id) == {"SHIRT-S": {}, "SHIRT-M": {"size": "m"}}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        ({("oak",): "NEW"}, "STOOL has this choice already"),
        ({("yew",): "NEW"}, "changed meanwhile"),
        ({("ash",): ""}, "Write one for each variant"),
        ({("ash",): "OAK-TABLE"}, "The SKU OAK-TABLE is taken"),
        ({("ash",): "A", ("elm",): "A"}, "The SKU A stands twice"),
    ],
)
def test_a_variant_that_cannot_be_made_is_refused(make: dict[tuple[str, ...], str], words: str) -> None:
    put_product("oak-table")
    product_id = put_product("stool").product_id
    catalog.edit_options(product_id=product_id, options=[option("wood", "Oak", "Ash", "Elm")])
    with pytest.raises(catalog.OptionsProblem, match=words):
        catalog.edit_options(product_id=product_id, make=make)
    assert len(choices(product_id)) == 1


def test_suggested_skus_begin_as_those_that_are_there() -> None:
    three = option("wood", "Oak", "Ash", "Old smoked walnut with knots")
    for skus, suggested in (
        (("JUN-1", "JUN-1-ASH"), "JUN-1-OLD-SMOKED"), (("T-ASH", "T-ACER"), "T-OLD-SMOKED"),
        (("A7", "B9"), "A7-OLD-SMOKED"),
    ):  # fmt: skip
        product_id = put_product(skus[0].lower(), variants=tuple(VariantDraft(sku=sku) for sku in skus)).product_id
        catalog.edit_options(product_id=product_id, options=[three])
        assert missing(product_id) == {("old smoked walnut with knots",): suggested}


def test_a_suggested_sku_is_free() -> None:
    put_product("other", variants=(VariantDraft(sku="STOOL-ASH"),))
    product_id = put_product("stool").product_id
    catalog.edit_options(product_id=product_id, options=[WOOD])
    assert missing(product_id) == {("ash",): "STOOL-ASH-2"}


def test_it_tells_once_and_nothing_when_nothing_changed() -> None:
    product_id = put_product("stool").product_id
    told = FactRow.objects.filter(kind="catalog.product_changed")
    before = told.count()
    catalog.edit_options(product_id=product_id, options=[WOOD])
    catalog.edit_options(product_id=product_id, options=[WOOD])
    assert told.count() == before + 1
    with pytest.raises(catalog.UnknownProduct):
        catalog.edit_options(product_id=new_id(), options=[WOOD])


def test_known_options_bring_their_values_together() -> None:
    for handle, values in (("a", ("Oak",)), ("b", ("Ash", "Oak"))):
        product_id = put_product(handle).product_id
        catalog.edit_options(product_id=product_id, options=[option("wood", *values)])
    (known,) = queries.known_options()
    assert (known.code, set(known.values)) == ("wood", {"oak", "ash"})


@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=3))
def test_combinations_are_each_of_them_once(sizes: list[int]) -> None:
    options = [{"code": str(n), "values": [{"code": str(v)} for v in range(size)]} for n, size in enumerate(sizes)]
    found = list(combinations(options))
    assert len(found) == len(set(found)) == queries.count_of(options)
