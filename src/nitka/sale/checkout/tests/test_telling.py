from datetime import date

import pytest

from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.sale.checkout import actions
from nitka.sale.checkout.tests.makers import goods, open_shop, ready_cart
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
EMAIL = "max@example.com"


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def order_and_tell(**told: object) -> None:
    token = ready_cart((goods(), 1), email=EMAIL)
    actions.fill_in(token=token, told_us=told)
    actions.place(token=token, key="one", return_url="/")
    run_jobs()


def test_what_a_new_customer_tells_is_kept() -> None:
    order_and_tell(birthday="1990-05-04", heard_from="a friend")
    known = people.customer_by_email(EMAIL)
    assert known and (known.birthday, known.heard_from) == (date(1990, 5, 4), "a friend")


def test_somebody_who_types_another_ones_address_changes_nothing_that_is_known() -> None:
    customer = customers.recognise(email=EMAIL, language="en", market="eu")
    customers.tell_us(customer_id=customer, birthday=date(1980, 1, 2))
    order_and_tell(birthday="1990-05-04")
    known = people.customer(customer)
    assert known and known.birthday == date(1980, 1, 2)
