import pytest
from django.test import Client

from nitka.care.desk import queries as desk
from nitka.people.contact import actions as contact
from nitka.people.contact.tests import makers
from nitka.people.customers import queries as customers
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
    assert client.post(f"/mailbox/{mail_id}/answer", {"text": "hello"}).status_code == 404


def test_a_mail_can_be_answered_as_its_reader_would(client: Client) -> None:
    mail_id = makers.mail(to="zofia@example.com")
    assert client.post(f"/mailbox/{mail_id}/answer", {"text": " "}).status_code == 422
    answer = client.post(f"/mailbox/{mail_id}/answer", {"text": "What is this?\n-- \nZofia"})
    assert answer.status_code == 303 and "has arrived" in client.get(answer["Location"]).content.decode()
    customer = customers.customer_by_email("zofia@example.com")
    assert customer
    (talk,) = desk.conversations_of_customer(customer.id)
    assert talk.messages[0].text == "What is this?" and talk.messages[0].proof == 1
    assert "123456" in talk.messages[0].whole, "the quote is kept beside"
