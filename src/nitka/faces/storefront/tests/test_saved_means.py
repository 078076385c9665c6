"""What a customer sees of the means that a gateway keeps for them."""

import pytest
from django.test import Client

from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.ground.ids import new_id
from nitka.people.customers import queries as people
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.shipping.tests.makers import open_shop
from tests.cast import ANNA

pytestmark = pytest.mark.django_db


def test_a_saved_means_is_shown_and_removed_by_its_owner_alone(client: Client) -> None:
    open_shop()
    sign_in(client, ANNA.email)
    me = people.customer_by_email(ANNA.email)
    assert me
    mine = payments.save_mean(customer_id=me.id, provider="demo_card", token="success:1", brand="visa", last4="4242")
    theirs = payments.save_mean(customer_id=new_id(), provider="demo_card", token="success:2", last4="1111")
    shown = client.get("/en/account/means").content.decode()
    assert "4242" in shown and "1111" not in shown
    assert client.post("/en/account/means", {"mean": str(theirs)}).status_code == 422
    assert client.post("/en/account/means", {"mean": "rubbish"}).status_code == 422
    assert client.post("/en/account/means", {"mean": str(mine)}).status_code == 303
    assert money.saved_means(me.id) == () and money.saved_mean(theirs)
