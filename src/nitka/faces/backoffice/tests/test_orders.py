"""The list of orders."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.faces.backoffice.tests import makers
from tests.cast import ANNA, NORDLYS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


def test_it_shows_orders_with_the_word_of_what_they_wait_for() -> None:
    variant = makers.goods_on_shelf()[0]
    unpaid, ready = makers.an_order(variant), makers.paid(makers.an_order(variant))
    page = makers.signed_in().get("/back/orders/").content.decode()
    assert unpaid.code in page and ready.code in page
    assert "Unpaid" in page and "To pack" in page


def test_tabs_hold_what_they_say_and_count_it() -> None:
    variant = makers.goods_on_shelf()[0]
    unpaid, cash = makers.an_order(variant), makers.an_order(variant, method="cash_on_delivery")
    client = makers.signed_in()
    page = client.get("/back/orders/?tab=pack").content.decode()
    assert cash.code in page and unpaid.code not in page
    assert unpaid.code in client.get("/back/orders/?tab=unpaid").content.decode()


@pytest.mark.parametrize("words", ["anna@example", "Anna Nowak", "lamp-1", "LAMP-1"])
def test_it_finds_by_mail_name_and_sku(words: str) -> None:
    variant = makers.goods_on_shelf()[0]
    anna = makers.an_order(variant, buyer=ANNA)
    assert anna.code in makers.signed_in().get("/back/orders/", {"q": words}).content.decode()


def test_filters_leave_the_others_out() -> None:
    variant = makers.goods_on_shelf()[0]
    pl, no = makers.an_order(variant), makers.an_order(variant, buyer=NORDLYS, market="no")
    client = makers.signed_in()
    page = client.get("/back/orders/?market=no").content.decode()
    assert no.code in page and pl.code not in page
    assert pl.code not in client.get("/back/orders/?to=2020-01-01").content.decode()


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    variant = makers.goods_on_shelf(pieces=200)[0]
    codes = {makers.an_order(variant, method="cash_on_delivery").code for _n in range(53)}
    client = makers.signed_in()
    first = client.get("/back/orders/")
    after = first.content.decode().split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    both = first.content.decode() + client.get(after.replace("&amp;", "&")).content.decode()
    assert all(code in both for code in codes)
    assert sum(both.count(f'data-href="/back/orders/{code}/"') for code in codes) == 53


def test_an_edited_address_breaks_nothing() -> None:
    client = makers.signed_in()
    assert client.get("/back/orders/?after=rubbish&from=nonsense&market=xx&tab=what").status_code == 200
    assert client.get("/back/orders/?after=eHxub3Q").status_code == 200


def test_it_asks_no_more_for_fifty_orders_than_for_one() -> None:
    variant = makers.goods_on_shelf(pieces=200)[0]
    client = makers.signed_in()
    makers.an_order(variant, method="cash_on_delivery")
    client.get("/back/orders/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/back/orders/")
    for _n in range(49):
        makers.an_order(variant, method="cash_on_delivery")
    client.get("/back/orders/")  # what is remembered for two seconds may be older by now
    with CaptureQueriesContext(connection) as fifty:
        client.get("/back/orders/")
    assert len(fifty) <= len(one) <= 10


def test_the_csv_holds_the_same_list_and_runs_nothing() -> None:
    variant = makers.goods_on_shelf()[0]
    order = makers.an_order(variant)
    from nitka.sale.orders.models import Order

    Order.objects.filter(id=order.id).update(name='=HYPERLINK("http://evil.example")')
    answer = makers.signed_in().get("/back/orders/orders.csv?tab=unpaid")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert order.code in text
    assert "'=HYPERLINK" in text and ",=HYPERLINK" not in text and ',"=HYPERLINK' not in text
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_empty_list_says_how_to_fill_it() -> None:
    page = makers.signed_in().get("/back/orders/").content.decode()
    assert "The first order appears here by itself" in page
