"""The merchant's own programs: who gets in, and each group of what they do."""

import base64
import json
from typing import Any

import pytest

from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as people
from nitka.people.accounts.tests.makers import staff
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.payments.credit.models import CreditAccount
from nitka.sale.returns.tests.makers import a_delivered_order, a_return
from nitka.sale.shipping.tests.makers import open_shop


class Program:
    """Calls the API with a token."""

    def __init__(self, client: Any, token: str) -> None:
        self.client, self.token = client, token

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        data = json.dumps(body, default=str) if body is not None else ""
        return self.client.generic(
            method, f"/api/v1/admin{path}", data, content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}", **headers},
        )  # fmt: skip


@pytest.fixture
def owner(db):
    open_shop()
    return staff("owner")


def program(client, user, *scopes: str) -> Program:
    _id, token = accounts.make_api_token(user_id=user.id, name="ERP", scopes=scopes or people.PERMISSIONS)
    return Program(client, token)


@pytest.fixture
def erp(client, owner) -> Program:
    return program(client, owner)


def verbs() -> list[str]:
    return [each.verb for each in people.audit_rows() if not each.verb.startswith("token.")]


def test_nobody_gets_in_without_a_token_and_no_token_beyond_its_scopes(client, owner) -> None:
    order = an_order()
    stranger, reader = Program(client, "nk_guess"), program(client, owner, "orders.view")
    assert (stranger("GET", "/orders").status_code, stranger("GET", "/orders").json()["code"]) == (401, "token_needed")
    assert client.get("/api/v1/admin/orders").status_code == 401
    assert reader("GET", "/orders").status_code == 200
    refused = reader("POST", f"/orders/{order.code}/pack")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_a_revoked_token_is_not_even_told_its_own_answers_again(client, owner) -> None:
    erp, order = program(client, owner), an_order()
    key = {"Idempotency-Key": "p"}
    assert erp("POST", f"/orders/{order.code}/pack", **key).status_code == 200
    assert erp("POST", f"/orders/{order.code}/pack", **key)["Idempotent-Replayed"] == "true"
    assert verbs() == ["order.pack"]
    (token,) = people.api_tokens()
    assert token.used_at
    accounts.revoke_api_token(token_id=token.id)
    assert erp("POST", f"/orders/{order.code}/pack", **key).status_code == 401


def test_orders_are_listed_page_by_page(erp) -> None:
    lamp = goods()
    codes = [an_order((lamp, 1)).code for _each in range(3)]
    first = erp("GET", "/orders?page_size=2").json()
    second = erp("GET", f"/orders?page_size=2&cursor={first['next_cursor']}").json()
    assert [each["code"] for each in first["items"] + second["items"]] == codes[::-1]
    assert second["next_cursor"] is None
    assert erp("GET", "/orders?cursor=abc").status_code == 400


def test_an_order_is_packed_sent_in_parts_delivered_and_refunded(erp) -> None:
    order = an_order((goods(2000), 3))
    line = erp("GET", f"/orders/{order.code}").json()["lines"][0]["id"]
    assert erp("POST", f"/orders/{order.code}/pack").json()["status"] == "packed"
    part = {"carrier": "demo_post", "pieces": {line: 1}}
    assert erp("POST", f"/orders/{order.code}/ship", part).json()["status"] == "part_shipped"
    rest = erp("POST", f"/orders/{order.code}/ship", {"carrier": "demo_post"}).json()
    assert (rest["status"], len(rest["parcels"])) == ("shipped", 2)
    assert erp("GET", f"/orders/{order.code}/parcels").json()[0]["tracking_number"]
    assert erp("POST", f"/orders/{order.code}/deliver").json()["status"] == "delivered"
    for _time in range(2):
        back = erp("POST", f"/orders/{order.code}/refunds", {"minor": 500, "key": "crumbs"})
        assert back.status_code == 201, back.content
    assert back.json()["order"]["payments"][0]["refunded_minor"] == 500
    too_much = erp("POST", f"/orders/{order.code}/refunds", {"minor": 1_000_000, "key": "more"})
    assert too_much.status_code == 409


def test_pieces_are_taken_off_and_an_order_called_off(erp) -> None:
    order = an_order((goods(2000), 3))
    line = erp("GET", f"/orders/{order.code}").json()["lines"][0]["id"]
    short = erp("POST", f"/orders/{order.code}/shorten", {"pieces": {line: 1}, "key": "s"})
    assert short.json()["lines"][0]["cancelled"] == 1, short.content
    assert erp("POST", f"/orders/{order.code}/cancel", {"note": "Sorry."}).json()["status"] == "cancelled"
    assert verbs() == ["order.cancel", "order.shorten"]


def test_nothing_is_changed_for_a_customer_who_has_not_said_yes(erp) -> None:
    order = an_order()
    address = {"name": "Max Muster", "line1": "Lindenallee 7", "postcode": "10115", "city": "Berlin", "country": "DE"}
    body = {"address": address, "confirmed": True}
    known = erp("GET", f"/orders/{order.code}").json()["customer_id"]
    unsaid = erp("POST", f"/orders/{order.code}/address", {**body, "confirmed": False})
    assert unsaid.status_code == (409 if known else 200)
    done = erp("POST", f"/orders/{order.code}/address", body)
    assert done.json()["order"]["shipping_address"]["line1"] == "Lindenallee 7", done.content


def test_a_label_is_made_once_and_taken_back(erp) -> None:
    order, key = an_order(), {"Idempotency-Key": "l"}
    made = erp("POST", f"/orders/{order.code}/labels", {"carrier": "demo_post"}, **key)
    again = erp("POST", f"/orders/{order.code}/labels", {"carrier": "demo_post"}, **key)
    assert made.status_code == 201, made.content
    assert made.json() == again.json()
    label = made.json()["shipment_id"]
    assert erp("GET", f"/labels/{label}.pdf").content.startswith(b"%PDF")
    assert erp("DELETE", f"/labels/{label}").json() == {"cancelled": True}


def test_a_return_is_received_graded_and_settled(erp) -> None:
    case = a_return(a_delivered_order())
    assert erp("GET", "/returns?state=approved").json()["items"][0]["code"] == case.code
    assert erp("POST", f"/returns/{case.code}/receive", {}).json()["state"] == "received"
    line = erp("GET", f"/returns/{case.code}").json()["lines"][0]["id"]
    assert erp("POST", f"/returns/{case.code}/grade", {"grades": {line: "as_new"}}).json()["state"] == "graded"
    done = erp("POST", f"/returns/{case.code}/settle", {}).json()
    assert (done["state"], done["refunded_minor"]) == ("closed", case.refund_minor)
    assert verbs() == ["return.settle", "return.grade", "return.receive"]


def test_a_promotion_is_made_changed_given_codes_and_ended(erp) -> None:
    draft = {"name": "Spring", "benefit": {"kind": "percent", "percent": "10"}, "needs_code": True}
    made = erp("POST", "/promotions", draft)
    assert made.status_code == 201, made.content
    at = f"/promotions/{made.json()['id']}"
    codes = erp("POST", f"{at}/codes", {"number": 3, "prefix": "SP"}).json()["codes"]
    assert len(set(codes)) == 3
    assert erp("PUT", at, {**draft, "name": "Summer"}).json()["name"] == "Summer"
    assert erp("POST", f"{at}/end").json()["active"] is False
    assert erp("POST", "/promotions", {**draft, "benefit": {"kind": "gold"}}).status_code == 409


def test_prices_and_lists_are_written(erp) -> None:
    lamp = goods(1999)
    price = {"variant_id": lamp, "market": "eu", "minor": 1799, "compare_at_minor": 1999}
    assert erp("PUT", "/prices", {"prices": [price]}).json() == {"changed": 1}
    assert erp("GET", "/prices?market=eu").json()["items"][0]["minor"] == 1799
    made = erp("PUT", "/price-lists/trade", {"name": "Trade", "market": "eu", "labels": ["trade"]})
    assert made.json()["code"] == "trade", made.content
    steps = {"prices": [{"variant_id": lamp, "from_pieces": 10, "minor": 1500}]}
    assert erp("PUT", "/price-lists/trade/prices", steps).json() == {"changed": 1}
    assert erp("DELETE", "/price-lists/trade").status_code == 200
    assert erp("GET", "/price-lists").json() == []


def test_taxes_are_written(erp) -> None:
    rate = {"country": "DE", "tax_class": "standard", "rate": "19.5", "valid_from": "2030-01-01"}
    assert erp("PUT", "/taxes/rates", {"rates": [rate]}).json() == {"changed": 1}
    found = [each for each in erp("GET", "/taxes/rates?country=DE").json() if each["valid_from"] == "2030-01-01"]
    assert float(found[0]["rate"]) == 19.5
    assert erp("DELETE", f"/taxes/rates/{found[0]['id']}").status_code == 200
    assert erp("POST", "/taxes/places", {"kind": "local", "country": "FR"}).status_code == 201


def test_stock_is_counted_received_and_moved(erp) -> None:
    lamp = str(goods(stock=5))
    place = erp("GET", "/locations").json()[0]["code"]
    got = erp("POST", "/stock/receive", {"location": place, "pieces": {lamp: 7}}).json()
    assert got["levels"][0]["on_hand"] == 12
    less = erp("POST", "/stock/adjust", {"variant_id": lamp, "location": place, "by": -2, "reason": "broken"})
    assert less.json()["levels"][0]["available"] == 10
    counted = {"levels": [{"variant_id": lamp, "location": place, "on_hand": 9}]}
    assert erp("PUT", "/stock", counted).json() == {"changed": 1}
    assert erp("GET", f"/stock?location={place}").json()["items"][0]["on_hand"] == 9
    assert erp("GET", f"/stock/variants/{lamp}/moves").json()[0]["pieces"] == -1


def test_goods_are_bought_and_received(erp) -> None:
    lamp = str(goods(stock=0))
    place = erp("GET", "/locations").json()[0]["code"]
    supplier = {"code": "loom", "name": "Loom", "country": "PL", "currency": "EUR"}
    assert erp("PUT", "/suppliers", supplier).status_code == 200
    made = erp("POST", "/purchases", {"supplier": "loom", "location": place, "pieces": {lamp: 10}})
    assert made.status_code == 201, made.content
    at = f"/purchases/{made.json()['id']}"
    erp("PATCH", at, {"pieces": {lamp: 8}, "costs": {lamp: 700}})
    assert erp("POST", f"{at}/send").json()["state"] == "sent"
    sent = erp("POST", f"{at}/inbound", {"expected_on": "2030-01-01", "freight_minor": 800}).json()
    inbound = sent["inbound"][0]["id"]
    came = erp("POST", f"{at}/inbound/{inbound}/receive", {"good": {lamp: 7}, "damaged": {lamp: 1}}).json()
    assert came["inbound"][0]["lines"][0]["landed_minor"] == 8 * 700 + 800
    assert erp("GET", f"/stock/variants/{lamp}").json()["levels"][0]["on_hand"] == 7
    assert len(erp("GET", "/purchases").json()["items"]) == 1


def test_a_gift_card_is_shown_once_and_kept_nowhere(erp) -> None:
    new = {"minor": 5000, "currency": "EUR", "key": "g1"}
    made = erp("POST", "/gift-cards", new, **{"Idempotency-Key": "g"})
    assert made.json()["code"].startswith("GC"), made.content
    again = erp("POST", "/gift-cards", new, **{"Idempotency-Key": "g"})
    assert again.json()["code"] == ""
    assert CreditAccount.objects.filter(kind="gift_card").count() == 1
    card = made.json()["id"]
    assert erp("POST", f"/gift-cards/{card}/close", {"reason": "lost"}).json() == {"lapsed_minor": 5000}


def test_a_statement_is_booked_and_read_twice_once(erp) -> None:
    order = an_order(payment="bank_transfer")
    total = erp("GET", f"/orders/{order.code}").json()["due_minor"]
    csv = f"Date;Amount;Currency;Payer;Text\n2026-09-16;{total / 100:.2f};EUR;Max;{order.code}\n"
    body = {"name": "september.csv", "content": base64.b64encode(csv.encode()).decode()}
    assert erp("POST", "/statements", body).json()["booked"] == 1
    assert erp("POST", "/statements", body).json() == {"booked": 0, "left": 0, "known": 1}
    assert erp("GET", f"/orders/{order.code}").json()["paid"] is True
    assert erp("GET", "/statements/lines").json()["items"][0]["state"] == "booked"
    assert erp("GET", "/findings").json() == []
    assert erp("GET", "/review").json()["items"] == []


@pytest.mark.parametrize(
    ("until", "status"),
    [("2026-11-20T10:00:00%2B16:42", 200), ("2026-11-20T10:00:00", 200), ("9999-12-31T23:59:59-14:00", 422)],
)
def test_orders_are_asked_for_by_moments_of_any_zone(erp, until, status) -> None:
    assert erp("GET", f"/orders?until={until}").status_code == status
