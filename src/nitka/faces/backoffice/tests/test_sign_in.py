"""Coming in, and who is kept out."""

import pytest
from django.test import Client
from django.urls import reverse

from nitka.faces.backoffice.tests import makers
from nitka.people.accounts import actions as accounts
from nitka.people.accounts.tests.makers import shopper, staff

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
    assert first.get(link)["Location"] == "/back/"
    assert first.get("/back/").status_code == 200
    assert second.get(link).status_code == 404
    assert second.get("/back/").status_code == 302


def test_a_browser_that_looks_ahead_does_not_use_a_link_up() -> None:
    makers.a_shop()
    link = accounts.make_sign_in_link(user_id=staff().id)
    Client().head(link)
    Client().get(link, headers={"Sec-Purpose": "prefetch"})
    assert Client().get(link).status_code == 303


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
    assert client.get(link)["Location"] == "/back/sign-in"
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
