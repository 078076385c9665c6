"""Finding a customer by what somebody remembers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.people.customers import actions as customers
from nitka.people.customers import queries
from nitka.people.customers.letters import plain
from nitka.people.customers.models import Customer
from nitka.people.customers.tests import makers
from tests.cast import ANNA, NORDLYS, SHOPPERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, str]:
    """Everybody of the cast, by e-mail address."""
    for person in (*SHOPPERS.values(), ANNA, NORDLYS):
        made = makers.customer(person.email, name=person.name)
        customers.save_address(customer_id=made, address=person.address)
        customers.set_name(customer_id=made, name=person.name, phone=person.address.phone)
    return {row.email or "": row.code for row in Customer.objects.all()}


def found(text: str, limit: int = 20) -> list[str]:
    return [each.email for each in queries.search(text, limit)]


@pytest.mark.parametrize(("typed", "email"), [
    ("Иван", "ivan@example.com"), ("Ivan", "ivan@example.com"), ("ivan petrov", "ivan@example.com"),
    ("petrov iv", "ivan@example.com"), ("Iwan Pietrow", "ivan@example.com"), ("petorv", "ivan@example.com"),
    ("Ани", "ani@example.com"), ("Petrosyan", "ani@example.com"), ("Պետրոսյան", "ani@example.com"),
    ("petrosian", "ani@example.com"), ("Ivanova Maria", "maria@example.com"), ("Иваноа", "maria@example.com"),
    ("anna novak", "anna@example.com"), ("Kari Brg", "kari@nordlys.example"), ("nordlys", "kari@nordlys.example"),
    ("kari@nordlys.example", "kari@nordlys.example"), ("KARI@", "kari@nordlys.example"), ("jhon smith", "john@example.com"), ("Jhon", "john@example.com"), ("Smiht", "john@example.com"),
    ("+48 512 345 678", "anna@example.com"), ("512-345-678", "anna@example.com"), ("0512 345 678", "anna@example.com"),
    ("22 33 44 55", "kari@nordlys.example"), ("0047 22334455", "kari@nordlys.example"), ("(212) 555-1234", "john@example.com"),
])  # fmt: skip
def test_it_finds_them_first(people: dict[str, str], typed: str, email: str) -> None:
    assert found(typed)[:1] == [email]


def test_it_finds_a_code_however_it_is_typed(people: dict[str, str]) -> None:
    code = people["anna@example.com"]
    assert found(code.lower()) == ["anna@example.com"] == found(f" {code} ")


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "\x00", "zzzzqqqq", "999999999", "@", "'; drop table"])
def test_nobody_fits(people: dict[str, str], typed: str) -> None:
    assert found(typed) == []


def test_what_changed_is_found_anew_and_what_was_is_not(people: dict[str, str]) -> None:
    anna = queries.customer_by_email("anna@example.com")
    assert anna
    customers.set_name(customer_id=anna.id, name="Anna Zielińska")
    for saved in queries.addresses_of(anna.id):
        customers.delete_address(customer_id=anna.id, address_id=saved.id)
    assert found("Zielinska") == ["anna@example.com"]
    assert found("Nowak") == [] and found("512345678") == []


def test_a_merged_customer_is_found_as_who_they_are_now(people: dict[str, str]) -> None:
    anna, kari = (queries.customer_by_email(each) for each in ("anna@example.com", "kari@nordlys.example"))
    assert anna and kari
    Customer.objects.filter(id=kari.id).update(merged_into_id=anna.id)
    assert found("nordlys") == found("kari@nordlys.example") == ["anna@example.com"]


def test_it_asks_six_questions_at_most(people: dict[str, str]) -> None:
    with CaptureQueriesContext(connection) as captured:
        found("petorv ivna")
    assert len([each for each in captured if "SAVEPOINT" not in each["sql"]]) <= 6


@pytest.mark.parametrize(("one", "other"), [
    ("Юлия", "Julia"), ("Łukasz", "Lukash"), ("Щербаков", "Shcherbakov"), ("Søren Åberg", "Soren Aberg"),
    ("Ковальчик", "Kowalczyk"), ("Քրիստինե", "Kristine"), ("ПЁТР", "petr"), ("Мүller", "Мүller"), ("Anna", "Ana"),
])  # fmt: skip
def test_scripts_and_spellings_sound_alike(one: str, other: str) -> None:
    assert plain(one) == plain(other)
