"""The page of differences between our books and the gateways', and the means of payment."""

from datetime import timedelta

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.providers.demo_card import gateway

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost_money() -> None:
    makers.a_shop()
    gateway.charge(key="x", payment_id=new_id(), minor=700, currency="EUR", choice="success")
    with clock.freeze(clock.now() + timedelta(hours=1)):
        payments.reconcile(since=clock.now() - timedelta(days=1))


def test_a_difference_is_shown_and_closed_with_a_word(lost_money: None) -> None:
    agent = makers.signed_in("agent")
    shown = agent.get("/back/money/").content.decode()
    assert "Money without an order" in shown and "€7.00" in shown
    finding = money.open_findings()[0]
    agent.post(f"/back/money/{finding.id}/close", {"note": ""})
    assert len(money.open_findings()) == 1
    agent.post(f"/back/money/{finding.id}/close", {"note": "sent back over there"})
    assert money.open_findings() == () and makers.audit("money.close") == [str(finding.id)]
    assert "sent back over there" in agent.get("/back/money/").content.decode()


def test_the_books_are_compared_by_a_button() -> None:
    makers.a_shop()
    owner = makers.signed_in()
    assert owner.post("/back/money/compare")["Location"] == "/back/money/"
    assert "The books agree." in owner.get("/back/money/").content.decode()


def test_the_warehouse_does_not_see_money() -> None:
    makers.a_shop()
    assert makers.signed_in("warehouse").get("/back/money/").status_code == 403


def test_the_owner_says_when_money_is_taken() -> None:
    makers.a_shop()
    owner = makers.signed_in()
    assert "Card (demo)" in owner.get("/back/settings/payments/").content.decode()
    form = {"active": "1", "position": "3", "countries": "pl de", "capture": "on_shipment", "fee.eu": "1.50"}
    assert owner.post("/back/settings/payments/demo_card/", form)["Location"] == "/back/settings/payments/"
    chosen = next(each for each in money.method_choices() if each.code == "demo_card")
    assert (chosen.capture, chosen.countries, chosen.fees["eu"]) == ("on_shipment", ("PL", "DE"), 150)
    assert "checked" in owner.get("/back/settings/payments/demo_card/").content.decode()
    assert 'name="capture"' not in owner.get("/back/settings/payments/bank_transfer/").content.decode()
    assert owner.post("/back/settings/payments/bank_transfer/", {**form, "capture": "on_shipment"}).status_code == 200
    assert owner.get("/back/settings/payments/nothing/").status_code == 404
