from uuid import UUID

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from nitka.ground.facts.models import FactRow
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.queries import VariantDraft
from nitka.shelf.catalog.tests.makers import draft, draft_in_sizes, put_in_sizes, put_product

pytestmark = pytest.mark.django_db


def test_a_product_goes_in_with_its_variants_category_and_address() -> None:
    put = put_in_sizes(category=("Clothes", "Shirts & Tops"), brand="Luma", title={"en": "Linen shirt", "bg": "Риза"})
    source = queries.product(put.product_id)
    assert source is not None and put.created and put.changed
    assert [variant.options for variant in source.variants] == [{"size": "s"}, {"size": "m"}]
    tree = {node.id: node for node in queries.category_tree()}
    assert [tree[one].name["en"] for one in source.category_ids] == ["Clothes", "Shirts & Tops"]
    assert source.brand == "Luma"
    assert source.slug["en"] == "linen-shirt" and source.slug["bg"] == "riza" and source.slug["nb"] == "linen-shirt"


def test_the_same_draft_a_second_time_changes_nothing() -> None:
    first = put_in_sizes()
    facts = FactRow.objects.count()
    second = put_in_sizes()
    assert (second.created, second.changed) == (False, False)
    assert second.variants == first.variants and second.product_id == first.product_id
    assert FactRow.objects.count() == facts


def test_a_variant_that_the_draft_leaves_out_is_taken_off_sale_and_comes_back_by_its_sku() -> None:
    first = put_in_sizes(sizes=("S", "M"))
    put_in_sizes(sizes=("M",))
    views = queries.variants(first.variants.values())
    assert {view.sku: view.on_sale for view in views.values()} == {
        "LINEN-SHIRT-S": False,
        "LINEN-SHIRT-M": True,
    }
    again = put_in_sizes(sizes=("S", "M"))
    assert again.variants == first.variants


def test_a_product_is_matched_by_its_skus_when_its_handle_changed() -> None:
    first = put_product("oak-table")
    second = catalog.put_products(drafts=[draft("oak-desk", variants=(VariantDraft(sku="OAK-TABLE"),))])[0]
    assert second.product_id == first.product_id and not second.created and second.handle == "oak-table"


def test_a_sku_of_another_product_is_refused_and_leaves_nothing() -> None:
    put_product("oak-table")
    put_product("oak-chair")
    with pytest.raises(catalog.DraftRefused, match="OAK-TABLE") as refusal, transaction.atomic():
        put_product("oak-chair", variants=(VariantDraft(sku="OAK-TABLE"),))
    assert refusal.value.detail == {"handle": "oak-chair", "sku": "OAK-TABLE"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"handle": "a/b"}, "handle"),
        ({"title": {"en": " "}}, "title is missing"),
        ({"title": {"en": "x" * 500}}, "longer"),
        ({"status": "sold"}, "state"),
        ({"variants": ()}, "no variant"),
        ({"variants": (VariantDraft(sku="A"), VariantDraft(sku="A"))}, "occurs twice"),
        ({"variants": (VariantDraft(sku="A", weight_g=-1),)}, "measure"),
        ({"variants": (VariantDraft(sku="A", prices={"eu": queries.PriceDraft(minor=-1)}),)}, "below zero"),
        ({"variants": (VariantDraft(sku="A", stock={"main": -1}),)}, "below zero"),
        ({"variants": (VariantDraft(sku="A", gtin="12AB"),)}, "GTIN"),
        ({"variants": (VariantDraft(sku="A", options={"size": "s"}),)}, "option"),
        ({"variants": (VariantDraft(sku="A\x00"),)}, "SKU"),
        ({"attributes": {"nobody-knows": 1}}, "unknown"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_with_its_reason_and_the_others_go_in(changes, words) -> None:
    bad = draft(**({"handle": "bad"} | changes))
    outcome = catalog.put_sound_products(drafts=[bad, draft("good")])
    assert [put.handle for put in outcome.puts] == ["good"]
    assert len(outcome.refusals) == 1 and words in outcome.refusals[0].reason


def test_scripts_are_taken_out_of_descriptions() -> None:
    text = '<p onclick="x()">Oak</p><script>alert(1)</script><a href="javascript:alert(1)">now</a>'
    source = queries.product(put_product(description={"en": text}).product_id)
    assert source is not None
    assert source.description["en"] == '<p>Oak</p><a rel="noopener">now</a>'


def test_control_characters_do_not_reach_the_database() -> None:
    source = queries.product(put_product(title={"en": "Oak\x00 table\x07"}, tags=("a\x00",)).product_id)
    assert source is not None and source.title["en"] == "Oak table" and source.tags == ("a",)


def test_two_products_of_one_title_get_two_addresses_and_keep_them() -> None:
    drafts = [draft("a-1", title={"en": "Ball"}), draft("a-2", title={"en": "Ball"})]
    ids = [put.product_id for put in catalog.put_products(drafts=drafts)]
    slugs = [source.slug["en"] for source in queries.product_source(ids)]
    assert slugs == ["ball", "ball-a-2"]
    catalog.put_products(drafts=[draft("a-2", title={"en": "Ball"}, position=5)])
    assert [source.slug["en"] for source in queries.product_source(ids)] == slugs


def test_an_old_address_still_leads_to_the_product() -> None:
    put = put_product(title={"en": "Table"})
    put_product(title={"en": "Desk"})
    assert queries.product_by_slug("table") == queries.product_by_slug("desk") == put.product_id


def test_relations_and_collections_are_found_by_handle() -> None:
    catalog.put_collections(drafts=[queries.CollectionDraft(handle="spring", name={"en": "Spring"})])
    other = put_product("oak-chair")
    put = put_product("oak-table", related=(("oak-chair", "goes_with"), ("gone", "related")), collections=("spring",))
    source = queries.product(put.product_id)
    assert source is not None and source.related == ((other.product_id, "goes_with"),)
    assert source.collection_ids == (queries.collections()[0].id,)


def test_facts_are_told_one_for_each_changed_product_and_without_jobs_as_history() -> None:
    catalog.put_products(drafts=[draft("a"), draft("b")], history=True)
    assert FactRow.objects.filter(kind="catalog.product_changed").count() == 2
    catalog.put_products(drafts=[draft("a"), draft("b", position=3)])
    assert FactRow.objects.filter(kind="catalog.product_changed").count() == 3


def test_five_queries_give_all_of_many_products(django_assert_num_queries) -> None:
    ids: list[UUID] = [put.product_id for put in catalog.put_products(drafts=[draft(f"p-{n}") for n in range(20)])]
    with django_assert_num_queries(5):
        assert [source.id for source in queries.product_source(ids)] == ids


def test_the_number_of_statements_does_not_grow_with_the_products() -> None:
    from django.db import connection

    def statements(count: int, name: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            catalog.put_products(drafts=[draft_in_sizes(f"{name}-{n}") for n in range(count)], history=True)
        return len(context)

    assert statements(2, "warm") >= statements(30, "few") - 2
