"""A company buys through the API: by SKUs, with a quote that the merchant's program answers."""

from datetime import timedelta

import pytest

from nitka.faces.api.tests.test_merchant import program
from nitka.ground import clock
from nitka.people.accounts.tests.makers import staff
from nitka.sale.companies.tests.makers import a_company, acts_for
from nitka.sale.orders.tests.makers import goods
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.catalog import queries as catalog


@pytest.fixture
def erp(client, db):
    open_shop()
    return program(client, staff("owner"))


def a_cart(client, lines: list[dict[str, object]], cart: str = ""):
    body = {"market": "eu", "lines": lines, "cart": cart}
    return client.post("/api/v1/quick-order", body, content_type="application/json")


def test_a_list_of_skus_becomes_a_cart_and_says_what_is_missing(client, erp) -> None:
    sku = catalog.variants([lamp := goods(stock=5)])[lamp].sku
    answer = a_cart(client, [{"sku": sku, "pieces": 9}, {"sku": "NOTHING", "pieces": 1}])
    assert answer.status_code == 201, answer.content
    assert [(each["put"], each["state"]) for each in answer.json()["lines"]] == [(5, "short"), (0, "unknown")]
    assert client.get(f"/api/v1/carts/{answer.json()['token']}").json()["lines"][0]["quantity"] == 5
    assert a_cart(client, [{"sku": sku}], cart="mine").status_code == 404


def test_a_quote_is_asked_for_answered_and_becomes_a_cart(client, erp) -> None:
    lamp = goods(2000)
    company = a_company()
    who = f"/customers/{acts_for(company, 'kasia@kawa.example')}"
    terms = {"net_days": 30, "limit_minor": 500_000, "currency": "EUR"}
    assert erp("PUT", f"/companies/{company}/terms", terms).json()["net_days"] == 30
    assert erp("GET", f"{who}/companies").json()[0]["company_id"] == str(company)
    cart = a_cart(client, [{"sku": catalog.variants([lamp])[lamp].sku, "pieces": 10}]).json()["token"]
    assert erp("POST", f"{who}/buys-for", {"cart": cart, "company_id": company, "po_number": "PO-7"}).status_code == 200
    asked = erp("POST", f"{who}/quotes", {"cart": cart, "words": "For our new café."})
    assert asked.status_code == 201, asked.content
    quote = asked.json()
    assert erp("GET", "/quotes?state=asked").json()["items"][0]["code"] == quote["code"]
    offer = {
        "prices": {quote["lines"][0]["id"]: 1500},
        "valid_until": (clock.now() + timedelta(days=9)).date().isoformat(),
    }
    assert erp("POST", f"/quotes/{quote['code']}/answer", offer).json()["state"] == "answered"
    taken = erp("POST", f"{who}/quotes/{quote['code']}/accept", {"cart": cart})
    assert taken.status_code == 200, taken.content
    stranger = f"/customers/{acts_for(a_company('Te', 'PL5252445767'), 'ola@te.example')}"
    assert erp("POST", f"{stranger}/quotes/{quote['code']}/accept", {}).status_code in {403, 404, 409}


def test_a_list_is_kept_for_the_company_and_dropped(erp) -> None:
    company, lamp = a_company(), str(goods())
    who = f"/customers/{acts_for(company, 'kasia@kawa.example')}"
    kept = erp("POST", f"{who}/lists", {"name": "Monthly", "company_id": company, "lines": {lamp: 4}})
    assert kept.status_code == 201, kept.content
    assert erp("GET", f"{who}/lists").json()[0]["lines"] == {lamp: 4}
    assert erp("DELETE", f"{who}/lists/{kept.json()['id']}").status_code == 200
    assert erp("GET", f"{who}/lists").json() == []
