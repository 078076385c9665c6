import pytest

from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.queries import AttributeDraft
from nitka.shelf.catalog.tests.makers import draft, put_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def attributes() -> None:
    catalog.put_attributes(
        drafts=[
            AttributeDraft(code="width", kind="number", unit="mm", name={"en": "Width"}, better="higher"),
            AttributeDraft(code="washable", kind="boolean", name={"en": "Washable"}),
            AttributeDraft(code="material", kind="choice", name={"en": "Material"}, choices={"oak": {"en": "Oak"}}),
            AttributeDraft(code="care", name={"en": "Care"}),
        ]
    )


def test_each_kind_holds_its_values(attributes) -> None:
    values = {"width": 12.5, "washable": False, "material": ["oak"], "care": {"en": "Dust it", "nb": "Støv av"}}
    source = queries.product(put_product(attributes=values).product_id)
    assert source is not None and source.attributes == values


@pytest.mark.parametrize(
    ("code", "value"),
    [("width", "12"), ("width", True), ("width", float("nan")), ("washable", 1), ("material", "elm"), ("care", 3)],
)
def test_a_value_of_another_kind_is_refused(attributes, code, value) -> None:
    outcome = catalog.put_sound_products(drafts=[draft(attributes={code: value})])
    assert not outcome.puts and code in outcome.refusals[0].reason


def test_words_change_but_the_kind_stays(attributes) -> None:
    catalog.put_attributes(drafts=[AttributeDraft(code="care", name={"en": "Care", "pl": "Pielęgnacja"})])
    assert queries.attributes(["care"])["care"].name["pl"] == "Pielęgnacja"
    with pytest.raises(catalog.DraftRefused, match="number"):
        catalog.put_attributes(drafts=[AttributeDraft(code="width", name={"en": "Width"})])


@pytest.mark.parametrize("changes", [{"code": ""}, {"name": {}}, {"kind": "colour"}, {"better": "warmer"}])
def test_an_attribute_that_cannot_be_is_refused(changes) -> None:
    with pytest.raises(catalog.DraftRefused):
        catalog.put_attributes(drafts=[AttributeDraft(**({"code": "a", "name": {"en": "A"}} | changes))])
