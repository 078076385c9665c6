"""The page of tokens for programs."""

import re

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.people.accounts import queries as people

pytestmark = pytest.mark.django_db
LIST = "/back/settings/tokens/"


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


def test_a_token_is_made_shown_once_used_and_taken_away(client) -> None:
    staff = makers.signed_in()
    answer = staff.post(f"{LIST}make", {"name": "ERP", "scopes": ["orders.view"], "days": "30"})
    found = re.search(r"nk_[\w-]{32}", answer.content.decode())
    assert found
    assert answer["Cache-Control"] == "no-store"
    page = staff.get(LIST).content.decode()
    assert "ERP" in page
    assert found[0] not in page
    header = {"Authorization": f"Bearer {found[0]}"}
    assert client.get("/api/v1/admin/orders", headers=header).status_code == 200
    (token,) = people.api_tokens()
    staff.post(f"{LIST}{token.id}/revoke")
    assert client.get("/api/v1/admin/orders", headers=header).status_code == 401
    assert [each.verb for each in people.audit_rows()][:2] == ["token.revoked", "token.made"]


def test_who_may_not_change_settings_makes_no_tokens() -> None:
    packer = makers.signed_in("warehouse")
    assert packer.get(LIST).status_code == 403
    assert packer.post(f"{LIST}make", {"name": "ERP", "scopes": ["orders.view"]}).status_code == 403
    assert people.api_tokens() == ()
