"""What a browser teaches us of who is here."""

from uuid import UUID

import pytest
from django.test import Client

from nitka.people.contact.clicks import token_of
from nitka.people.contact.tests import makers as mails
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people

pytestmark = pytest.mark.django_db
DEVICE = people.evidence_id("device", "visitor-0123456789")


@pytest.fixture
def visitor(client: Client) -> Client:
    client.cookies["nitka_visitor"] = "visitor-0123456789"
    return client


def owner() -> UUID | None:
    customers.settle_links()
    return people.owners_of([DEVICE]).get(DEVICE)


def test_a_click_in_a_mail_of_ours_tells_whose_browser_this_is(visitor: Client, shop: None) -> None:
    zofia = customers.recognise(email="zofia@example.com", language="pl", market="pl")
    mail_id = mails.mail()
    assert visitor.get(f"/pl/?nk={token_of(mail_id)}").status_code == 200
    assert owner() == zofia
    assert "_auth_user_id" not in visitor.session, "it signs nobody in"


def test_a_forwarded_mail_makes_a_browser_of_two_nobodys(visitor: Client, shop: None) -> None:
    customers.recognise(email="zofia@example.com", language="pl", market="pl")
    customers.link(first=("device", "visitor-0123456789"), second=("email", "kari@example.com"), reason="checkout",
                   trust=1, source="test")  # fmt: skip
    visitor.get(f"/pl/?nk={token_of(mails.mail())}")
    assert owner() is None
    [wrong] = people.suggestions(people.customer_by_email("kari@example.com").id)  # type: ignore[union-attr]
    assert wrong.via == ("device", "visitor-0123456789")


def test_without_a_visitor_cookie_nothing_is_kept(client: Client, shop: None) -> None:
    customers.recognise(email="zofia@example.com", language="pl", market="pl")
    client.get(f"/pl/?nk={token_of(mails.mail())}")
    assert owner() is None
