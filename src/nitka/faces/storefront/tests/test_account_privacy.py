"""POST /<language>/account/export, GET and POST /<language>/account/erase"""

import io
import zipfile

import pytest
from django.test import Client

from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.people.accounts import queries as accounts
from nitka.people.accounts.models import User
from nitka.people.customers import queries as customers

pytestmark = pytest.mark.django_db
ZOFIA = "zofia@example.com"


@pytest.fixture
def zofia(visitor: Client) -> Client:
    sign_in(visitor)
    return visitor


def wait(client: Client) -> None:
    """Let the sign-in be half an hour old."""
    session = client.session
    session["nitka_signed_in_at"] -= 1800
    session.save()


def test_my_data_come_as_one_file(zofia: Client) -> None:
    answer = zofia.post("/en/account/export")
    assert answer["Content-Type"] == "application/zip" and "attachment" in answer["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert ZOFIA in archive.read("index.html").decode()
    assert [row.verb for row in accounts.audit_rows()] == ["customer.exported"]


def test_deleting_asks_once_and_leaves_nobody(zofia: Client) -> None:
    assert "Delete your account?" in zofia.get("/en/account/erase").content.decode()
    assert customers.customer_by_email(ZOFIA), "looking deletes nothing"
    page = zofia.post("/en/account/erase", follow=True)
    assert page.status_code == 200 and "Deleted" in page.content.decode()
    assert customers.customer_by_email(ZOFIA) is None and not User.objects.filter(email=ZOFIA).exists()
    assert zofia.get("/en/account/").status_code == 302, "signed out"
    sign_in(zofia)
    assert customers.customer_by_email(ZOFIA) is not None, "and welcome as somebody new"


@pytest.mark.parametrize("path", ["export", "erase"])
def test_both_ask_for_a_fresh_sign_in(zofia: Client, path: str) -> None:
    wait(zofia)
    answer = zofia.post(f"/en/account/{path}")
    assert answer.status_code == 302 and "again=1" in answer["Location"]
    assert customers.customer_by_email(ZOFIA) is not None


def test_who_works_here_is_told_why_not(zofia: Client) -> None:
    User.objects.filter(email=ZOFIA).update(role="agent")
    answer = zofia.post("/en/account/erase")
    assert answer.status_code == 409 and "works here" in answer.content.decode()
