from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as catalog_queries
from nitka.shelf.catalog.queries import CategoryDraft
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.search import actions as search
from nitka.shelf.search import queries
from nitka.shelf.search.follow import Follower, here
from nitka.shelf.search.home import Home
from nitka.shelf.search.models import Change, ProductOffer, Stale
from nitka.shelf.search.problems import UnknownLanguage
from nitka.shelf.search.tests.shop import follow, open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(own_index: Path) -> dict[str, UUID]:
    made = open_shop()
    run_jobs()
    follow()
    return made


def variant_of(product_id: UUID) -> UUID:
    product = catalog_queries.product(product_id)
    assert product is not None
    return product.variants[0].id


def prices(**asked: object) -> list[int | None]:
    found = queries.find(language="en", market="eu", sort="price_up", **asked)  # type: ignore[arg-type]
    return [card.price_minor for card in found.cards]


def test_a_changed_price_is_found_and_shown(ids: dict[str, UUID]) -> None:
    assert prices(filters={"price": ["-5000"]}) == [2900]
    pricing.set_prices(prices=[(variant_of(ids["chair"]), "eu", 4900, 19900)])
    run_jobs()
    assert follow() == 1
    assert prices(filters={"price": ["-5000"]}) == [2900, 4900]
    page = queries.product_page_by_id(product_id=ids["chair"], language="en", market="eu")
    assert page is not None
    assert (page.price_minor, page.compare_at_minor) == (4900, 19900)


def test_a_sold_out_product_says_so_and_comes_last(ids: dict[str, UUID]) -> None:
    first = queries.find(language="en", market="eu").cards[0]
    variants = catalog_queries.product(first.product_id)
    assert variants is not None
    inventory.set_stock(levels=[(one.id, "gdansk", 0) for one in variants.variants])
    run_jobs()
    follow()
    last = queries.find(language="en", market="eu").cards[-1]
    assert last.product_id == first.product_id
    assert not last.in_stock


def test_an_archived_product_is_no_longer_found(ids: dict[str, UUID]) -> None:
    catalog.archive(product_id=ids["lamp"])
    run_jobs()
    follow()
    assert queries.find(text="lamp", language="en", market="eu").cards == []
    assert not ProductOffer.objects.filter(product_id=ids["lamp"]).exists()


def test_a_renamed_category_is_renamed_everywhere(ids: dict[str, UUID]) -> None:
    catalog.put_categories(drafts=[CategoryDraft(handle="textiles", name={"en": "Soft things"})])
    run_jobs()
    follow()
    assert "Soft things" in [node.name for node in queries.categories("en")]
    page = queries.product_page_by_id(product_id=ids["pillow"], language="en", market="eu")
    assert page is not None
    assert page.breadcrumbs[0]["name"] == "Soft things"


def test_many_facts_about_a_product_are_one_rebuilding(ids: dict[str, UUID]) -> None:
    before = Change.objects.count()
    for minor in (5000, 5100, 5200):
        pricing.set_prices(prices=[(variant_of(ids["chair"]), "eu", minor, None)])
    run_jobs()
    assert Stale.objects.count() == 0
    assert Change.objects.count() - before <= 3
    follow()
    assert 5200 in prices()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_after_a_later_one_is_not_lost(own_index: Path) -> None:
    ids = open_shop()
    run_jobs()
    follow()
    settings = connection.get_connection_params()
    known = {name: settings[name] for name in ("host", "port", "user", "password", "dbname") if settings.get(name)}
    with psycopg.connect(**known) as slow:
        slow.execute("INSERT INTO search_changes (product_id, at) VALUES (%s, now())", [ids["lamp"]])
        search.rebuild(product_ids=[ids["chair"]])
        assert follow() == 1
        assert follow() == 0
        slow.commit()
    assert follow() == 1
    assert follow() == 0


def test_following_without_news_does_nothing(ids: dict[str, UUID]) -> None:
    assert follow() == 0
    assert queries.index_state().documents == 4


def test_a_second_process_of_the_host_does_not_write(ids: dict[str, UUID], own_index: Path) -> None:
    other = Follower(Home(own_index / "search"))
    search.rebuild(product_ids=[ids["lamp"]])
    assert other.once() == 0
    assert follow() == 1


def test_the_next_process_takes_over_where_the_last_one_ended(ids: dict[str, UUID], own_index: Path) -> None:
    search.rebuild(product_ids=[ids["lamp"]])
    here()[1].close()
    other = Follower(Home(own_index / "search"))
    assert other.once() >= 1
    other.close()


@pytest.mark.parametrize("damage", ["missing", "version", "broken"])
def test_an_index_that_cannot_be_used_is_built_anew(ids: dict[str, UUID], own_index: Path, damage: str) -> None:
    home = here()[0].home
    here()[1].close()
    if damage == "missing":
        (own_index / "search" / "CURRENT").unlink()
    elif damage == "version":
        home.keep_state({**home.state(), "version": "of long ago"})
    else:
        assert home.current is not None
        (home.current / "state.json").write_text("{")
    assert follow() == 4
    assert queries.find(text="lamp", language="en", market="eu").total == 1
    assert len(list((own_index / "search").glob("index-*"))) == 1


def test_synonyms_of_the_merchant_work_at_once(ids: dict[str, UUID]) -> None:
    assert queries.find(text="throw", language="en", market="eu").near
    search.set_synonyms(language="en", groups=[["blanket", " throw "], ["alone"], ["", ""]])
    follow()
    assert [card.title for card in queries.find(text="throws", language="en", market="eu").cards] == [
        "Merino wool blanket"
    ]
    assert queries.synonyms("en") == [["blanket", "throw"]]


def test_synonyms_of_a_strange_language_are_refused(ids: dict[str, UUID]) -> None:
    with pytest.raises(UnknownLanguage):
        search.set_synonyms(language="xx", groups=[])


def test_a_signal_raises_a_product_in_its_category(ids: dict[str, UUID]) -> None:
    last = queries.find(category="textiles", language="en", market="eu").cards[-1].product_id
    search.set_signal(product_id=last, name="loved", value=1.0)
    follow()
    assert queries.find(category="textiles", language="en", market="eu").cards[0].product_id == last
    search.set_signal(product_id=last, name="loved", value=0)
    follow()
    assert queries.find(category="textiles", language="en", market="eu").cards[-1].product_id == last
