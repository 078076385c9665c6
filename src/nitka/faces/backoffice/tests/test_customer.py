"""The page of a customer: who, the thread, and what is beside it."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.ground import clock
from nitka.people.customers import queries as customers
from nitka.people.customers.models import Customer
from nitka.people.events.tests.makers import event
from nitka.people.thread.tests.makers import device_of
from tests.cast import ANNA
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Any:
    makers.a_shop()
    return makers.an_order(makers.goods_on_shelf()[0])


def anna() -> UUID:
    found = customers.customer_by_email(ANNA.email)
    assert found
    return found.id


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def ask(client: Client, path: str, cursor: str, **more: str) -> Any:
    answer = client.get(path, {"cursor": cursor, **more}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return answer.json()


def mark(text: str, name: str) -> str:
    return text.split(f'data-{name}="')[1].split('"')[0]


def test_the_thread_tells_the_story_in_order(order: Any) -> None:
    run_jobs()
    makers.paid(order)
    text = body(makers.signed_in(), f"/back/customers/{anna()}/")
    placed, paid = text.index(f"Order {order.code} placed"), text.index(f"Payment for order {order.code} received")
    assert paid < placed
    assert "Mail “" in text and f"/back/orders/{order.code}/" in text


def test_a_visit_is_one_knot_that_opens(order: Any) -> None:
    device = device_of(anna())
    for name in ("Gnist lamp", "Fonn blanket"):
        event(evidence=device, device=device, properties={"name": name})
    text = body(makers.signed_in(), f"/back/customers/{anna()}/")
    assert "2 steps" in text and "Looked at Gnist lamp" in text and "Gnist lamp, Fonn blanket" in text


def test_what_comes_is_drawn_anew_with_what_is_fresh(order: Any) -> None:
    client = makers.signed_in()
    path = f"/back/customers/{anna()}/"
    device = device_of(anna())
    text = body(client, path)
    cursor, last = mark(text, "cursor"), mark(text, "last")
    quiet = ask(client, path + "since", cursor, last=last)
    assert "html" not in quiet or order.code in quiet["html"]  # the last half minute of facts may come again
    seen = event(evidence=device, properties={"name": "Gnist lamp"})
    said = ask(client, path + "since", quiet["cursor"], last=last)
    assert f"e-{seen}" in said["fresh"] and "Looked at Gnist lamp" in said["html"] and not said["anew"]
    assert f"Order {order.code} placed" in said["html"]


def test_a_filter_holds_for_what_comes(order: Any) -> None:
    client = makers.signed_in()
    path = f"/back/customers/{anna()}/"
    device = device_of(anna())
    text = body(client, path + "?show=orders")
    event(evidence=device)
    said = ask(client, path + "since", mark(text, "cursor"), last=mark(text, "last"), show="orders")
    assert all(each.startswith("f-") for each in said.get("fresh", []))
    assert "Looked at" not in text and "Consents" in text


def test_earlier_pages_come_as_a_piece(order: Any) -> None:
    device = device_of(anna())
    for _number in range(70):
        event(evidence=device, device=device)
    client = makers.signed_in()
    path = f"/back/customers/{anna()}/"
    text = body(client, path)
    assert "Earlier" in text and order.code in text  # beside the thread
    address = text.split('data-earlier href="')[1].split('"')[0].replace("&amp;", "&")
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece and f"Order {order.code} placed" in piece


def test_an_older_id_leads_to_who_it_is_now(order: Any) -> None:
    other = makers.customers.recognise(email="old@example.com", language="en", market="eu")
    Customer.objects.filter(id=other).update(merged_into_id=anna())
    answer = makers.signed_in().get(f"/back/customers/{other}/")
    assert answer.status_code == 302 and str(anna()) in answer.headers["Location"]


def test_a_visitor_without_a_name_has_a_page_until_we_know_them(order: Any) -> None:
    device = device_of(None)
    event(evidence=device, properties={"name": "Gnist lamp"})
    client = makers.signed_in()
    path = f"/back/visitors/{device}/"
    text = body(client, path)
    assert "Looked at Gnist lamp" in text
    customers_of_device(device, anna())
    assert client.get(path).headers["Location"].endswith(f"/back/customers/{anna()}/")
    assert ask(client, path + "since", mark(text, "cursor"))["anew"]


def customers_of_device(device: UUID, customer_id: UUID) -> None:
    from nitka.people.customers.models import Evidence

    Evidence.objects.filter(id=device).update(customer_id=customer_id)


@pytest.mark.parametrize("typed", ["Anna Nowak", "anna nowk", "анна новак", "ANNA@example.com"])
def test_the_list_finds_who_is_meant(order: Any, typed: str) -> None:
    answer = makers.signed_in().get("/back/customers/", {"q": typed})
    assert "anna@example.com" in answer.content.decode()


def test_the_code_of_an_order_finds_who_placed_it(order: Any) -> None:
    answer = makers.signed_in().get("/back/customers/", {"q": order.code.lower()})
    assert "anna@example.com" in answer.content.decode()


def test_nobody_fits(order: Any) -> None:
    assert "Nobody fits" in makers.signed_in().get("/back/customers/", {"q": "zzzzqqq"}).content.decode()


@pytest.mark.parametrize("role", ["agent", "manager", "owner"])
def test_staff_who_see_customers_see_it(order: Any, role: str) -> None:
    assert makers.signed_in(role).get(f"/back/customers/{anna()}/").status_code == 200


def test_strangers_are_sent_to_sign_in(order: Any) -> None:
    assert Client().get(f"/back/customers/{anna()}/").status_code == 302
    poll = Client().get(f"/back/customers/{anna()}/since", headers={"Accept": "application/json"})
    assert poll.status_code == 401 and clock.now()
