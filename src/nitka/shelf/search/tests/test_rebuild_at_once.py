"""What is sold is shown by whoever changed it, without waiting for a worker."""

import threading
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction

from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as catalog_queries
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.search import actions as search
from nitka.shelf.search import queries
from nitka.shelf.search.models import Change
from nitka.shelf.search.tests.shop import open_shop
from nitka.shelf.search.views import ProductPage
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ids(own_index: Path) -> dict[str, UUID]:
    made = open_shop()
    run_jobs()
    return made


def page(product_id: UUID) -> ProductPage | None:
    return queries.product_page_by_id(product_id=product_id, language="en", market="eu")


def price_of(product_id: UUID) -> int | None:
    shown = page(product_id)
    assert shown is not None
    return shown.price_minor


def set_price(product_id: UUID, minor: int) -> None:
    product = catalog_queries.product(product_id)
    assert product is not None
    pricing.set_prices(prices=[(product.variants[0].id, "eu", minor, None)])


def test_a_price_is_shown_before_any_worker_has_run(ids: dict[str, UUID]) -> None:
    set_price(ids["chair"], 4900)
    assert price_of(ids["chair"]) == 4900


def test_what_is_sold_out_or_archived_is_shown_so(ids: dict[str, UUID]) -> None:
    product = catalog_queries.product(ids["lamp"])
    assert product is not None
    inventory.set_stock(levels=[(one.id, "gdansk", 0) for one in product.variants])
    shown = page(ids["lamp"])
    assert shown is not None
    assert not shown.in_stock
    catalog.archive(product_id=ids["lamp"])
    assert page(ids["lamp"]) is None


def test_what_is_rolled_back_is_not_shown_and_does_not_stop_the_next(ids: dict[str, UUID]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        set_price(ids["chair"], 100)
        raise RuntimeError
    assert price_of(ids["chair"]) == 19900
    set_price(ids["chair"], 4900)
    assert price_of(ids["chair"]) == 4900


def test_the_worker_finds_nothing_left_to_tell(ids: dict[str, UUID]) -> None:
    set_price(ids["chair"], 4900)
    before = Change.objects.count()
    run_jobs()
    assert Change.objects.count() == before
    assert price_of(ids["chair"]) == 4900


def test_many_are_left_to_the_worker(ids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_AT_ONCE", 1)
    with transaction.atomic():
        set_price(ids["chair"], 4900)
        set_price(ids["lamp"], 5900)
    assert (price_of(ids["chair"]), price_of(ids["lamp"])) == (19900, 8900)
    run_jobs()
    assert (price_of(ids["chair"]), price_of(ids["lamp"])) == (4900, 5900)
    set_price(ids["chair"], 5000)
    assert price_of(ids["chair"]) == 5000


def test_who_loads_much_leaves_it_to_the_worker(ids: dict[str, UUID]) -> None:
    with search.without_haste():
        set_price(ids["chair"], 4900)
    assert price_of(ids["chair"]) == 19900
    set_price(ids["chair"], 5900)
    assert price_of(ids["chair"]) == 5900


def test_another_writer_is_not_waited_for_long(ids: dict[str, UUID]) -> None:
    held, enough = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [search._ONE_WRITER])
            held.set()
            enough.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert held.wait(10)
        set_price(ids["chair"], 4900)
        assert price_of(ids["chair"]) == 19900
    finally:
        enough.set()
        other.join()
    run_jobs()
    assert price_of(ids["chair"]) == 4900
