import re

import pytest
from django.test import Client

from nitka.faces.storefront.tests import makers
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.inventory.tests.makers import in_stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone():
    makers.a_shop() if hasattr(makers, "a_shop") else None
    return in_stock(0, handle="gone")


def ask(variant, email="anna@example.com"):
    return Client(headers={"Sec-Fetch-Site": "same-origin"}).post(
        "/en/alert", {"variant": str(variant), "email": email}
    )


def test_a_shopper_asks_for_a_mail_and_takes_it_back(gone):
    page = ask(gone)
    assert page.status_code == 200
    assert stock.alerts_waiting() == {gone: 1}
    (leave,) = re.findall(r'href="(/en/alert/leave[^"]+)"', page.content.decode())
    visitor = Client(headers={"Sec-Fetch-Site": "same-origin"})
    assert visitor.get(leave).status_code == 200
    assert stock.alerts_waiting() == {gone: 1}
    visitor.post(leave)
    assert stock.alerts_waiting() == {}


def test_what_can_be_had_and_what_is_nothing_is_refused_in_words(gone):
    inventory.set_stock(levels=[(gone, "gdansk", 3)])
    assert "put it in your cart" in ask(gone).content.decode()
    assert ask("nothing").status_code == 422
    assert ask(gone, "nobody").status_code != 500
