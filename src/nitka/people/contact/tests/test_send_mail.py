import re
import time

import pytest

from nitka.ground.locale import LANGUAGES
from nitka.ground.web.pages import template
from nitka.people.accounts import actions as accounts
from nitka.people.accounts.tests import makers as users
from nitka.people.contact import actions as contact
from nitka.people.contact import queries
from nitka.people.contact.actions.send import render_mail
from nitka.people.contact.models import OutgoingMail
from nitka.people.contact.tests import makers
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db

MAILS = {
    "contact/mail/sign_in_code": {"code": "123456"},
    "contact/mail/staff_invitation": {"name": "Anna <b>", "path": "/back/x"},
    "contact/mail/security_notice": {"sentence": "A passkey was added."},
    "contact/mail/newsletter_confirm": {"path": "/pl/newsletter/confirm?token=x"},
}


@pytest.mark.parametrize("name", MAILS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_can_be_written_in_every_language(name: str, language: str) -> None:
    subject, text, html = render_mail(language, name, {**MAILS[name], "leave_url": ""}, queries.sender())
    assert subject and "\n" not in subject and text.count("\n") > 3
    assert f'lang="{language}"' in html and "<b>" not in html and "<script" not in html
    assert "  \n\n\n\n" not in text and "&#39;" not in text
    assert not re.search(r'href="/', html), "a mail needs whole addresses"


def test_the_mailbox_keeps_what_is_not_sent() -> None:
    kept = makers.mail(to="Zofia@example.com")
    makers.mail(to="kari@example.com")
    assert run_jobs() == 0
    assert [row.to for row in queries.mailbox_rows()] == ["kari@example.com", "zofia@example.com"]
    assert [row.id for row in queries.mailbox_rows("ZOFIA")] == [kept]
    found = queries.mail(kept)
    assert found is not None and found.state == "kept" and "123456" in found.text
    assert dict(found.headers)["To"] == "zofia@example.com"


def test_a_code_is_mailed_to_friend_and_stranger_alike() -> None:
    users.shopper("friend@example.com")
    for email in ("friend@example.com", "stranger@example.com"):
        accounts.ask_code(email=email, language="nb", address="192.0.2.1")
    run_jobs()
    friend, stranger = OutgoingMail.objects.order_by("to")

    def shape(row: OutgoingMail) -> str:
        return re.sub(r"\d{6}", "CODE", row.subject + row.text)

    assert shape(friend) == shape(stranger) and friend.language == "nb"


def test_a_newsletter_needs_a_consent() -> None:
    with pytest.raises(contact.NoConsent):
        makers.mail(purpose="newsletter")


def test_a_mail_is_written_in_less_than_five_milliseconds() -> None:
    signed = queries.sender()
    values = {**MAILS["contact/mail/sign_in_code"], "leave_url": ""}
    render_mail("pl", "contact/mail/sign_in_code", values, signed)
    assert template("contact/mail/layout.html") is template("contact/mail/layout.html"), "compiled once"
    started = time.perf_counter()
    for _ in range(50):
        render_mail("pl", "contact/mail/sign_in_code", values, signed)
    print(f"{(time.perf_counter() - started) / 50 * 1000:.2f} ms a mail")
