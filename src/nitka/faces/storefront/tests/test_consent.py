"""GET and POST /<language>/consent, and the bar that asks"""

import re
from typing import Any

import pytest
from django.test import Client

from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.people.customers import queries as customers
from nitka.people.customers.models import Consent

pytestmark = pytest.mark.django_db
HOME = "/en/"


def bar(client: Client, path: str = HOME, **headers: str) -> str:
    found = re.search(
        r'<section class="consent".*?</section>', client.get(path, headers=headers).content.decode(), re.S
    )
    return found[0] if found else ""


def answer(client: Client, choice: str, *purposes: str, **headers: Any) -> Any:
    return client.post("/en/consent", {"choice": choice, "purpose": purposes, "from": "banner"}, headers=headers)


def device(client: Client) -> Any:
    return customers.evidence_id("device", client.cookies["nitka_visitor"].value)


def test_refusing_is_as_easy_as_accepting(visitor: Client) -> None:
    first, second = re.findall(r"<button([^>]*)>", bar(visitor))[:2]
    assert 'value="none"' in first and 'value="all"' in second
    assert first.replace("none", "all") == second, "one size, one colour"
    assert "checked" not in bar(visitor), "nothing is ticked for anybody"


def test_a_refusal_leaves_a_note_of_itself_and_nothing_else(visitor: Client) -> None:
    went = answer(visitor, "none", Referer="http://testserver/en/c/textiles/?sort=new")
    assert (went.status_code, went["Location"]) == (303, "/en/c/textiles/?sort=new")
    assert visitor.cookies["nitka_consent"].value == "v1.---.2026-11"
    assert "nitka_visitor" not in visitor.cookies or not visitor.cookies["nitka_visitor"].value
    assert not Consent.objects.exists()
    assert bar(visitor) == ""


def test_a_yes_makes_the_number_of_the_device_and_a_line_in_the_ledger(visitor: Client) -> None:
    answer(visitor, "chosen", "analytics")
    cookie = visitor.cookies["nitka_visitor"]
    assert (cookie["samesite"], cookie["httponly"], visitor.cookies["nitka_consent"].value) == (
        "Lax",
        "",
        "v1.a--.2026-11",
    )
    lines = {line.purpose: line.granted for line in customers.consents_of(evidence=[device(visitor)])}
    assert lines == {"analytics": True, "personalisation": False, "advertising": False}


def test_taking_it_back_deletes_the_number_and_stops_the_collecting(visitor: Client) -> None:
    answer(visitor, "all")
    known = device(visitor)
    answer(visitor, "none")
    assert visitor.cookies["nitka_visitor"].value == ""
    assert customers.refused([known], "analytics") == {known}
    answer(visitor, "all")
    assert device(visitor) != known, "who comes back is somebody new"


def test_a_script_gets_an_answer_instead_of_a_page(visitor: Client) -> None:
    got = answer(visitor, "all", Accept="application/json")
    assert got.json() == {"analytics": True, "personalisation": True, "advertising": True, "textVersion": "2026-11"}


def test_global_privacy_control_ends_advertising_and_is_told_so(visitor: Client) -> None:
    hidden = 'data-heard="gpc" hidden'
    assert hidden in bar(visitor) and hidden not in bar(visitor, **{"Sec-GPC": "1"})
    answer(visitor, "all", **{"Sec-GPC": "1"})
    assert visitor.cookies["nitka_consent"].value == "v1.ap-.2026-11"


def test_do_not_track_needs_a_tick_of_its_own_for_measuring(visitor: Client) -> None:
    answer(visitor, "all", DNT="1")
    assert visitor.cookies["nitka_consent"].value == "v1.-ps.2026-11"
    answer(visitor, "chosen", "analytics", DNT="1")
    assert visitor.cookies["nitka_consent"].value == "v1.a--.2026-11"


def test_the_page_shows_what_holds_and_asks_in_one_place(visitor: Client) -> None:
    answer(visitor, "chosen", "personalisation")
    text = visitor.get("/en/consent").content.decode()
    assert re.findall(r'value="(\w+)" aria-describedby="[^"]*" checked', text) == ["personalisation"]
    assert bar(Client(), "/en/consent") == ""
    assert 'href="/en/consent"' in visitor.get(HOME).content.decode(), "from every page"
    went = answer(visitor, "none", Referer="http://testserver/en/consent?saved=1")
    assert went["Location"] == "/en/consent?saved=1"


def test_a_new_text_asks_again(visitor: Client) -> None:
    visitor.cookies["nitka_consent"] = "v1.aps.2020-01"
    assert bar(visitor)


@pytest.mark.parametrize("referer", ["https://evil.example/", "//evil.example/x", ""])
def test_it_leads_to_no_other_site(visitor: Client, referer: str) -> None:
    assert answer(visitor, "none", Referer=referer)["Location"] == HOME


def test_a_choice_of_somebody_signed_in_is_theirs(visitor: Client) -> None:
    sign_in(visitor)
    answer(visitor, "none")
    row = Consent.objects.filter(purpose="advertising").get()
    assert row.customer_id is not None and row.evidence is None


def test_the_shop_says_that_it_heeds_gpc(visitor: Client) -> None:
    assert visitor.get("/.well-known/gpc.json").json()["gpc"] is True
