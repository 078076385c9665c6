import json

import pytest

from nitka.ground.ids import new_id
from nitka.sale.orders.models import Order

ADDRESS = {"name": "Anna Nowak", "line1": "Hauptstraße 5", "postcode": "10115", "city": "Berlin", "country": "DE",
           "phone": "+4930123456"}  # fmt: skip


@pytest.fixture
def api(client):
    def call(method: str, path: str, body: object = None, **headers: str):
        return client.generic(
            method, f"/api/v1{path}", json.dumps(body) if body is not None else "", content_type="application/json",
            headers=headers,
        )  # fmt: skip

    return call


def variant(client, word: str) -> str:
    slug = client.get("/api/v1/products", {"q": word, "market": "eu"}).json()["products"][0]["slug"]
    return client.get(f"/api/v1/products/{slug}", {"market": "eu"}).json()["variants"][0]["id"]


def filled_cart(api, client) -> str:
    cart = api("POST", "/carts", {"market": "eu", "variant_id": variant(client, "lamp"), "quantity": 2}).json()
    api("PATCH", f"/carts/{cart['token']}", {"email": "anna@example.com", "shipping_address": ADDRESS})
    return cart["token"]


def test_a_cart_is_filled_changed_and_undone(shop, client, api) -> None:
    begun = api("POST", "/carts", {"market": "eu", "variant_id": variant(client, "lamp"), "quantity": 2})
    assert begun.status_code == 201
    token = begun.json()["token"]
    cart = api("POST", f"/carts/{token}/lines", {"variant_id": variant(client, "chair")}).json()
    assert cart["goods_minor"] == 2 * 8900 + 19900
    line = cart["lines"][0]["id"]
    assert api("PATCH", f"/carts/{token}/lines/{line}", {"quantity": 1}).json()["goods_minor"] == 8900 + 19900
    assert len(api("DELETE", f"/carts/{token}/lines/{line}").json()["lines"]) == 1
    assert len(api("POST", f"/carts/{token}/restore").json()["lines"]) == 2


def test_a_repeated_request_with_one_key_counts_once(shop, client, api) -> None:
    body = {"market": "eu", "variant_id": variant(client, "lamp"), "quantity": 2}
    key = {"Idempotency-Key": "begin"}
    first, again = api("POST", "/carts", body, **key), api("POST", "/carts", body, **key)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    token, lamp = first.json()["token"], {"variant_id": body["variant_id"]}
    for _press in range(2):
        added = api("POST", f"/carts/{token}/lines", lamp, **{"Idempotency-Key": "add"})
    assert added.json()["lines"][0]["quantity"] == 3
    assert added["Idempotent-Replayed"] == "true"
    other = api("POST", f"/carts/{token}/lines", {**lamp, "quantity": 5}, **{"Idempotency-Key": "add"})
    assert other.status_code == 409
    assert other.json()["code"] == "idempotency_key_reused"


def test_what_is_shown_adds_up(shop, client, api) -> None:
    cart = api("GET", f"/carts/{filled_cart(api, client)}").json()
    parts = cart["goods_minor"] - cart["discount_minor"] + cart["delivery_minor"] + cart["payment_fee_minor"]
    assert cart["tax_included"]
    assert cart["total_minor"] == parts
    assert cart["missing"] == ["payment"]


def test_an_order_is_placed_once_for_one_key(shop, client, api) -> None:
    token = filled_cart(api, client)
    api("PATCH", f"/carts/{token}", {"payment": "bank_transfer"})
    key = {"Idempotency-Key": "press-1"}
    first = api("POST", f"/carts/{token}/order", {}, **key)
    assert first.status_code == 201, first.content
    again = api("POST", f"/carts/{token}/order", {}, **key)
    other = api("POST", f"/carts/{token}/order", {}, **{"Idempotency-Key": "press-2"})
    codes = {answer.json()["code"] for answer in (first, again, other) if answer.status_code == 201}
    assert len(codes) == 1
    assert Order.objects.count() == 1


def test_the_order_is_read_with_its_token_alone(shop, client, api) -> None:
    token = filled_cart(api, client)
    api("PATCH", f"/carts/{token}", {"payment": "bank_transfer"})
    placed = api("POST", f"/carts/{token}/order", {}, **{"Idempotency-Key": "k"}).json()
    order = api("GET", f"/orders/{placed['code']}?token={placed['token']}").json()
    assert order["code"] == placed["code"]
    assert [step["kind"] for step in order["steps"]] == ["placed"]
    assert api("GET", f"/orders/{placed['code']}?token=guess").status_code == 404
    assert api("GET", f"/orders/NK-0000-00?token={placed['token']}").status_code == 404


def test_an_order_needs_a_key(shop, client, api) -> None:
    answer = api("POST", f"/carts/{filled_cart(api, client)}/order", {})
    assert answer.status_code == 400
    assert answer.json()["code"] == "idempotency_key_needed"


def test_a_higher_total_than_the_shopper_saw_is_refused(shop, client, api) -> None:
    token = filled_cart(api, client)
    api("PATCH", f"/carts/{token}", {"payment": "bank_transfer"})
    answer = api("POST", f"/carts/{token}/order", {"seen_total_minor": 1}, **{"Idempotency-Key": "k"})
    assert answer.status_code == 409
    assert not Order.objects.exists()


def test_refusals_are_problems_that_say_what_to_do(shop, client, api) -> None:
    assert api("GET", "/carts/no-such-cart").json()["code"] == "no_cart"
    unknown = api("POST", "/carts", {"market": "eu", "variant_id": str(new_id())})
    assert unknown.status_code in {404, 409}
    assert unknown["Content-Type"] == "application/problem+json"
    token = filled_cart(api, client)
    bad = api("PATCH", f"/carts/{token}", {"shipping_address": {**ADDRESS, "postcode": "abc"}})
    assert bad.status_code in {409, 422}
    assert "postcode" in json.dumps(bad.json())
