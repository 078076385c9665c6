"""What a file says again changes what it says otherwise, and nothing that was set by hand."""

from dataclasses import replace

import pytest

from nitka.ground.facts.models import FactRow
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.queries import MediaDraft, OptionDraft, ProductDraft, ProductSource, Put, VariantDraft
from nitka.shelf.catalog.tests.makers import draft, draft_in_sizes, put_product
from nitka.shelf.catalog.tests.pictures import picture_file

pytestmark = pytest.mark.django_db
COLOUR = OptionDraft(code="colour", name={"en": "Colour"}, values={"white": {"en": "White"}, "blue": {"en": "Blue"}})


def put(given: ProductDraft) -> Put:
    outcome = catalog.put_sound_products(drafts=[given])
    assert not outcome.refusals
    return outcome.puts[0]


def source(product_id) -> ProductSource:
    found = queries.product(product_id)
    assert found is not None
    return found


def sold(product_id) -> dict[str, dict[str, str]]:
    return {each.sku: dict(each.options) for each in source(product_id).variants if each.active}


def weighing(given: ProductDraft, grams: int) -> ProductDraft:
    return replace(given, variants=tuple(replace(each, weight_g=grams) for each in given.variants))


def test_options_made_by_hand_outlive_a_changed_file() -> None:
    stool = draft("stool")
    product_id = put(stool).product_id
    catalog.edit_options(product_id=product_id, options=[COLOUR])
    catalog.edit_options(product_id=product_id, make={("blue",): "STOOL-BLUE"})
    after = put(replace(stool, title={"en": "Footstool"}))
    assert after.changed and after.news == frozenset()
    assert source(product_id).title["en"] == "Footstool"
    assert sold(product_id) == {"STOOL": {"colour": "white"}, "STOOL-BLUE": {"colour": "blue"}}
    put(weighing(replace(stool, title={"en": "Footstool"}), 900))
    assert sold(product_id) == {"STOOL": {"colour": "white"}, "STOOL-BLUE": {"colour": "blue"}}
    assert [each["code"] for each in source(product_id).options] == ["colour"]


def test_options_of_the_file_and_those_by_hand_stand_side_by_side() -> None:
    shirt = draft_in_sizes()
    product_id = put(shirt).product_id
    catalog.edit_options(product_id=product_id, options=[COLOUR])
    catalog.edit_options(product_id=product_id, make={("s", "blue"): "SHIRT-S-BLUE"})
    put(draft_in_sizes(sizes=("S", "M", "L")))
    assert [each["code"] for each in source(product_id).options] == ["size", "colour"]
    assert sold(product_id) == {
        "LINEN-SHIRT-S": {"size": "s", "colour": "white"}, "LINEN-SHIRT-M": {"size": "m", "colour": "white"},
        "LINEN-SHIRT-L": {"size": "l", "colour": "white"}, "SHIRT-S-BLUE": {"size": "s", "colour": "blue"},
    }  # fmt: skip


def test_the_file_speaks_of_its_own_options_and_variants() -> None:
    product_id = put(draft_in_sizes(sizes=("S", "M", "L"))).product_id
    put(draft_in_sizes(sizes=("M", "XL")))
    assert sold(product_id) == {"LINEN-SHIRT-M": {"size": "m"}, "LINEN-SHIRT-XL": {"size": "xl"}}
    assert [value["code"] for value in source(product_id).options[0]["values"]] == ["m", "xl"]


def test_a_value_that_only_a_variant_made_by_hand_has_stays() -> None:
    product_id = put(draft_in_sizes(sizes=("S",))).product_id
    sizes = {"s": {"en": "S"}, "xs": {"en": "XS"}}
    catalog.edit_options(product_id=product_id, options=[OptionDraft(code="size", name={"en": "Size"}, values=sizes)])
    catalog.edit_options(product_id=product_id, make={("xs",): "SHIRT-XS"})
    put(draft_in_sizes(sizes=("M",)))
    assert sold(product_id) == {"LINEN-SHIRT-M": {"size": "m"}, "SHIRT-XS": {"size": "xs"}}


def test_words_tags_and_shelves_that_were_set_by_hand_stay_where_the_file_says_nothing_new() -> None:
    stool = draft("stool", tags=("oak",), summary={"en": "Sits"}, brand="Vik")
    product_id = put(stool).product_id
    catalog.edit_product(product_id=product_id, title={"en": "My stool"}, tags=["best"], summary={"bg": "Стол"})
    catalog.unpublish(product_id=product_id)
    put(replace(stool, brand="Bro"))
    found = source(product_id)
    assert (found.title["en"], found.tags, found.status, found.brand) == ("My stool", ("best",), "draft", "Bro")
    assert found.summary == {"en": "Sits", "bg": "Стол"}
    put(replace(stool, title={"en": "Stool, oiled"}, tags=("oak", "oil"), brand="Bro"))
    assert (source(product_id).title["en"], source(product_id).tags) == ("Stool, oiled", ("oak", "oil"))


def test_attributes_set_by_hand_stay() -> None:
    names = [queries.AttributeDraft(code=code, name={"en": code}) for code in ("wood", "oil")]
    catalog.put_attributes(drafts=names)
    stool = draft("stool", attributes={"wood": "oak"})
    product_id = put(stool).product_id
    catalog.edit_product(product_id=product_id, attributes={"oil": "linseed"})
    put(replace(stool, attributes={"wood": "ash"}))
    assert source(product_id).attributes == {"wood": "ash", "oil": "linseed"}
    put(replace(stool, attributes={}))
    assert source(product_id).attributes == {"oil": "linseed"}


def test_only_variants_with_news_have_news() -> None:
    shirt = draft_in_sizes()
    first = put(shirt)
    assert first.news == {"LINEN-SHIRT-S", "LINEN-SHIRT-M"}
    small, medium = shirt.variants
    after = put(replace(shirt, variants=(small, replace(medium, gtin="4012345678901"))))
    assert after.news == {"LINEN-SHIRT-M"}


def test_what_the_back_office_saved_is_not_undone_by_the_same_file_again() -> None:
    stool = draft("stool")
    product_id = put(stool).product_id
    mine = replace(stool, variants=(VariantDraft(sku="STOOL", weight_g=777),))
    catalog.put_products(drafts=[mine], by_hand=True)
    facts = FactRow.objects.count()
    assert not put(stool).changed and FactRow.objects.count() == facts
    put(replace(stool, title={"en": "Footstool"}))
    assert source(product_id).variants[0].weight_g == 777


def test_a_product_made_by_hand_keeps_what_its_first_file_leaves_empty() -> None:
    product_id = catalog.put_products(
        drafts=[draft("stool", tags=("oak",), variants=(VariantDraft(sku="STOOL", weight_g=5), VariantDraft(sku="B")))],
        by_hand=True,
    )[0].product_id
    put(draft("stool", category=(), variants=(VariantDraft(sku="STOOL", gtin="4012345678901"),)))
    found = source(product_id)
    assert found.tags == ("oak",) and found.category_id is not None
    assert found.variants[0].weight_g == 5 and set(sold(product_id)) == {"STOOL", "B"}


def test_pictures_that_were_put_beside_those_of_the_file_stay(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    paths = {name: picture_file(tmp_path, f"{name}.png", colour=name) for name in ("red", "blue", "white")}
    stool = draft("stool", media=(MediaDraft(path=paths["red"]),))
    product_id = put(stool).product_id
    catalog.add_media(product_id=product_id, path=paths["white"])
    put(replace(stool, title={"en": "Footstool"}))
    assert len(source(product_id).media) == 2
    put(replace(stool, media=(MediaDraft(path=paths["blue"]),)))
    assert len(source(product_id).media) == 2 and source(product_id).media[1].position == 1


def test_an_import_of_an_older_release_is_taken_for_the_last_word_of_the_file() -> None:
    from nitka.shelf.catalog.models import Product

    product_id = put(draft_in_sizes(sizes=("S", "M"))).product_id
    Product.objects.filter(id=product_id).update(told={})
    put(draft_in_sizes(sizes=("M",)))
    assert sold(product_id) == {"LINEN-SHIRT-M": {"size": "m"}}


def test_seeds_and_programs_still_say_the_whole() -> None:
    put_product("stool", tags=("oak",))
    product_id = put_product("stool", tags=()).product_id
    assert source(product_id).tags == ()
