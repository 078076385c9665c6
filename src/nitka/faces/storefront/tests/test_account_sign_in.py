import re
from datetime import timedelta

import pytest
from django.test import Client

from nitka.faces.storefront.account_guard import own_path
from nitka.faces.storefront.tests.account_makers import code_for, hidden, sign_in
from nitka.ground import clock
from nitka.people.accounts import actions as accounts
from nitka.people.accounts.models import User
from nitka.people.accounts.tests import makers as users
from nitka.people.customers import queries as people
from nitka.people.customers.tests import makers as customers
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def markets() -> None:
    pricing.set_up_markets()


def test_a_stranger_signs_in_by_a_code_and_has_an_account(client: Client) -> None:
    response = sign_in(client, language="pl")
    assert (response.status_code, response["Location"]) == (303, "/pl/account/")
    page = client.get("/pl/account/")
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    assert client.cookies["nitka_session"]["httponly"] and client.cookies["nitka_session"]["samesite"] == "Lax"
    me = people.customer_by_email("zofia@example.com")
    assert me is not None and me.language == "pl" and me.user_id == User.objects.get().id


def test_who_only_asks_gets_no_session(client: Client) -> None:
    client.get("/en/account/sign-in")
    asked = client.post("/en/account/sign-in", {"email": "zofia@example.com"})
    client.get(asked["Location"])
    assert "nitka_session" not in client.cookies
    assert "zofia" not in asked["Location"], "no personal data in addresses"


def test_the_answer_is_the_same_for_friend_and_stranger(client: Client) -> None:
    users.shopper("friend@example.com")
    User.objects.create_user("gone@example.com", is_active=False)
    pages = set()
    for email in ("friend@example.com", "nobody@example.com", "gone@example.com"):
        asked = client.post("/en/account/sign-in", {"email": email})
        assert asked.status_code == 303
        page = client.get(asked["Location"])
        wrong = client.post("/en/account/code", {**hidden(page), "code": "000000"})
        text = (page.content + wrong.content).decode().replace(email, "EMAIL")
        pages.add((page.status_code, wrong.status_code, re.sub(r"[0-9a-f]{32}", "ID", text)))
    assert len(pages) == 1


def test_a_wrong_code_is_said_at_its_field_and_five_lock_the_door(client: Client) -> None:
    asked = client.post("/en/account/sign-in", {"email": "zofia@example.com"})
    form = hidden(client.get(asked["Location"]))
    right = code_for("zofia@example.com")
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        page = client.post("/en/account/code", {**form, "code": wrong})
        assert page.status_code == 422 and 'aria-invalid="true"' in page.content.decode()
    assert client.post("/en/account/code", {**form, "code": right}).status_code == 429


def test_a_code_that_is_old_or_made_up_opens_nothing(client: Client) -> None:
    asked = client.post("/en/account/sign-in", {"email": "zofia@example.com"})
    form = {**hidden(client.get(asked["Location"])), "code": code_for("zofia@example.com")}
    with clock.freeze(clock.now() + timedelta(minutes=16)):
        assert client.post("/en/account/code", form).status_code == 422
    for challenge in ("", "x", "0" * 32):
        assert client.post("/en/account/code", {**form, "challenge": challenge})["Location"] == "/en/account/sign-in"


@pytest.mark.parametrize(
    "wish",
    [
        "https://evil.example/en/",
        "//evil.example",
        "/\\evil.example",
        "/back/",
        "/api/v1/x",
        "/enx/",
        "javascript:x",
        "\n/en/",
        "",
    ],
)
def test_it_leads_on_to_pages_of_the_shop_alone(client: Client, wish: str) -> None:
    assert own_path(wish, "nb") == "/nb/account/"
    assert sign_in(client, target=wish)["Location"] == "/en/account/"


def test_a_page_that_needs_an_account_is_shown_after_signing_in(client: Client) -> None:
    sent = client.get("/nb/account/addresses?x=1")
    assert sent["Location"] == "/nb/account/sign-in?next=%2Fnb%2Faccount%2Faddresses%3Fx%3D1"
    assert sign_in(client, language="nb", target="/nb/account/addresses?x=1")["Location"] == "/nb/account/addresses?x=1"


def test_a_guest_who_signs_in_finds_the_old_addresses(client: Client) -> None:
    guest = customers.customer("zofia@example.com", name="Zofia Nowak")
    from nitka.people.customers import actions

    actions.save_address(customer_id=guest, address=customers.WARSAW)
    sign_in(client)
    assert "Marszałkowska" in client.get("/en/account/addresses").content.decode()


def test_staff_with_a_second_factor_are_sent_to_show_it(client: Client) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    agent = users.staff("agent")
    TOTP.activate(agent, "ABCDEFGHIJKLMNOP")
    assert Authenticator.objects.count() == 1
    page = sign_in(client, email=agent.email)
    assert page.status_code == 403 and "/back/sign-in" in page.content.decode()
    assert client.get("/en/account/").status_code == 302


def test_signing_out_ends_the_session(client: Client) -> None:
    sign_in(client)
    old = client.cookies["nitka_session"].value
    client.post("/en/account/sign-out")
    client.cookies["nitka_session"] = old
    assert client.get("/en/account/").status_code == 302


def test_a_post_from_another_site_is_refused(client: Client) -> None:
    asked = client.post("/en/account/sign-in", {"email": "a@example.com"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert asked.status_code == 403


def test_a_browser_can_be_signed_out_from_another(client: Client) -> None:
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) AppleWebKit Safari/604.1"})
    sign_in(phone)
    sign_in(client)
    page = client.get("/en/account/security").content.decode()
    assert "Safari, iPhone" in page and phone.cookies["nitka_session"].value not in page
    (end,) = re.findall(r"/en/account/sessions/(\d+)/end", page)
    stranger = Client()
    sign_in(stranger, email="kari@example.com")
    stranger.post(f"/en/account/sessions/{end}/end")
    assert phone.get("/en/account/").status_code == 200
    client.post(f"/en/account/sessions/{end}/end")
    assert phone.get("/en/account/").status_code == 302 and client.get("/en/account/").status_code == 200


def test_all_other_browsers_can_be_signed_out_at_once(client: Client) -> None:
    others = [Client(), Client()]
    for each in [*others, client]:
        sign_in(each)
    client.post("/en/account/sessions/end-others")
    assert [each.get("/en/account/").status_code for each in [*others, client]] == [302, 302, 200]


def test_ways_in_are_changed_only_soon_after_signing_in(client: Client) -> None:
    sign_in(client)
    begin = "/en/account/passkeys/begin"
    assert "challenge" in str(client.post(begin, "{}", content_type="application/json").json())
    with clock.freeze(clock.now() + timedelta(minutes=16)):
        refused = client.post(begin, "{}", content_type="application/json")
    assert refused.status_code == 403 and "again=1" in refused.json()["go"]


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"credential": 5}', '{"credential": {"id": "x", "response": {"userHandle": "eA"}}}']
)
def test_a_passkey_that_is_none_is_refused_politely(client: Client, body: str) -> None:
    client.post("/en/account/passkey/begin", "{}", content_type="application/json")
    answer = client.post("/en/account/passkey", body, content_type="application/json")
    assert answer.status_code in {422, 429} and answer.json()["error"]


def test_the_recovery_link_of_accounts_is_not_a_page_of_shoppers() -> None:
    assert accounts.make_sign_in_link(user_id=users.shopper().id).startswith("/back/sign-in/link/")
