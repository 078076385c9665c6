import re
from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.accounts.tests.makers import staff
from nitka.people.contact import actions as contact
from nitka.people.contact import queries
from nitka.people.contact.clicks import marked, token_of
from nitka.people.contact.models import OutgoingMail
from nitka.people.contact.tests import makers

pytestmark = pytest.mark.django_db


def write(to: str = "zofia@example.com") -> OutgoingMail:
    contact.subscribe_newsletter(email=to, language="pl", source="test")
    return OutgoingMail.objects.get(to=to)


def tokens(mail: OutgoingMail) -> set[str]:
    return set(re.findall(r"[?&;]nk=([\w-]+)", mail.text + mail.html))


def test_a_link_in_a_mail_tells_whose_it_was_and_names_nobody() -> None:
    mail = write()
    [token] = tokens(mail)
    assert queries.mail_click(token) == "zofia@example.com"
    assert "zofia" not in token and len(token) == 44


@pytest.mark.parametrize("token", ["", "x", "x" * 44, "é" * 44, "=" * 44])
def test_a_token_of_somebody_else_says_nothing(token: str) -> None:
    assert queries.mail_click(token) is None


def test_a_changed_or_old_token_says_nothing() -> None:
    mail = write()
    token = token_of(mail.id)
    assert queries.mail_click("A" + token[1:] if token[0] != "A" else "B" + token[1:]) is None
    OutgoingMail.objects.update(created_at=clock.now() - timedelta(days=91))
    assert queries.mail_click(token) is None


def test_staff_get_plain_links() -> None:
    user = staff("agent")
    assert tokens(write(user.email)) == set()


def test_only_pages_for_shoppers_are_marked() -> None:
    mail_id = makers.mail()
    for plain in ("/back/orders/", "/media/a.avif", "https://example.com/en/", "/static/x.css"):
        assert marked(plain, mail_id) == plain
    assert marked("/pl/order/NK-1?k=abc#end", mail_id) == f"/pl/order/NK-1?k=abc&nk={token_of(mail_id)}#end"
