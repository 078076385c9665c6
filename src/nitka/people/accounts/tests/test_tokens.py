from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.accounts import actions, queries
from nitka.people.accounts.models import ApiToken
from nitka.people.accounts.tests.makers import staff

pytestmark = pytest.mark.django_db


def test_a_token_opens_what_its_scopes_say_and_is_kept_as_a_hash() -> None:
    _id, token = actions.make_api_token(user_id=staff("owner").id, name="ERP", scopes=["orders.view"])
    found = queries.api_token(token)
    assert found
    assert found.may == {"orders.view"}
    assert token.startswith("nk_")
    assert not ApiToken.objects.filter(token_hash__contains=token[3:]).exists()
    assert queries.api_token(token[:-1]) is None


def test_it_never_may_more_than_its_owner() -> None:
    packer = staff("warehouse")
    with pytest.raises(actions.TokenProblem):
        actions.make_api_token(user_id=packer.id, name="ERP", scopes=["settings.edit"])
    manager = staff("manager")
    _id, token = actions.make_api_token(user_id=manager.id, name="ERP", scopes=["orders.view", "settings.edit"])
    actions.set_role(user_id=manager.id, role="warehouse")
    found = queries.api_token(token)
    assert found
    assert found.may == {"orders.view"}
    actions.set_role(user_id=manager.id, role="")
    assert queries.api_token(token) is None


def test_it_ends_when_it_is_revoked_and_when_its_time_is_over() -> None:
    owner = staff("owner")
    soon = clock.now() + timedelta(days=1)
    token_id, token = actions.make_api_token(user_id=owner.id, name="ERP", scopes=["orders.view"], expires_at=soon)
    with clock.freeze(soon):
        assert queries.api_token(token) is None
    assert actions.revoke_api_token(token_id=token_id, actor_id=owner.id)
    assert not actions.revoke_api_token(token_id=token_id)
    assert queries.api_token(token) is None
    assert queries.api_tokens() == ()
    assert [each.verb for each in queries.audit_rows()] == ["token.revoked", "token.made"]


def test_a_token_says_what_it_is_for() -> None:
    owner = staff("owner")
    for name, scopes in (("", ["orders.view"]), ("ERP", []), ("ERP", ["everything"])):
        with pytest.raises(actions.TokenProblem):
            actions.make_api_token(user_id=owner.id, name=name, scopes=scopes)
