"""The six questions, and the settings that follow."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nitka.faces.backoffice import wizard
from nitka.faces.backoffice.tests import makers
from nitka.people.contact import queries as contact
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

pytestmark = pytest.mark.django_db


def test_a_new_owner_is_led_through_the_questions_and_may_come_back_later() -> None:
    client = makers.signed_in()
    assert client.get("/back/")["Location"] == "/back/settings/shop/name/"
    answer = client.post("/back/settings/shop/name/", {"name": "Tråd", "accent": "#b4472e"})
    assert answer["Location"] == "/back/settings/shop/address/"
    assert content.shop().name == "Tråd" and content.shop().accent == ""
    assert client.get("/back/?later=1").status_code == 200
    assert "Go on with the six questions" in client.get("/back/").content.decode()


def test_all_six_answers_open_the_shop() -> None:
    client = makers.signed_in()
    post = client.post
    post("/back/settings/shop/name/", {"name": "Tråd"})
    address = {
        "legal_name": "Tråd AS",
        "line1": "Storgata 1",
        "city": "Oslo",
        "country": "NO",
        "vat_number": "NO 923 609 016 MVA",
    }
    post("/back/settings/shop/address/", address)
    post("/back/settings/shop/bank/", {"later": "1"})
    post(
        "/back/settings/shop/markets/",
        {"market": ["eu", "no"], "language": ["en", "nb"], "zone": "Europe/Oslo", "currency": "NOK"},
    )
    post(
        "/back/settings/shop/delivery/",
        {"location_name": "Oslo", "location_country": "NO", "location_code": "main", "built_in": "1"},
    )
    last = post("/back/settings/shop/mail/", {"email": "hello@traad.example"})
    assert last["Location"] == "/back/" and wizard.next_step() == ""
    assert {market.code for market in pricing.markets()} == {"eu", "no"}
    assert content.shop().languages == ("en", "nb")
    assert shipping.option_rows().count() == 4
    assert contact.sender().shop_name == "Tråd"
    assert client.get("/back/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"country": "ZZ"}, "Choose the country of the shop."),
        ({"country": ""}, "Choose the country of the shop."),
        ({"vat_number": "nope"}, "This VAT number has a mistake"),
        ({"legal_name": " "}, "Write the legal name"),
        ({"line1": ""}, "Write the street"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(wrong: dict[str, str], words: str) -> None:
    address = {"legal_name": "Tråd AS", "line1": "Storgata 1", "city": "Oslo", "country": "PL", "vat_number": ""}
    page = makers.signed_in().post("/back/settings/shop/address/", address | wrong)
    assert page.status_code == 200 and words in page.content.decode()
    assert content.shop().city == "" and makers.audit("setup.address") == []


def test_parcels_leave_from_a_country_that_exists() -> None:
    makers.a_shop()
    answer = makers.signed_in().post("/back/settings/shop/delivery/", {"location_country": "ZZ", "built_in": "1"})
    assert "Choose the country that parcels leave from." in answer.content.decode()


def test_a_wrong_iban_is_refused_in_words() -> None:
    makers.a_shop()
    page = (
        makers.signed_in().post("/back/settings/shop/bank/", {"iban": "PL61109010140000071219812875"}).content.decode()
    )
    assert "This IBAN has a mistake" in page and "PL61109010140000071219812875" in page
    assert makers.audit("setup.bank") == []


def test_the_test_mail_goes_to_whoever_asked() -> None:
    makers.a_shop()
    makers.signed_in().post("/back/settings/shop/mail/", {"email": "shop@traad.example", "test": "1"})
    assert [mail.to for mail in contact.mailbox_rows()] == ["owner@example.com"]


def test_a_logo_is_a_picture(settings: Any, tmp_path: Path) -> None:
    makers.a_shop()
    settings.MEDIA_ROOT = tmp_path
    client = makers.signed_in()
    svg = SimpleUploadedFile("logo.svg", b"<svg onload='x'/>", "image/svg+xml")
    assert "A logo is a PNG" in client.post("/back/settings/shop/name/", {"name": "Tråd", "logo": svg}).content.decode()


@pytest.mark.parametrize(
    "address",
    ["settings/", "settings/shop/bank/", "settings/delivery/", "settings/promotions/", "settings/synonyms/", "content/",
     "staff/", "audit/", "system/"],
)  # fmt: skip
def test_an_agent_may_not_edit_settings(address: str) -> None:
    makers.a_shop()
    answer = makers.signed_in("agent").get(f"/back/{address}")
    assert answer.status_code == 403 and "agent" in answer.content.decode()


def test_a_delivery_option_is_changed() -> None:
    makers.a_shop()
    body = {
        "name.en": "By bicycle", "cut_off": "10:30", "handling_days": "0", "transit_days_from": "0",
        "transit_days": "1",
        "countries": "pl, de", "price.pl": "12,50", "free.pl": "200", "position": "1", "active": "1",
    }  # fmt: skip
    makers.signed_in().post("/back/settings/delivery/next_day/", body)
    row = shipping.option_rows().get(code="next_day")
    assert (row.names["en"], row.countries, row.prices, row.free_from) == (
        "By bicycle", ["PL", "DE"], {"pl": 1250}, {"pl": 20000},
    )  # fmt: skip
    assert makers.audit("delivery.option") == ["next_day"]


def test_synonyms_are_groups_of_a_line() -> None:
    makers.a_shop()
    client = makers.signed_in()
    client.post("/back/settings/synonyms/", {"language": "pl", "groups": "sofa, kanapa\r\nalone\r\n lampa ,  lampka"})
    assert search.synonyms("pl") == [["sofa", "kanapa"], ["lampa", "lampka"]]
    assert "sofa, kanapa" in client.get("/back/settings/synonyms/?language=pl").content.decode()
