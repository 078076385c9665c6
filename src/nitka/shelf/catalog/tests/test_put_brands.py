"""Makers are put by their name, and keep their goods."""

import pytest

from nitka.ground.facts.models import FactRow
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.queries import BrandDraft
from nitka.shelf.catalog.tests.makers import put_product

pytestmark = pytest.mark.django_db


def story_of(name: str) -> dict[str, str]:
    return next(brand.description for brand in queries.brands().values() if brand.name == name)


def test_a_maker_that_a_product_named_gets_a_story() -> None:
    put_product(brand="Ull & Vev")
    catalog.put_brands(drafts=[BrandDraft(name="Ull & Vev", description={"en": "Weavers.", "nb": "Vevere.\x00"})])
    assert story_of("Ull & Vev") == {"en": "Weavers.", "nb": "Vevere."}
    assert len(queries.brands()) == 1


def test_it_tells_only_of_what_is_another_afterwards() -> None:
    drafts = [BrandDraft(name="Glina", description={"en": "Potters."})]
    catalog.put_brands(drafts=drafts)
    catalog.put_brands(drafts=drafts)
    assert FactRow.objects.filter(kind="catalog.makers_changed").count() == 1


def test_a_name_without_letters_is_refused() -> None:
    with pytest.raises(catalog.DraftRefused):
        catalog.put_brands(drafts=[BrandDraft(name="…")])
