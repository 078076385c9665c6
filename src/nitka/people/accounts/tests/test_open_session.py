from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries
from nitka.people.accounts.models import User
from nitka.people.accounts.tests import makers

pytestmark = pytest.mark.django_db


def browser(user: User, address: str = "192.0.2.1") -> HttpRequest:
    request = RequestFactory().get("/", REMOTE_ADDR=address, headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request.user = AnonymousUser()
    accounts.open_session(request=request, user_id=user.id, method="code")
    request.session.save()
    return request


def is_in(request: HttpRequest) -> bool:
    again = RequestFactory().get("/")
    again.session = import_module(settings.SESSION_ENGINE).SessionStore(request.session.session_key)
    return bool(get_user(again).is_authenticated)


def test_staff_stay_for_a_working_day_and_shoppers_for_a_month() -> None:
    assert browser(makers.staff()).session.get_expiry_age() in range(12 * 3600 - 60, 12 * 3600 + 1)
    assert browser(makers.shopper()).session.get_expiry_age() == 30 * 24 * 3600


def test_the_list_names_browsers_and_never_their_keys() -> None:
    zofia = makers.shopper()
    here, there = browser(zofia), browser(zofia, "198.51.100.7")
    listed = queries.sessions_of(zofia.id, this=here.session.session_key)
    assert [(each.address, each.is_this) for each in listed] == [("198.51.100.7", False), ("192.0.2.1", True)]
    assert there.session.session_key not in str(listed)


def test_nobody_ends_the_session_of_somebody_else() -> None:
    zofia, kari = makers.shopper(), makers.shopper("kari@example.com")
    request = browser(zofia)
    (listed,) = queries.sessions_of(zofia.id)
    accounts.end_session(user_id=kari.id, session_id=listed.id)
    assert is_in(request)
    accounts.end_session(user_id=zofia.id, session_id=listed.id)
    assert not is_in(request) and queries.sessions_of(zofia.id) == []


def test_a_new_password_ends_all_sessions_but_the_one_that_set_it() -> None:
    owner = makers.staff()
    here, there = browser(owner), browser(owner)
    accounts.set_password(user_id=owner.id, password="a long winter night")
    accounts.keep_session(request=here)
    here.session.save()
    assert is_in(here) and not is_in(there)


def test_who_was_dismissed_is_out_at_once() -> None:
    agent = makers.staff("agent")
    request = browser(agent)
    User.objects.filter(id=agent.id).update(is_active=False)
    assert not is_in(request)
    with pytest.raises(User.DoesNotExist):
        browser(agent)
