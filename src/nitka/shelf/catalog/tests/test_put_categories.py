import pytest

from nitka.ground.facts.models import FactRow
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.queries import AttributeDraft, CategoryDraft
from nitka.shelf.catalog.tests.makers import draft, put_product

pytestmark = pytest.mark.django_db


def tree() -> list[tuple[str, int]]:
    return [(node.handle, node.depth) for node in queries.category_tree()]


def test_the_tree_has_parents_before_children_and_siblings_in_order() -> None:
    catalog.put_categories(
        drafts=[
            CategoryDraft(handle="kitchen", name={"en": "Kitchen"}, position=2),
            CategoryDraft(handle="living", name={"en": "Living room"}, position=1),
            CategoryDraft(handle="pots", name={"en": "Pots"}, parent="kitchen"),
        ]
    )
    assert tree() == [("living", 0), ("kitchen", 0), ("pots", 1)]
    kitchen = next(node for node in queries.category_tree() if node.handle == "kitchen")
    assert len(queries.categories_of(kitchen.id)) == 2


def test_a_category_that_moves_takes_what_is_below_it_along() -> None:
    parts = [("a", ""), ("b", ""), ("c", "b"), ("d", "c")]
    catalog.put_categories(drafts=[CategoryDraft(handle=h, name={"en": h}, parent=p) for h, p in parts])
    catalog.put_categories(drafts=[CategoryDraft(handle="c", name={"en": "c"}, parent="a")])
    assert tree() == [("a", 0), ("c", 1), ("d", 2), ("b", 0)]


def test_a_circle_and_an_unknown_parent_are_refused() -> None:
    parts = [("a", ""), ("b", "a")]
    catalog.put_categories(drafts=[CategoryDraft(handle=h, name={"en": h}, parent=p) for h, p in parts])
    for parent in ("b", "a", "gone"):
        with pytest.raises(catalog.DraftRefused):
            catalog.put_categories(drafts=[CategoryDraft(handle="a", name={"en": "a"}, parent=parent)])


def test_two_categories_of_one_name_get_two_addresses() -> None:
    catalog.put_products(drafts=[draft("a", category=("Men", "Tops")), draft("b", category=("Women", "Tops"))])
    slugs = {node.handle: node.slug["en"] for node in queries.category_tree()}
    assert slugs == {"men": "men", "men-tops": "tops", "women": "women", "women-tops": "women-tops"}


def test_a_draft_finds_its_category_by_handles_too() -> None:
    ids = catalog.put_categories(
        drafts=[CategoryDraft(handle="stue", name={"nb": "Stue"}), CategoryDraft(handle="x", name={"en": "X"})]
    )
    source = queries.product(put_product(category=("stue",)).product_id)
    assert source is not None and source.category_id == ids["stue"] and len(tree()) == 2


def test_the_change_of_a_category_is_told_and_the_same_again_is_not() -> None:
    for name in ("Pots", "Pots", "Pans"):
        catalog.put_categories(drafts=[CategoryDraft(handle="pots", name={"en": name})])
    assert FactRow.objects.filter(kind="catalog.categories_changed").count() == 2


def test_facets_are_those_that_enough_of_a_category_has_and_the_merchants_own_stay() -> None:
    codes = ("width", "colour", "rare", "own")
    catalog.put_attributes(drafts=[AttributeDraft(code=code, name={"en": code}) for code in codes])
    puts = catalog.put_products(
        drafts=[
            draft(f"p-{n}", category=("Desks",), attributes={"colour": "oak"} | ({"width": "1"} if n < 3 else {}))
            for n in range(9)
        ]
        + [draft("lamp", category=("Lamps",), attributes={"rare": "x"})]
    )
    desks = next(node.id for node in queries.category_tree() if node.handle == "desks")
    catalog.set_facets(facets={desks: ["own"]})
    catalog.choose_facets(product_ids=[put.product_id for put in puts], codes=["width", "colour", "rare"])
    found = queries.category_facets()
    assert set(found[desks]) == {"colour", "width", "own"}
    assert [codes for category, codes in found.items() if category != desks] == [("rare",)]
    assert {code for code, view in queries.attributes().items() if view.facet} == {"colour", "width"}
