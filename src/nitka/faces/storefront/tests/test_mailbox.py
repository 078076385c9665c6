import pytest
from django.test import Client

from nitka.people.contact import actions as contact
from nitka.people.contact.tests import makers
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def markets() -> None:
    pricing.set_up_markets()


def test_it_lists_the_newest_first_and_finds_an_address(client: Client) -> None:
    makers.mail(to="zofia@example.com")
    makers.mail(to="kari@example.com")
    html = client.get("/mailbox/").content.decode()
    assert html.index("kari@example.com") < html.index("zofia@example.com")
    html = client.get("/mailbox/?to=ZOFIA").content.decode()
    assert "zofia@example.com" in html and "kari@example.com" not in html


def test_a_mail_is_shown_in_a_sandbox_of_its_own(client: Client) -> None:
    file = contact.Attachment('in"voice\r\n.pdf', "application/pdf", b"%PDF")
    mail_id = makers.mail(attachments=(file,))
    page = client.get(f"/mailbox/{mail_id}/")
    html = page.content.decode()
    assert "<iframe sandbox" in html and "Message-ID" in html and "123456" in html
    body = client.get(f"/mailbox/{mail_id}/body")
    policy = body["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy
    assert "frame-src 'self'" in page["Content-Security-Policy"] and "unsafe" not in page["Content-Security-Policy"]
    link = html.partition("/files/")[2].partition('"')[0]
    saved = client.get(f"/mailbox/{mail_id}/files/{link}")
    assert saved.content == b"%PDF" and saved["Content-Disposition"] == 'attachment; filename="invoice.pdf"'


def test_a_real_shop_has_no_mailbox(client: Client, settings) -> None:
    mail_id = makers.mail()
    settings.NITKA_DEMO = False
    for path in ("/mailbox/", f"/mailbox/{mail_id}/", f"/mailbox/{mail_id}/body"):
        assert client.get(path).status_code == 404
