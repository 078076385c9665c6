"""How much stands on each shelf, for who keeps them in order."""

import pytest

from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.queries import CollectionDraft
from nitka.shelf.catalog.tests import makers

pytestmark = pytest.mark.django_db


def test_products_are_counted_where_they_stand_without_archived_ones() -> None:
    for handle in ("table", "chair"):
        makers.put_product(handle)
    makers.put_product("lamp", category=("Lamps",))
    makers.put_product("gift", category=())
    catalog.archive(product_id=makers.put_product("stool").product_id)
    named = {each.id: each.name["en"] for each in queries.category_tree()}
    assert {named[id_]: n for id_, n in queries.counted_in_categories().items()} == {"Furniture": 2, "Lamps": 1}


def test_collections_are_counted_with_all_that_is_in_them() -> None:
    for handle in ("table", "chair"):
        makers.put_product(handle)
    catalog.put_collections(drafts=[
        CollectionDraft(handle="evening", name={"en": "Evening"}, products=("table", "chair")),
        CollectionDraft(handle="empty", name={"en": "Empty"}, products=()),
    ])  # fmt: skip
    named = {each.id: each.handle for each in queries.collections()}
    assert {named[id_]: n for id_, n in queries.counted_in_collections().items()} == {"evening": 2}
