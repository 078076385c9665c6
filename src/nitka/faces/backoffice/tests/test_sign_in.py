"""Coming in, and who is kept out."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from nitka.faces.backoffice.tests import makers
from nitka.people.accounts import actions as accounts
from nitka.people.accounts.tests.makers import shopper, staff
from nitka.people.contact.models import OutgoingMail
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_it_sends_a_stranger_to_sign_in_and_remembers_where_they_wanted_to_go() -> None:
    answer = Client().get("/back/orders/?tab=pack")
    assert answer.status_code == 302
    assert answer["Location"] == "/back/sign-in?next=%2Fback%2Forders%2F%3Ftab%3Dpack"


def test_it_sends_a_shopper_away_as_well() -> None:
    client = Client()
    client.force_login(shopper())
    assert client.get("/back/")["Location"].startswith("/back/sign-in")


def test_a_link_opens_once() -> None:
    makers.a_shop()
    link = accounts.make_sign_in_link(user_id=staff().id)
    first, second = Client(), Client()
    page = first.get(link)
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    assert "owner@example.com" in page.content.decode() and ">Sign in</button>" in page.content.decode()
    assert first.post(link)["Location"] == "/back/"
    assert first.get("/back/").status_code == 200
    assert second.get(link).status_code == 404
    assert second.post(link).status_code == 404
    assert second.get("/back/").status_code == 302


def test_a_mail_scanner_that_opens_a_link_does_not_use_it_up() -> None:
    makers.a_shop()
    link = accounts.make_sign_in_link(user_id=staff().id)
    scanner = Client()
    scanner.head(link)
    for _look in range(3):
        assert scanner.get(link).status_code == 200
    assert scanner.get("/back/").status_code == 302
    assert Client().post(link).status_code == 303


def test_a_stranger_at_the_door_leaves_nothing_behind() -> None:
    makers.a_shop()
    answer = Client().get("/back/sign-in?next=/back/orders/")
    assert not Session.objects.exists() and settings.SESSION_COOKIE_NAME not in answer.cookies
    assert '<input type="hidden" name="next" value="/back/orders/">' in answer.content.decode()


def test_the_page_that_was_wanted_opens_after_the_code() -> None:
    makers.a_shop()
    staff()
    client = Client()
    client.post("/back/sign-in", {"email": "owner@example.com", "next": "/back/orders/"})
    run_jobs()
    code = re.search(r"\b\d{6}\b", OutgoingMail.objects.latest("created_at").text)
    assert code and client.post("/back/sign-in/code", {"code": code.group()})["Location"] == "/back/orders/"


def test_a_password_lets_staff_in_and_a_wrong_one_does_not() -> None:
    makers.a_shop()
    staff(password="a long sentence of mine")
    client = Client()
    wrong = client.post("/back/sign-in", {"email": "owner@example.com", "password": "not this one"})
    assert wrong.status_code == 422
    right = client.post(
        "/back/sign-in?next=/back/orders/", {"email": "owner@example.com", "password": "a long sentence of mine"}
    )
    assert right["Location"] == "/back/orders/"


def test_it_never_leads_to_another_site() -> None:
    makers.a_shop()
    staff(password="a long sentence of mine")
    answer = Client().post(
        "/back/sign-in?next=//evil.example/back/",
        {"email": "owner@example.com", "password": "a long sentence of mine"},
    )
    assert answer["Location"] == "/back/"


def test_a_shopper_with_a_right_code_is_told_that_they_do_not_work_here() -> None:
    link = accounts.make_sign_in_link(user_id=shopper().id)
    client = Client()
    assert client.post(link)["Location"] == "/back/sign-in"
    assert "belongs to nobody of the staff" in client.get("/back/sign-in").content.decode()


def test_a_post_without_its_token_is_refused() -> None:
    makers.a_shop()
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff())
    assert client.post(reverse("back:stock-save")).status_code == 403


def test_signing_out_ends_it() -> None:
    makers.a_shop()
    client = makers.signed_in()
    client.post("/back/sign-out")
    assert client.get("/back/").status_code == 302
