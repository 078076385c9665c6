"""POST /<language>/newsletter, and the links of its mails"""

import re

import pytest
from django.test import Client

from nitka.people.contact import queries as contact
from nitka.people.contact.models import Subscription
from nitka.people.customers import queries as customers
from nitka.shelf.content import actions as content

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


def test_a_block_of_a_page_says_where_somebody_subscribed(visitor: Client) -> None:
    content.put_page(draft=content.Draft(slug="winter", kind="landing", title={"en": "Winter"}, blocks=[
        {"kind": "newsletter", "title": {"en": "Letters"}},
    ]))  # fmt: skip
    page = visitor.get("/en/pages/winter/").content.decode()
    assert '<input type="hidden" name="at" value="winter">' in page
    for number, at in enumerate(("winter", "", "made up", "\x00")):
        visitor.post("/en/newsletter", {"email": f"{number}@example.com", "at": at})
    sources = dict(Subscription.objects.values_list("email", "source"))
    assert [sources.get(f"{n}@example.com") for n in range(4)] == ["page:winter", "footer", "footer", "footer"]
