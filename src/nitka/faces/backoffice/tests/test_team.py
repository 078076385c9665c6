"""Staff, audit log, system, customers, today."""

import base64

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.ground.facts import queries as facts
from nitka.ground.facts.models import DeadLetter, FactRow
from nitka.people.accounts import queries as accounts
from nitka.people.accounts.actions import record
from nitka.people.accounts.models import User
from nitka.people.accounts.tests.makers import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


def test_an_owner_invites_and_gives_another_role() -> None:
    client = makers.signed_in()
    client.post("/back/staff/invite", {"email": "new@example.com", "name": "New", "role": "agent"})
    person = accounts.user_by_email("new@example.com")
    assert person and person.role == "agent" and len(makers.audit("staff.invited")) == 1
    client.post(f"/back/staff/{person.id}/role", {"role": "warehouse"})
    assert accounts.user(person.id).role == "warehouse"  # type: ignore[union-attr]
    assert len(makers.audit("staff.role_changed")) == 1
    assert "Warehouse" in client.get(f"/back/staff/{person.id}/").content.decode()


def test_the_last_owner_stays_one() -> None:
    client = makers.signed_in()
    mine = accounts.user_by_email("owner@example.com")
    assert mine
    client.post(f"/back/staff/{mine.id}/role", {"role": "agent"})
    assert "The shop needs an owner" in client.get("/back/staff/").content.decode()


def test_a_manager_may_not_touch_the_staff() -> None:
    client = makers.signed_in("manager")
    assert client.get("/back/staff/").status_code == 403
    assert client.post("/back/staff/invite", {"email": "x@example.com"}).status_code == 403


def test_a_recovery_link_is_shown_once_and_works() -> None:
    client = makers.signed_in()
    person = staff("agent")
    client.post(f"/back/staff/{person.id}/link")
    page = client.get(f"/back/staff/{person.id}/").content.decode()
    path = "/back/sign-in/link/" + page.split("/back/sign-in/link/")[1].split("<")[0].strip()
    assert Client().post(path)["Location"] == "/back/"


def test_i_see_my_own_keys_and_can_set_a_password() -> None:
    client = makers.signed_in("agent")
    assert "You have one key only" in client.get("/back/me").content.decode()
    client.post("/back/me/change", {"what": "password", "password": "a long sentence of mine"})
    page = client.get("/back/").content.decode()
    assert "Saved." in page or client.get("/back/sign-in").status_code == 200
    assert makers.audit("me.password") == [str(User.objects.get(email="agent@example.com").id)]


def test_the_audit_log_filters_by_person_deed_and_thing() -> None:
    client = makers.signed_in()
    client.post("/back/settings/synonyms/", {"language": "en", "groups": "a, b"})
    makers.signed_in("manager").post("/back/settings/synonyms/", {"language": "pl", "groups": "a, b"})
    owner = accounts.user_by_email("owner@example.com")
    assert owner
    page = client.get(f"/back/audit/?who={owner.id}&verb=search.synonyms").content.decode()
    assert "English" in page and "Polski" not in page.split("<tbody>")[1].split("</tbody>")[0]
    assert "Polski" in client.get("/back/audit/?q=Polski").content.decode()
    text = b"".join(client.get("/back/audit/audit.csv?q=Polski").streaming_content).decode()  # type: ignore[attr-defined]
    assert "search.synonyms" in text and "English" not in text


def test_the_detail_of_the_audit_log_is_readable() -> None:
    record(actor_id=None, verb="test.happened", subject="lamp", detail={"from": "Łódź", "pieces": [1, 2], "paid": True})
    client = makers.signed_in()
    text = b"".join(client.get("/back/audit/audit.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert '"from: Łódź, paid: true, pieces: [1, 2]"' in text
    assert "paid: true, pieces: [1, 2]" in client.get("/back/audit/").content.decode()


@pytest.mark.parametrize("address", ["search", "customers/", "orders/", "products/", "stock/", "audit/", "content/"])
def test_what_no_keyboard_makes_breaks_no_list(address: str) -> None:
    nul = base64.urlsafe_b64encode(b"01a2005b-1fe4-7424-93c8-4fb1ca74f01c|\x00").decode()
    client = makers.signed_in()
    for query in ("q=%00", "market=%00", "verb=%00", "kind=%00", "location=%00", f"after={nul}"):
        assert client.get(f"/back/{address}?{query}").status_code < 500


def test_a_dead_letter_is_shown_and_tried_again() -> None:
    fact = FactRow.objects.create(kind="test.happened", subject="s", payload={})
    letter = DeadLetter.objects.create(fact=fact, listener="somewhere.reaction", error="Traceback\nBoom", tries=5)
    client = makers.signed_in()
    page = client.get("/back/system/").content.decode()
    assert "somewhere.reaction" in page and "Boom" in page
    client.post(f"/back/system/retry/{letter.id}")
    assert not facts.dead_letter_rows().exists() and makers.audit("facts.retry") == [str(letter.id)]
    client.post(f"/back/system/retry/{letter.id}")
    assert makers.audit("facts.retry") == [str(letter.id)]


def test_an_agent_sees_no_dead_letters() -> None:
    assert makers.signed_in("agent").get("/back/system/").status_code == 403


def test_a_customer_is_found_and_shown_with_orders() -> None:
    order = makers.an_order(makers.goods_on_shelf()[0])
    client = makers.signed_in("agent")
    page = client.get("/back/customers/?q=anna@").content.decode()
    assert f"/back/customers/{order.customer_id}/" in page
    assert order.code in client.get(f"/back/customers/{order.customer_id}/").content.decode()
    assert "Nobody fits" in client.get("/back/customers/?q=nobody").content.decode()


def test_today_counts_what_waits() -> None:
    variant = makers.goods_on_shelf(pieces=7)[0]
    makers.an_order(variant)
    makers.paid(makers.an_order(variant, quantity=2))
    page = makers.signed_in().get("/back/").content.decode()
    for words in ("orders today", "sold today", "low in stock"):
        assert words in page
    assert '<strong data-count="pack">1</strong>' in page and '<strong data-count="unpaid">1</strong>' in page


def test_the_search_over_everything_opens_an_order_by_its_code() -> None:
    order = makers.an_order(makers.goods_on_shelf()[0])
    client = makers.signed_in("warehouse")
    assert client.get("/back/search", {"q": order.code.lower()})["Location"] == f"/back/orders/{order.code}/"
    page = client.get("/back/search?q=lamp").content.decode()
    assert "Lamp" in page and "lamp" in page


def test_every_page_is_kept_out_of_caches() -> None:
    assert makers.signed_in().get("/back/customers/")["Cache-Control"] == "no-store"
