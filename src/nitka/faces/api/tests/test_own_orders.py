"""What a shopper does to an order with its token: changes, delays, papers, returns."""

import base64
import json
from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders import tasks
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.returns.tests.makers import a_delivered_order, a_photo, lamps
from nitka.sale.shipping import tasks as shipping_tasks
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop
from tests.worker import run_jobs

LINE1 = "Lindenallee 7"


@pytest.fixture
def api(client, db):
    open_shop()

    def call(method: str, path: str, body: object = None, **headers: str):
        data = json.dumps(body, default=str) if body is not None else ""
        return client.generic(method, f"/api/v1{path}", data, content_type="application/json", headers=headers)

    return call


def at(order, rest: str = "") -> str:
    return f"/orders/{order.code}{rest}?token={order.token}"


def test_an_order_is_sent_elsewhere_until_it_is_packed(api) -> None:
    placed = an_order()
    can = api("GET", at(placed, "/changes")).json()
    assert can["address"]["allowed"]
    address = {"name": "Max Muster", "line1": LINE1, "postcode": "10115", "city": "Berlin", "country": "DE"}
    body = {"address": address}
    shown = api("POST", at(placed, "/address"), body, **{"Idempotency-Key": "a"})
    assert shown.json()["shipping_address"]["line1"] == LINE1, shown.content
    assert api("POST", at(placed, "/address"), body, **{"Idempotency-Key": "a"})["Idempotent-Replayed"] == "true"
    assert [each["kind"] for each in api("GET", at(placed, "/changes")).json()["done"]] == ["address"]
    orders.pack_order(order_id=placed.order_id)
    late = api("POST", at(placed, "/address"), body)
    assert (late.status_code, late.json()["code"]) == (409, "too_late_to_change")


def test_items_are_chosen_reckoned_and_changed(api) -> None:
    dear, cheap = lamps(5000, 4000)
    placed = an_order((dear, 1))
    line = api("GET", at(placed)).json()["lines"][0]["id"]
    (choices,) = api("GET", at(placed, "/variants")).json()
    assert choices["variants"][0]["more_minor"] == -1000
    wish = {"swaps": [{"line_id": line, "variant_id": cheap}]}
    assert api("POST", at(placed, "/items/difference"), wish).json()["difference_minor"] == -1000
    assert api("POST", at(placed, "/items"), wish).json()["lines"][0]["unit_minor"] == 4000
    assert api("POST", at(placed, "/items"), wish).json()["code"] == "changed_already"


def test_an_order_is_called_off_once_and_only_by_who_holds_its_token(api) -> None:
    placed, other = an_order(), an_order((goods(handle="chair"), 1))
    stranger = f"/orders/{placed.code}/cancel?token={other.token}"
    assert api("POST", stranger, {}).status_code == 404
    assert api("POST", at(placed, "/cancel"), {}).json()["status"] == "cancelled"
    found = order_queries.order(other.order_id)
    assert found and found.status == "paid"


def test_a_delay_is_answered(api) -> None:
    with clock.freeze(WEDNESDAY):
        placed = an_order()
        run_jobs()
    assert api("GET", at(placed, "/delay")).status_code == 404
    with clock.freeze(WEDNESDAY + timedelta(days=12)):
        tasks.watch_promises()
        shipping_tasks.watch_promises()
        run_jobs()
        offered = api("GET", at(placed, "/delay")).json()
        assert offered["days"]
        assert offered["can_cancel"]
        answer = {"choice": "change", "day": offered["days"][0]}
        assert api("POST", at(placed, "/delay"), answer).json()["promised_on"] == offered["days"][0]


def test_papers_are_read_with_the_token(api) -> None:
    order = a_delivered_order()
    (invoice,) = api("GET", at(order, "/papers")).json()
    assert invoice["total_minor"] == order.total_minor
    pdf = api("GET", at(order, "/paper.pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert "no-store" in pdf["Cache-Control"]
    assert api("GET", at(order, "/paper.xml")).content.startswith(b"<?xml")


def test_a_return_is_shown_reckoned_asked_for_and_followed(api) -> None:
    order = a_delivered_order()
    offer = api("GET", at(order, "/returns")).json()["kinds"]
    assert next(each for each in offer if each["kind"] == "return")["terms"]
    body = {"kind": "return", "lines": [{"line_id": order.lines[0].id, "pieces": 1, "reason": "not_liked"}]}
    sums = api("POST", at(order, "/returns/reckoning"), body).json()
    made = api("POST", at(order, "/returns"), body, **{"Idempotency-Key": "r"})
    assert made.status_code == 201, made.content
    again = api("POST", at(order, "/returns"), body, **{"Idempotency-Key": "r"})
    assert made.json() == again.json()
    case = made.json()
    assert case["refund_minor"] == sums["refund_minor"]
    assert case["state"] == "approved"
    slip = api("GET", at(order, f"/returns/{case['code']}/slip.pdf"))
    assert slip.content.startswith(b"%PDF")
    gone = api("POST", at(order, f"/returns/{case['code']}/sent"), {"tracking_number": "RR1"}).json()
    assert (gone["state"], gone["tracking_number"]) == ("sent", "RR1")
    assert api("POST", at(order, f"/returns/{case['code']}/cancel")).json()["state"] == "cancelled"


def test_a_damaged_piece_is_replaced_with_a_photo(api) -> None:
    order = a_delivered_order()
    photo = base64.b64encode(a_photo()).decode()
    lines = [{"line_id": order.lines[0].id, "pieces": 1, "reason": "damaged"}]
    body = {"kind": "replacement", "lines": lines, "words": "A crack.", "photos": [photo]}
    made = api("POST", at(order, "/returns"), body)
    assert made.status_code == 201, made.content
    assert len(made.json()["photos"]) == 1
    case = made.json()["code"]
    other = a_delivered_order((goods(handle="chair"), 1))
    assert api("GET", at(other, f"/returns/{case}")).status_code == 404


def test_a_transfer_says_where_to_send_the_money(api) -> None:
    placed = an_order(payment="bank_transfer")
    waiting = api("GET", at(placed, "/payment")).json()
    assert waiting["transfer"]["message"]
    assert api("POST", at(placed, "/finish")).json()["paid"] is False


def test_the_answer_speaks_the_language_that_was_asked_for(api) -> None:
    placed = an_order()
    polish = api("GET", at(placed) + "&language=pl").json()["steps"][0]["text"]
    english = api("GET", at(placed)).json()["steps"][0]["text"]
    assert polish != english
