from dataclasses import replace

import pytest
from django.utils import translation

from nitka.people.customers.actions import AddressProblem, check_address
from nitka.people.customers.queries import PostalAddress, address_form, countries
from nitka.people.customers.tests.makers import WARSAW

GOOD = {
    "PL": PostalAddress(name="Zofia", line1="Długa 1", postcode="00590", city="Warszawa", country="pl"),
    "NO": PostalAddress(name="Kari", line1="Storgata 1", postcode="N-0155", city="Oslo", country="NO"),
    "US": PostalAddress(
        name="Ann", line1="1 Main St", postcode="95014", city="Cupertino", region="California", country="US"
    ),
    "AM": PostalAddress(name="Անի", line1="Աբովյան 12", postcode="0001", city="Երևան", country="AM"),
    "RU": PostalAddress(
        name="Анна",
        line1="ул. Ленина, 1",
        postcode="630007",
        city="Новосибирск",
        region="Новосибирская область",
        country="RU",
    ),
    "DE": PostalAddress(company="Tischlerei Öz", line1="Torstraße 1", postcode="D-10115", city="Berlin", country="DE"),
    "GB": PostalAddress(name="Ann", line1="10 High St", postcode="ec1y8sy", city="London", country="GB"),
    "JP": PostalAddress(
        name="花子", line1="千代田1-1", postcode="1000001", city="千代田区", region="東京都", country="JP"
    ),
}
POSTCODES = {"PL": "00-590", "NO": "0155", "US": "95014", "AM": "0001", "RU": "630007", "DE": "10115",
             "GB": "EC1Y 8SY", "JP": "100-0001"}  # fmt: skip


@pytest.mark.parametrize("country", GOOD)
def test_a_good_address_passes_and_its_postcode_is_written_as_officials_do(country: str) -> None:
    checked = check_address(address=GOOD[country])
    assert (checked.country, checked.postcode) == (country, POSTCODES[country])
    assert checked.city == GOOD[country].city, "the customer's own spelling stays"


@pytest.mark.parametrize("country", GOOD)
def test_a_wrong_postcode_is_refused_at_its_field(country: str) -> None:
    with pytest.raises(AddressProblem) as refused:
        check_address(address=replace(GOOD[country], postcode="XX 1"))
    assert list(refused.value.fields) == ["postcode"]


@pytest.mark.parametrize("country", ["US", "RU", "JP"])
def test_a_region_that_does_not_exist_is_refused(country: str) -> None:
    with pytest.raises(AddressProblem) as refused:
        check_address(address=replace(GOOD[country], region="Atlantis"))
    assert "region" in refused.value.fields


def test_every_field_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(AddressProblem) as refused:
        check_address(address=PostalAddress(country="PL"))
    assert set(refused.value.fields) == {"name", "line1", "postcode", "city"}


def test_a_country_that_does_not_exist_is_refused() -> None:
    for country in ("", "ZZ", "Poland", "../"):
        with pytest.raises(AddressProblem) as refused:
            check_address(address=replace(WARSAW, country=country))
        assert set(refused.value.fields) == {"country"}


def test_the_american_state_becomes_its_code() -> None:
    assert check_address(address=GOOD["US"]).region == "CA"


def test_a_telephone_is_read_as_people_of_the_country_write_it() -> None:
    assert check_address(address=WARSAW).phone == "+48225550123"
    assert check_address(address=replace(GOOD["NO"], phone="22 22 55 55")).phone == "+4722225555"
    assert check_address(address=replace(GOOD["NO"], phone="+48 22 555 01 23")).phone == "+48225550123"


def test_a_telephone_that_cannot_ring_is_refused() -> None:
    with pytest.raises(AddressProblem) as refused:
        check_address(address=replace(WARSAW, phone="12"))
    assert set(refused.value.fields) == {"phone"}


def test_control_characters_and_endless_text_do_not_pass() -> None:
    assert check_address(address=replace(WARSAW, line1="Długa\r\n1\t\x00")).line1 == "Długa 1"
    with pytest.raises(AddressProblem) as refused:
        check_address(address=replace(WARSAW, city="x" * 5000))
    assert "city" in refused.value.fields


def test_the_form_has_the_order_of_the_country() -> None:
    assert [field.name for field in address_form("PL", "pl")] == [
        "name", "company", "line1", "line2", "postcode", "city", "phone"]  # fmt: skip
    assert [field.name for field in address_form("US", "en")] == [
        "name", "company", "line1", "line2", "city", "region", "postcode", "phone"]  # fmt: skip
    assert [field.name for field in address_form("JP", "en")][2:5] == ["postcode", "region", "city"]


def test_the_form_knows_what_is_required_and_how_browsers_fill_it() -> None:
    fields = {field.name: field for field in address_form("US", "en")}
    assert fields["region"].required and fields["region"].label == "State"
    assert ("CA", "California") in fields["region"].choices
    assert fields["postcode"].label == "ZIP code" and fields["postcode"].autocomplete == "postal-code"
    assert not fields["company"].required and not {f.name: f for f in address_form("AM", "hy")}["postcode"].required


def test_regions_are_named_for_their_reader() -> None:
    def labels(language: str) -> set[str]:
        return {label for field in address_form("AM", language) for _value, label in field.choices}

    assert "Երևան" in labels("hy") and "Yerevan" in labels("en")
    assert len({f.name: f for f in address_form("AM", "en")}["region"].choices) == 11


def test_every_country_can_be_written() -> None:
    from nitka.people.customers.places import known_countries

    for country in known_countries():
        names = [field.name for field in address_form(country, "en")]
        assert "line1" in names and names[-1] == "phone"


def test_countries_are_named_and_sorted_in_the_readers_language() -> None:
    with translation.override("en"):
        assert countries(("NO", "AM", "DE"), "pl") == (("AM", "Armenia"), ("DE", "Niemcy"), ("NO", "Norwegia"))


def test_a_city_that_is_a_region_of_its_own_needs_no_region() -> None:
    moscow = PostalAddress(name="Мария", line1="ул. Тверская, 7", postcode="125009", city="Москва", country="RU")
    assert check_address(address=moscow).region == "Москва"


def test_the_people_of_the_tests_live_at_good_addresses() -> None:
    from tests.cast import ANNA, SHOPPERS, STRANGER

    for person in (ANNA, STRANGER, *SHOPPERS.values()):
        assert check_address(address=person.address).country == person.address.country
