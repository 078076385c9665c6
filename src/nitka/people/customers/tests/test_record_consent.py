from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from nitka.people.customers import actions as customers
from nitka.people.customers import queries
from nitka.people.customers.models import Consent
from nitka.people.customers.queries import OccasionView
from nitka.people.customers.tests import makers

pytestmark = pytest.mark.django_db


def consent(granted: bool, purpose: str = "newsletter") -> None:
    customers.record_consent(
        email="Zofia@example.com", purpose=purpose, granted=granted, source="footer", text_version="1"
    )


def test_the_newest_line_counts() -> None:
    assert not queries.has_consent("zofia@example.com", "newsletter")
    for granted in (True, False, True):
        consent(granted)
        assert queries.has_consent("zofia@example.com", "newsletter") is granted
    assert not queries.has_consent("zofia@example.com", "analytics")
    assert [line.granted for line in queries.consents_of("zofia@example.com")] == [True, False, True]


def test_an_unknown_purpose_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no purpose"):
        consent(True, "everything")


@pytest.mark.parametrize(
    "statement", ["UPDATE customers_consents SET state = 'granted'", "DELETE FROM customers_consents"]
)
def test_the_ledger_refuses_to_be_changed(statement: str) -> None:
    consent(False)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Consent.objects.count() == 1


def test_what_a_customer_tells_stands_in_the_ledger_with_its_purpose() -> None:
    zofia = makers.customer()
    customers.tell_us(customer_id=zofia, birthday=date(1990, 2, 28), heard_from="a friend")
    assert queries.has_consent("zofia@example.com", "occasions")
    assert queries.has_consent("zofia@example.com", "heard_from")
    customers.tell_us(customer_id=zofia, forget=("birthday",))
    assert not queries.has_consent("zofia@example.com", "occasions")
    assert queries.customer(zofia).birthday is None and queries.customer(zofia).heard_from == "a friend"


def test_the_purpose_stays_granted_while_another_occasion_is_kept() -> None:
    zofia = makers.customer()
    days = [OccasionView("anniversary", "Wedding", 2, 29), OccasionView("name_day", "", 5, 15, 2020)]
    customers.tell_us(customer_id=zofia, birthday=date(1990, 2, 28), occasions=days)
    customers.tell_us(customer_id=zofia, forget=("birthday",))
    assert queries.has_consent("zofia@example.com", "occasions")
    assert queries.occasions_of(zofia) == days


@pytest.mark.parametrize("birthday", [date(2999, 1, 1), date(1800, 1, 1)])
def test_it_refuses_a_birthday_that_nobody_has(birthday: date) -> None:
    with pytest.raises(customers.ToldProblem):
        customers.tell_us(customer_id=makers.customer(), birthday=birthday)


def test_it_refuses_a_day_that_does_not_exist() -> None:
    with pytest.raises(customers.ToldProblem):
        customers.tell_us(customer_id=makers.customer(), occasions=[OccasionView("other", "", 2, 30)])


def test_preferences_that_do_not_exist_are_refused() -> None:
    zofia = makers.customer()
    customers.set_preferences(customer_id=zofia, language="nb", units="imperial")
    with pytest.raises(customers.ToldProblem):
        customers.set_preferences(customer_id=zofia, language="xx")
    assert (queries.customer(zofia).language, queries.customer(zofia).units) == ("nb", "imperial")
