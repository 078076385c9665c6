"""One order: what can be done with it, by whom."""

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.ground.locale import format_money
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> OrderView:
    makers.a_shop()
    return makers.paid(makers.an_order(makers.goods_on_shelf()[0], quantity=2))


def now(order: OrderView) -> OrderView:
    found = orders.order(order.id)
    assert found is not None
    return found


def test_it_shows_lines_thread_and_customer(order: OrderView) -> None:
    page = makers.signed_in().get(f"/back/orders/{order.code.lower()}/").content.decode()
    for words in ("Lamp", "Order placed", "Payment received", "Anna Nowak", "Gdańsk", "Pack"):
        assert words in page


def test_the_warehouse_packs_ships_and_delivers(order: OrderView) -> None:
    client = makers.signed_in("warehouse")
    base = f"/back/orders/{order.code}"
    client.post(f"{base}/pack", {"seen": "paid"})
    assert now(order).status == "packed"
    client.post(f"{base}/ship", {"seen": "packed", "carrier": "demo_post", "tracking_number": "PX 1"})
    assert now(order).shipments[0].tracking_number == "PX 1"
    client.post(f"{base}/deliver", {"seen": "shipped"})
    assert now(order).status == "delivered"
    assert [makers.audit(f"order.{verb}") for verb in ("pack", "ship", "deliver")] == [[order.code]] * 3
    assert "Warehouse" in client.get(f"{base}/").content.decode()


def test_the_warehouse_may_not_cancel(order: OrderView) -> None:
    answer = makers.signed_in("warehouse").post(
        f"/back/orders/{order.code}/cancel", {"seen": "paid", "reason": "no", "sure": "1"}
    )
    assert answer.status_code == 403
    assert "somebody else" in answer.content.decode()
    assert now(order).status == "paid" and makers.audit("order.cancel") == []


def test_an_agent_may_not_ship_but_cancels_with_a_reason(order: OrderView) -> None:
    client = makers.signed_in("agent")
    assert client.post(f"/back/orders/{order.code}/pack").status_code == 403
    client.post(f"/back/orders/{order.code}/cancel", {"seen": "paid", "reason": "The shopper rang.", "sure": "1"})
    after = now(order)
    assert after.status == "cancelled" and after.steps[-1].kind in ("cancelled", "refunded")
    assert makers.audit("order.cancel") == [order.code]
    thread = client.get(f"/back/orders/{order.code}/").content.decode().partition('<ol class="thread"')[2]
    assert '<span class="spoken">, done</span>' in thread and '<span class="spoken">, late</span>' not in thread


def test_a_cancelled_order_shows_what_goes_back_when_and_by_whom(order: OrderView) -> None:
    client = makers.signed_in()
    client.post(f"/back/orders/{order.code}/cancel", {"seen": "paid", "reason": "Broken.", "sure": "1"})
    page = client.get(f"/back/orders/{order.code}/").content.decode()
    amount = format_money(order.total_minor, order.currency, "en")
    assert f"{amount}, the payment service is being asked" in page and page.count("Money sent back") == 1
    run_jobs()
    page = client.get(f"/back/orders/{order.code}/").content.decode()
    assert page.count(f"{amount}, to be sent by hand") == 2 and page.count("Money sent back") == 1
    assert "paid back" in page and f"−{amount}" in page


def test_what_was_done_already_is_not_written_down_again(order: OrderView) -> None:
    client, base = makers.signed_in(), f"/back/orders/{order.code}"
    client.post(f"{base}/pack", {"seen": "paid"})
    client.post(f"{base}/ship", {"seen": "packed", "carrier": "demo_post", "tracking_number": "PX 1"})
    for _again in range(2):
        client.post(f"{base}/deliver")
    assert makers.audit("order.deliver") == [order.code]
    assert "Nothing was done twice" in client.get(f"{base}/").content.decode()
    other = makers.an_order(makers.goods_on_shelf(handle="vase")[0])
    for _again in range(2):
        client.post(f"/back/orders/{other.code}/cancel", {"reason": "why not", "sure": "1"})
    assert makers.audit("order.cancel") == [other.code]


def test_money_for_a_cancelled_order_is_to_be_sent_back_by_hand() -> None:
    makers.a_shop()
    unpaid = makers.an_order(makers.goods_on_shelf()[0])
    client = makers.signed_in()
    client.post(f"/back/orders/{unpaid.code}/cancel", {"reason": "why not", "sure": "1"})
    client.post(f"/back/orders/{unpaid.code}/pay")
    assert now(unpaid).status == "cancelled"
    assert "send the money back by hand" in client.get(f"/back/orders/{unpaid.code}/").content.decode()


def test_cancelling_wants_a_reason_and_a_yes(order: OrderView) -> None:
    client = makers.signed_in()
    for body in ({"reason": "", "sure": "1"}, {"reason": "why not"}):
        client.post(f"/back/orders/{order.code}/cancel", {"seen": "paid", **body})
    assert now(order).status == "paid"
    assert "Nothing was cancelled" in client.get(f"/back/orders/{order.code}/").content.decode()


def test_the_second_of_two_people_is_told_who_was_faster(order: OrderView) -> None:
    first, second = makers.signed_in("warehouse"), makers.signed_in("owner")
    first.post(f"/back/orders/{order.code}/pack", {"seen": "paid"})
    second.post(f"/back/orders/{order.code}/pack", {"seen": "paid"})
    page = second.get(f"/back/orders/{order.code}/").content.decode()
    assert "Warehouse was faster: “Packed”" in page
    assert makers.audit("order.pack") == [order.code]


def test_a_refused_deed_leaves_no_line_in_the_audit_log() -> None:
    makers.a_shop()
    unpaid = makers.an_order(makers.goods_on_shelf()[0])
    client = makers.signed_in()
    client.post(f"/back/orders/{unpaid.code}/pack", {"seen": "placed"})
    assert makers.audit("order.pack") == []
    assert "not paid yet" in client.get(f"/back/orders/{unpaid.code}/").content.decode()


def test_a_bank_transfer_is_confirmed_by_hand() -> None:
    makers.a_shop()
    unpaid = makers.an_order(makers.goods_on_shelf()[0])
    client = makers.signed_in()
    client.post(f"/back/orders/{unpaid.code}/pay", {"seen": "placed"})
    assert now(unpaid).paid and makers.audit("order.confirm_payment") == [unpaid.code]


def test_papers_are_pdf_files(order: OrderView) -> None:
    client = makers.signed_in("warehouse")
    for name in ("invoice.pdf", "packing-slip.pdf"):
        answer = client.get(f"/back/orders/{order.code}/{name}")
        assert answer.content.startswith(b"%PDF") and answer["Content-Type"] == "application/pdf"


def test_an_unknown_code_is_not_found() -> None:
    makers.a_shop()
    assert makers.signed_in().get("/back/orders/NK-0000-00/").status_code == 404
