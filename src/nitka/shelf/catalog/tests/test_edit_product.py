import pytest

from nitka.ground.facts.models import FactRow
from nitka.ground.ids import new_id
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.queries import AttributeDraft, CategoryDraft
from nitka.shelf.catalog.tests.makers import put_product

pytestmark = pytest.mark.django_db


def told() -> int:
    return FactRow.objects.filter(kind="catalog.product_changed").count()


def test_texts_are_merged_by_language_and_an_empty_one_goes() -> None:
    product_id = put_product(title={"en": "Table", "pl": "Stół"}).product_id
    catalog.edit_product(
        product_id=product_id, title={"bg": "Маса", "pl": ""}, description={"en": "<b onclick=x>A</b>"}
    )
    source = queries.product(product_id)
    assert source is not None
    assert source.title == {"en": "Table", "bg": "Маса"}
    assert source.slug["bg"] == "masa"
    assert source.description == {"en": "<b>A</b>"}


def test_what_was_edited_by_hand_survives_the_same_file_but_not_a_changed_one() -> None:
    product_id = put_product(title={"en": "Table"}).product_id
    catalog.edit_product(product_id=product_id, title={"en": "A fine table"})
    put_product(title={"en": "Table"})
    assert queries.product_source([product_id])[0].title == {"en": "A fine table"}
    put_product(title={"en": "Table, large"})
    assert queries.product_source([product_id])[0].title == {"en": "Table, large"}


def test_attributes_category_brand_and_tags_are_changed() -> None:
    catalog.put_attributes(drafts=[AttributeDraft(code="width", kind="number", name={"en": "Width"}, unit="mm")])
    category = catalog.put_categories(drafts=[CategoryDraft(handle="desks", name={"en": "Desks"})])["desks"]
    product_id = put_product().product_id
    catalog.edit_product(
        product_id=product_id, attributes={"width": 120}, category_id=category, brand="Tråd", tags=["a", "a", " b "]
    )
    source = queries.product(product_id)
    assert source is not None
    assert (source.attributes, source.category_ids, source.brand, source.tags) == (
        {"width": 120}, (category,), "Tråd", ("a", "b"),
    )  # fmt: skip
    catalog.edit_product(product_id=product_id, attributes={"width": None})
    assert queries.product_source([product_id])[0].attributes == {}


@pytest.mark.parametrize("changes", [{"title": {"en": ""}}, {"attributes": {"gone": 1}}, {"title": {"en": "x" * 500}}])
def test_an_edit_that_cannot_be_is_refused(changes) -> None:
    product_id = put_product().product_id
    with pytest.raises(catalog.DraftRefused):
        catalog.edit_product(product_id=product_id, **changes)


def test_an_unknown_product_is_refused() -> None:
    with pytest.raises(catalog.UnknownProduct):
        catalog.edit_product(product_id=new_id(), title={"en": "A"})
    with pytest.raises(catalog.UnknownProduct):
        catalog.publish(product_id=new_id())


def test_publishing_is_told_once_and_its_first_time_is_remembered() -> None:
    product_id = put_product(status="draft").product_id
    before = told()
    catalog.publish(product_id=product_id)
    first = queries.product_source([product_id])[0].published_at
    catalog.publish(product_id=product_id)
    assert told() == before + 1
    catalog.archive(product_id=product_id)
    catalog.unpublish(product_id=product_id)
    catalog.publish(product_id=product_id)
    source = queries.product_source([product_id])[0]
    assert first is not None and source.published_at == first and source.status == "published"


def test_what_is_not_published_is_not_on_sale() -> None:
    put = put_product(status="draft")
    assert [view.on_sale for view in queries.variants(put.variants.values()).values()] == [False]
