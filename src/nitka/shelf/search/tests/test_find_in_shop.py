from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from nitka.shelf.search import queries
from nitka.shelf.search.tests.shop import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(own_index: Path) -> dict[str, UUID]:
    return open_shop()


def test_a_search_is_one_query(ids: dict[str, UUID]) -> None:
    with CaptureQueriesContext(connection) as captured:
        found = queries.find(text="linen", language="en", market="eu")
    assert len(captured) <= 2
    assert [card.title for card in found.cards] == ["Linen pillow"]
    assert (found.total, found.pages, found.near) == (1, 1, False)


def test_queries_do_not_grow_with_the_cards(ids: dict[str, UUID]) -> None:
    with CaptureQueriesContext(connection) as captured:
        found = queries.find(language="en", market="eu")
    assert len(found.cards) == 4
    assert len(captured) == 1


def test_facets_have_labels_in_the_language(ids: dict[str, UUID]) -> None:
    with translation.override("en"):
        found = queries.find(language="pl", market="eu", filters={"material": ["brass"]})
    material = next(facet for facet in found.facets if facet.code == "material")
    assert (material.label, material.kind, material.chosen) == ("Materiał", "choice", True)
    assert ("brass", "Mosiądz", 1, True) in [(v.value, v.label, v.count, v.chosen) for v in material.values]
    assert len(material.values) == 4
    assert found.total == 1


def test_a_category_is_found_by_slug_in_any_language(ids: dict[str, UUID]) -> None:
    for name in ("chairs", "stoler", "furniture"):
        found = queries.find(category=name, language="nb", market="eu")
        assert [card.title for card in found.cards] == ["Spisestol i eik"], name
    assert queries.find(category="nothing", language="nb", market="eu").total == 0


def test_categories_lead_on(ids: dict[str, UUID]) -> None:
    found = queries.find(language="en", market="eu")
    assert [(node.name, node.count) for node in found.categories] == [
        ("Lighting", 1),
        ("Furniture", 1),
        ("Textiles", 2),
    ]
    page = queries.category("chairs", "nb")
    assert page is not None
    assert [node["name"] for node in page.breadcrumbs] == ["Furniture", "Stoler"]
    assert [node.handle for node in queries.categories("en")] == ["lighting", "furniture", "textiles"]


def test_no_result_is_no_dead_end(ids: dict[str, UUID]) -> None:
    found = queries.find(text="linen spaceship", language="en", market="eu")
    assert found.near
    assert found.cards
    nothing = queries.find(text="xqzwv", language="en", market="eu")
    assert nothing.cards == []
    assert len(nothing.categories) == 3


def test_a_correction_is_told(ids: dict[str, UUID]) -> None:
    found = queries.find(text="linnen pilow", language="en", market="eu")
    assert found.corrected == "linen pillow"
    assert [card.title for card in found.cards] == ["Linen pillow"]


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [("en", "lin", ("product", "Linen pillow")), ("en", "oak d", ("product", "Oak dining chair")),
     ("en", "text", ("category", "Textiles")), ("en", "li", ("brand", "Lin")), ("en", "bla", ("word", "blanket")),
     ("nb", "pu", ("product", "Pute i lin")), ("pl", "podu", ("product", "Lniana poduszka")),
     ("ru", "под", ("product", "Льняная подушка")), ("ru", "podu", ("product", "Льняная подушка")),
     ("bg", "възгл", ("product", "Ленена възглавница")), ("hy", "բար", ("product", "Վուշե բարձ")),
     ("en", "pilow", ("product", "Linen pillow"))],
)  # fmt: skip
def test_suggestions_as_one_types(ids: dict[str, UUID], language: str, typed: str, expected: tuple[str, str]) -> None:
    with CaptureQueriesContext(connection) as captured:
        found = [(one.kind, one.text) for one in queries.suggest(typed, language, "eu")]
    assert len(captured) == 0
    assert expected in found


def test_suggestions_lead_somewhere(ids: dict[str, UUID]) -> None:
    (product,) = [one for one in queries.suggest("linen pil", "en", "eu") if one.kind == "product"]
    assert queries.product_page(slug=product.slug, language="en", market="eu") is not None
    assert queries.suggest("", "en", "eu") == []
    assert queries.suggest("linen", "en", "us") == []


def test_without_an_index_nothing_is_found_and_nothing_breaks(own_index: Path) -> None:
    assert queries.find(text="lamp", language="en", market="eu").total == 0
    assert queries.suggest("lamp", "en", "eu") == []
    assert queries.category("lamp", "en") is None
    assert queries.index_state().missing
