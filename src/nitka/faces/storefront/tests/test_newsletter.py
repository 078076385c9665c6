"""POST /<language>/newsletter, and the links of its mails"""

import re

import pytest
from django.test import Client

from nitka.people.contact import queries as contact
from nitka.people.customers import queries as customers

pytestmark = pytest.mark.django_db
ANNA = "anna@example.com"


def link(kind: str) -> str:
    mail = contact.mail(contact.mailbox_rows(to=ANNA)[0].id)
    return re.search(rf"/en/newsletter/{kind}\?token=[\w-]+", mail.text)[0]


def test_nothing_is_granted_before_the_button_in_the_mail(visitor: Client) -> None:
    assert visitor.post("/en/newsletter", {"email": ANNA}).status_code == 200
    visitor.get(link("confirm"))
    assert not customers.has_consent(ANNA, "newsletter")
    assert visitor.post(link("confirm")).status_code == 200
    assert customers.has_consent(ANNA, "newsletter")


def test_a_wrong_address_is_said_kindly(visitor: Client) -> None:
    answer = visitor.post("/en/newsletter", {"email": "anna@"})
    assert 400 <= answer.status_code < 500
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("kind", ["confirm", "leave"])
def test_an_ended_link_says_what_to_do(visitor: Client, kind: str) -> None:
    assert visitor.get(f"/en/newsletter/{kind}?token=nothing").status_code == 200
    assert visitor.post(f"/en/newsletter/{kind}?token=nothing").status_code == 404
