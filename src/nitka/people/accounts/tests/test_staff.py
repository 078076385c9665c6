import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction

from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries
from nitka.people.accounts.models import User
from nitka.people.accounts.tests import makers


@pytest.mark.django_db
def test_each_role_may_do_its_work_and_no_more() -> None:
    agent, warehouse, owner = makers.staff("agent"), makers.staff("warehouse"), makers.staff("owner")
    assert queries.can(agent, "orders.cancel") and not queries.can(agent, "orders.ship")
    assert queries.can(warehouse, "orders.ship") and not queries.can(warehouse, "catalog.edit")
    assert all(queries.can(owner, permission) for permission in queries.PERMISSIONS)
    assert not queries.can(makers.staff("manager"), "staff.edit")
    assert not any(queries.can(who, "orders.view") for who in (makers.shopper(), AnonymousUser()))
    owner.is_active = False
    assert not queries.can(owner, "orders.view")
    with pytest.raises(ValueError, match="no permission"):
        queries.can(owner, "orders.fly")


@pytest.mark.django_db
def test_an_invited_colleague_comes_in_once_by_the_link() -> None:
    owner = makers.staff()
    user_id = accounts.invite_staff(email="Anna@example.com", name="Anna", role="agent", actor_id=owner.id)
    from nitka.ground.facts.models import FactRow

    told = FactRow.objects.get(kind="accounts.staff_invited")
    found = queries.invitation(told.payload["link_id"])
    token = found.path.rpartition("/")[2]
    assert accounts.use_sign_in_link(token=token) == user_id
    with pytest.raises(accounts.LinkProblem):
        accounts.use_sign_in_link(token=token)
    assert [row.verb for row in queries.audit_rows()] == ["sign_in_link.used", "staff.invited"]


@pytest.mark.django_db
def test_a_shopper_who_is_hired_keeps_the_account() -> None:
    zofia = makers.shopper()
    assert accounts.invite_staff(email=zofia.email, name="Zofia", role="agent") == zofia.id
    with pytest.raises(accounts.StaffProblem):
        accounts.invite_staff(email=zofia.email, name="Zofia", role="owner")


@pytest.mark.django_db
def test_the_last_owner_stays_one() -> None:
    owner = makers.staff()
    with pytest.raises(accounts.StaffProblem):
        accounts.set_role(user_id=owner.id, role="agent", actor_id=owner.id)
    second = makers.staff(email="second@example.com")
    accounts.set_role(user_id=owner.id, role="agent", actor_id=second.id)
    assert User.objects.get(id=owner.id).role == "agent"


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_demote_each_other_leave_one() -> None:
    one, two = makers.staff(email="one@example.com"), makers.staff(email="two@example.com")
    gate, refused = threading.Barrier(2), []

    def demote(user: User) -> None:
        gate.wait()
        try:
            accounts.set_role(user_id=user.id, role="agent")
        except accounts.StaffProblem:
            refused.append(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=[user]) for user in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1 and User.objects.filter(role="owner").count() == 1


@pytest.mark.django_db
def test_a_link_is_kept_as_a_hash_and_ends() -> None:
    from datetime import timedelta

    from nitka.ground import clock

    owner = makers.staff()
    token = accounts.make_sign_in_link(user_id=owner.id, purpose="demo").rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT token_hash FROM accounts_sign_in_links")
        assert token not in cursor.fetchone()[0]
    with clock.freeze(clock.now() + timedelta(minutes=16)), pytest.raises(accounts.LinkProblem):
        accounts.use_sign_in_link(token=token)
    newer = accounts.make_sign_in_link(user_id=owner.id, purpose="demo").rpartition("/")[2]
    with pytest.raises(accounts.LinkProblem):
        accounts.use_sign_in_link(token=token)
    assert accounts.use_sign_in_link(token=newer) == owner.id


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE accounts_audit SET verb = 'x'", "DELETE FROM accounts_audit"])
def test_the_audit_log_refuses_to_be_changed(statement: str) -> None:
    accounts.record(actor_id=None, verb="shop.set", subject="shop", detail={"name": "x"})
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_password_is_checked_alike_for_strangers() -> None:
    makers.staff(password="a long winter night")
    assert accounts.check_password(email="OWNER@example.com", password="a long winter night", address="192.0.2.1")
    messages = set()
    for email in ("owner@example.com", "nobody@example.com"):
        with pytest.raises(accounts.PasswordProblem) as refused:
            accounts.check_password(email=email, password="wrong", address="192.0.2.1")
        messages.add(refused.value.message)
    assert len(messages) == 1
    with pytest.raises(accounts.PasswordProblem):
        accounts.set_password(user_id=User.objects.get().id, password="short")


@pytest.mark.django_db
def test_an_authenticator_app_is_a_second_factor_whose_codes_open_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    from nitka.people.accounts.actions import factors

    agent = makers.staff("agent")
    moment = 1_800_000_000
    monkeypatch.setattr(factors.time, "time", lambda: moment)
    assert queries.should_add_second_factor(agent.id) and not queries.needs_second_factor(agent.id, "code")
    setup = accounts.start_totp(user_id=agent.id)
    assert setup.secret in setup.uri and setup.picture.startswith("<svg")

    def shown(at: int) -> str:
        return format_hotp_value(hotp_value(setup.secret, at // 30))

    with pytest.raises(accounts.FactorProblem):
        accounts.confirm_totp(user_id=agent.id, secret=setup.secret, code="000000")
    codes = accounts.confirm_totp(user_id=agent.id, secret=setup.secret, code=shown(moment))
    assert len(codes) == 10 and queries.needs_second_factor(agent.id, "code")
    assert not queries.needs_second_factor(agent.id, "passkey")
    assert setup.secret not in str(Authenticator.objects.get(type="totp").data), "sealed"
    with pytest.raises(accounts.FactorProblem):
        accounts.check_second_factor(user_id=agent.id, code=shown(moment), address="a")
    moment += 30
    assert accounts.check_second_factor(user_id=agent.id, code=shown(moment), address="a") == "totp"
    with pytest.raises(accounts.FactorProblem):
        accounts.check_second_factor(user_id=agent.id, code=shown(moment), address="a")
    assert accounts.check_second_factor(user_id=agent.id, code=codes[0], address="a") == "recovery_code"
    with pytest.raises(accounts.FactorProblem):
        accounts.check_second_factor(user_id=agent.id, code=codes[0], address="a")
    assert queries.sign_in_methods(agent.id).recovery_codes_left == 9
    accounts.remove_totp(user_id=agent.id)
    assert not Authenticator.objects.exists()
