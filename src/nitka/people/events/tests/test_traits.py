from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.events import traits
from nitka.people.events.models import Event, Kind, Source
from nitka.people.events.tests.makers import event

pytestmark = pytest.mark.django_db
ADA = people.evidence_id("login", "ada-1")


@pytest.fixture
def program() -> int:
    return Source.objects.create(code="shop-app", name="App", write_key="k", kind="server", trusted=True).id


def identify(source: int, **said: object) -> None:
    event(evidence=ADA, kind=Kind.IDENTIFY, name="", source=source, properties=said)


def known() -> people.CustomerView:
    customers.see(kind="login", value="ada-1", standing=1, source="shop-app")
    customers.settle_links()
    found = people.customer(people.owners_of([ADA])[ADA])
    assert found
    return found


def test_a_name_that_a_program_knows_is_kept(program: int) -> None:
    known()
    identify(program, firstName="Ada", lastName="Lovelace", phone="+47 22 12 34 56")
    assert traits.step() == 1
    assert (known().name, known().phone) == ("Ada Lovelace", "+4722123456")
    assert [found.id for found in people.search("lovelace", 5)] == [known().id]


def test_what_the_customer_told_us_stays(program: int) -> None:
    customers.set_name(customer_id=known().id, name="Countess")
    identify(program, name="Ada Lovelace", phone="not a number")
    traits.step()
    assert (known().name, known().phone) == ("Countess", "")


def test_a_browser_may_say_what_it_likes(program: int) -> None:
    source = Source.objects.create(code="page", name="Page", write_key="p", kind="browser", trusted=False)
    known()
    identify(source.id, name="Mallory")
    traits.step()
    assert known().name == ""


def test_who_is_not_settled_yet_is_waited_for(program: int) -> None:
    identify(program, name="Ada Lovelace")
    assert traits.step() == 0
    known()
    assert traits.step() == 1
    assert known().name == "Ada Lovelace"


def test_nobody_is_waited_for_longer_than_a_minute(program: int) -> None:
    identify(program, name="Ada Lovelace")
    Event.objects.update(received_at=clock.now() - timedelta(minutes=2))
    assert traits.step() == 1
    assert traits.step() == 0


def test_a_group_is_a_company_that_the_person_belongs_to(program: int) -> None:
    anna = known()
    for said in ({"groupId": "acme-7"}, {"groupId": "acme-7", "name": "Acme AS"}):
        event(evidence=ADA, kind=Kind.GROUP, name="", source=program, properties=said)
    traits.step()
    [company] = people.companies_of(anna.id)
    assert (company.name, company.role) == ("Acme AS", "other")
    assert people.people_of(company.id) == [anna.id]
    customers.join_company(company_id=company.id, customer_id=anna.id, role="admin")
    event(evidence=ADA, kind=Kind.GROUP, name="", source=program, properties={"groupId": "acme-7", "name": "Other"})
    traits.step()
    [company] = people.companies_of(anna.id)
    assert (company.name, company.role) == ("Acme AS", "admin"), "what staff said stays"
