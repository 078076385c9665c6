import pytest

from nitka.people.customers.queries import evidence_id, normal


@pytest.mark.parametrize(
    "junk",
    ["", " ", "0", "000-000", "00000000-0000-0000-0000-000000000000", "-1", "null", "NULL", "undefined", "Anonymous",
     "guest", "none", "NaN", "[object Object]", "test", "Test 1", "test_user", "{{user_id}}", "${id}", "%USER_ID%",
     "not set", "x" * 300, None, True, 1.5, {}],
)  # fmt: skip
def test_what_programs_write_when_they_know_nobody_is_no_id(junk: object) -> None:
    assert normal("login", junk) is None and normal("device", junk) is None


def test_a_kind_that_does_not_exist_has_no_values() -> None:
    assert normal("shoe_size", "44") is None


def test_an_id_is_kept_as_it_is() -> None:
    assert normal("login", " User-7 ") == "User-7"
    assert normal("telegram", 123456) == "123456"
    assert normal("device", "testa1b2") == "testa1b2"


def test_an_address_is_written_in_one_way() -> None:
    assert normal("email", " Zofia@Example.COM ") == "zofia@example.com"
    assert normal("email", "zofia") is None and normal("email", "null") is None


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("22 555 01 23", "PL", "+48225550123"),
        ("+48 22 555 01 23", "", "+48225550123"),
        ("0048225550123", "", "+48225550123"),
        ("+54 9 11 2345-6789", "", "+541123456789"),
        ("+54 11 2345-6789", "", "+541123456789"),
        ("+52 1 55 1234 5678", "", "+525512345678"),
        ("+52 55 1234 5678", "", "+525512345678"),
        ("+55 11 8765-4321", "", "+5511987654321"),
        ("+55 11 98765-4321", "", "+5511987654321"),
        ("+55 11 3333-4444", "", "+551133334444"),
        ("22 555 01 23", "", None),
        ("+48 111 111 111", "", None),
        ("123456789", "PL", None),
        ("call me", "PL", None),
    ],
)
def test_a_telephone_has_one_form(written: str, country: str, kept: str | None) -> None:
    assert normal("phone", written, country) == kept


def test_whatsapp_names_people_in_two_ways() -> None:
    assert normal("whatsapp", "5491123456789") == normal("whatsapp", "+541123456789") == "541123456789"
    assert normal("whatsapp", "us.13491208655302741918") == "US.13491208655302741918"


def test_the_id_follows_from_kind_and_value() -> None:
    assert evidence_id("email", "zofia@example.com") == evidence_id("email", "zofia@example.com")
    assert evidence_id("email", "x") != evidence_id("login", "x")
