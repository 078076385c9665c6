"""Who sees an order, and how the back office follows all of them."""

import threading

import pytest
from django.db import connection, transaction

from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.tests.makers import a_shipped_order, an_order, goods
from nitka.sale.shipping.tests.makers import open_shop


@pytest.fixture
def shop(db: None) -> None:
    open_shop()


def test_a_link_opens_its_order_for_ever_and_no_other(shop: None) -> None:
    placed = an_order()
    token = queries.order_link_token(placed.order_id)
    assert token == placed.token == queries.order_link_token(placed.order_id)
    found = queries.order_by_token(token)
    assert found and found.code == placed.code
    for bad in (token[:-1], token[:-1] + "!", "x" + token[1:], "", ".", "a.b", "ä"):
        assert queries.order_by_token(bad) is None


def test_a_stranger_needs_code_and_address(shop: None) -> None:
    placed = an_order()
    typed = placed.code.lower().replace("0", "o")
    assert queries.order_for_stranger(typed, " MAX@example.com ")
    assert queries.order_for_stranger(placed.code, "anna@example.com") is None
    assert queries.order_for_stranger("NK-0000-00", "max@example.com") is None


def test_rows_are_found_by_code_name_mail_telephone_and_sku(shop: None) -> None:
    placed = an_order()
    for text in (placed.code, placed.code[:6].lower(), placed.code[-2:], "max@", "fremd", "lamp-0"):
        assert [row.code for row in queries.order_rows(search=text)] == [placed.code], text
    assert not queries.order_rows(search="nobody").exists()
    assert queries.order_rows(status=["paid"], market="eu", paid=True, country="DE").count() == 1
    assert not queries.order_rows(status=["shipped"]).exists()


def test_an_order_s_page_needs_six_queries(shop: None, django_assert_max_num_queries) -> None:
    order_id = a_shipped_order()
    with django_assert_max_num_queries(6):
        queries.order(order_id)
    placed = an_order((goods(handle="vase"), 1), payment="bank_transfer")
    with django_assert_max_num_queries(6):
        queries.order(placed.order_id)


@pytest.mark.django_db(transaction=True)
def test_the_cursor_sees_each_change_once() -> None:
    open_shop()
    cursor = queries.start_cursor()
    placed = an_order(payment="bank_transfer")
    rows, cursor = queries.orders_since(cursor)
    assert [row.code for row in rows] == [placed.code]
    assert queries.orders_since(cursor)[0] == ()
    orders.confirm_bank_payment(order_id=placed.order_id)
    rows, cursor = queries.orders_since(cursor)
    assert [row.status for row in rows] == ["paid"]
    assert queries.orders_since(cursor)[0] == ()


@pytest.mark.django_db(transaction=True)
def test_the_cursor_loses_no_order_whose_transaction_began_earlier_and_ended_later() -> None:
    open_shop()
    lamp = goods()
    cursor = queries.start_cursor()
    began, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            an_order((lamp, 1), payment="bank_transfer", email="slow@example.com")
            began.set()
            may_end.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert began.wait(10)
    quick = an_order((goods(handle="vase"), 1), payment="bank_transfer")
    rows, cursor = queries.orders_since(cursor)
    assert [row.code for row in rows] == [quick.code]
    may_end.set()
    thread.join()
    rows, cursor = queries.orders_since(cursor)
    assert [row.email for row in rows] == ["slow@example.com"]
    assert queries.orders_since(cursor)[0] == ()


@pytest.mark.parametrize("bad", ["", "x", "1:2", "1:2:x", "1;drop:2:", "-1:2:"])
def test_what_is_no_cursor_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        queries.orders_since(bad)


def test_invoices_are_numbered_without_gaps_and_only_once(shop: None) -> None:
    numbers = []
    for place in range(3):
        placed = an_order((goods(handle=f"g{place}"), 1))
        numbers.append(orders.issue_invoice(order_id=placed.order_id))
        assert orders.issue_invoice(order_id=placed.order_id) == numbers[-1]
    year = numbers[0][:4]
    assert numbers == [f"{year}/00001", f"{year}/00002", f"{year}/00003"]
    unpaid = an_order((goods(handle="vase"), 1), payment="bank_transfer")
    with pytest.raises(orders.NoInvoiceYetProblem):
        queries.invoice_pdf(unpaid.order_id)
    orders.confirm_bank_payment(order_id=unpaid.order_id)
    assert orders.issue_invoice(order_id=unpaid.order_id) == f"{year}/00004"


@pytest.mark.parametrize("language", ["en", "hy", "ru"])
def test_papers_are_drawn_in_the_shopper_s_language(shop: None, language: str) -> None:
    placed = an_order((goods(), 2), language=language)
    for paper in (queries.invoice_pdf(placed.order_id), queries.packing_slip_pdf(placed.order_id)):
        assert paper.startswith(b"%PDF") and len(paper) > 3000
