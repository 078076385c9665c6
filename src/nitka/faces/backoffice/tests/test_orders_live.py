"""The list of orders as it changes: nothing is lost, whoever commits first."""

import threading
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connections, transaction
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.sale.orders import actions as orders
from tests.cast import NORDLYS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def variant(db: Any) -> Any:
    makers.a_shop()
    return makers.goods_on_shelf(pieces=200)[0]


def ask(client: Client, cursor: str, **filters: str) -> Any:
    answer = client.get(
        f"/back/orders/since?{urlencode({'cursor': cursor, **filters})}", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200
    return answer.json()


def cursor_of(client: Client) -> str:
    return client.get("/back/orders/").content.decode().split('data-cursor="')[1].split('"')[0]


def test_a_new_order_comes_once_with_its_row_and_the_counts(variant: Any) -> None:
    client = makers.signed_in()
    cursor = cursor_of(client)
    order = makers.an_order(variant)
    said = ask(client, cursor)
    assert [row["id"] for row in said["rows"]] == [str(order.id)]
    assert order.code in said["rows"][0]["html"] and said["rows"][0]["fresh"]
    assert said["counts"]["unpaid"] == "1"
    assert ask(client, said["cursor"])["rows"] == []


def test_a_change_comes_as_well(variant: Any) -> None:
    order = makers.an_order(variant)
    client = makers.signed_in()
    cursor = cursor_of(client)
    orders.confirm_bank_payment(order_id=order.id)
    assert "To pack" in ask(client, cursor)["rows"][0]["html"]


def test_an_order_that_left_the_tab_is_taken_out_of_it(variant: Any) -> None:
    order = makers.an_order(variant)
    client = makers.signed_in()
    cursor = cursor_of(client)
    orders.confirm_bank_payment(order_id=order.id)
    row = ask(client, cursor, tab="unpaid")["rows"][0]
    assert not row["shown"] and row["html"] == ""


def test_a_connection_that_was_gone_for_long_loses_nothing(variant: Any) -> None:
    client = makers.signed_in()
    cursor = cursor_of(client)
    placed = {str(makers.an_order(variant).id) for _n in range(30)}
    assert {row["id"] for row in ask(client, cursor)["rows"]} == placed


def test_a_slow_transaction_that_commits_after_a_quick_one_is_still_seen(variant: Any) -> None:
    client = makers.signed_in()
    # Other goods and another buyer, so that the two hold no lock in common.
    other = makers.goods_on_shelf(handle="slow")[0]
    cursor = cursor_of(client)
    began, go = threading.Event(), threading.Event()
    slow: list[str] = []

    def place_slowly() -> None:
        try:
            with transaction.atomic():
                slow.append(str(makers.an_order(other, buyer=NORDLYS, market="no").id))
                began.set()
                go.wait(10)
        finally:
            connections.close_all()

    thread = threading.Thread(target=place_slowly)
    thread.start()
    assert began.wait(10)
    quick = str(makers.an_order(variant).id)
    first = ask(client, cursor)
    assert [row["id"] for row in first["rows"]] == [quick]
    go.set()
    thread.join()
    assert [row["id"] for row in ask(client, first["cursor"])["rows"]] == slow


def test_a_broken_cursor_begins_anew(variant: Any) -> None:
    client = makers.signed_in()
    said = ask(client, "'; drop table")
    assert said["rows"] == [] and said["cursor"]
    makers.an_order(variant)
    assert len(ask(client, said["cursor"])["rows"]) == 1


def test_a_poll_of_somebody_who_was_signed_out_gets_a_plain_no(variant: Any) -> None:
    answer = Client().get("/back/orders/since?cursor=1:1:", headers={"Accept": "application/json"})
    assert answer.status_code == 401
