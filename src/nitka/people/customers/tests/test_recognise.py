import threading
from uuid import UUID

import pytest
from django.db import connection

from nitka.people.accounts.models import User
from nitka.people.customers import actions as customers
from nitka.people.customers import queries
from nitka.people.customers.models import Customer
from nitka.people.customers.tests import makers


@pytest.mark.django_db
def test_one_person_is_one_customer_however_the_address_is_written() -> None:
    first = makers.customer("Zofia@Example.com ")
    assert makers.customer("zofia@example.com") == first
    found = queries.customer_by_email("ZOFIA@example.com")
    assert found is not None and (found.id, found.email, found.language) == (first, "zofia@example.com", "pl")


@pytest.mark.django_db
def test_an_unproved_address_changes_nothing_that_is_known() -> None:
    known = makers.customer(name="Zofia")
    customers.recognise(email="zofia@example.com", language="ru", market="ru", name="Mallory")
    found = queries.customer(known)
    assert found is not None and (found.name, found.language, found.market) == ("Zofia", "pl", "pl")


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["", "zofia", "zofia@", "a b@example.com", "x" * 250 + "@example.com"])
def test_it_refuses_what_is_no_address(email: str) -> None:
    with pytest.raises(customers.EmailProblem):
        makers.customer(email)


@pytest.mark.django_db(transaction=True)
def test_ten_requests_at_once_make_one_customer() -> None:
    found: list[UUID] = []
    gate = threading.Barrier(10)

    def meet() -> None:
        gate.wait()
        try:
            found.append(makers.customer())
        finally:
            connection.close()

    threads = [threading.Thread(target=meet) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 10 and len(set(found)) == 1
    assert Customer.objects.count() == 1


@pytest.mark.django_db
def test_a_guest_who_signs_in_keeps_what_the_guest_had() -> None:
    guest = makers.customer()
    user = User.objects.create_user("zofia@example.com")
    assert customers.link_user(user_id=user.id, email=user.email) == guest
    assert customers.link_user(user_id=user.id, email=user.email) == guest
    found = queries.customer_of_user(user.id)
    assert found is not None and found.id == guest


@pytest.mark.django_db
def test_two_proved_people_are_never_made_one() -> None:
    old, new = User.objects.create_user("old@example.com"), User.objects.create_user("new@example.com")
    first = customers.link_user(user_id=old.id, email="shared@example.com")
    second = customers.link_user(user_id=new.id, email="shared@example.com")
    assert first != second
    assert queries.customer_of_user(old.id).id == first and queries.customer_of_user(new.id).id == second


@pytest.mark.django_db
def test_addresses_are_kept_once_and_belong_to_their_customer_alone() -> None:
    zofia, kari = makers.customer(), makers.customer("kari@example.com")
    kept = customers.save_address(customer_id=zofia, address=makers.WARSAW)
    assert customers.save_address(customer_id=zofia, address=makers.WARSAW) == kept
    with pytest.raises(customers.NotYourAddress):
        customers.change_address(customer_id=kari, address_id=kept, address=makers.OSLO)
    customers.delete_address(customer_id=kari, address_id=kept)
    assert [saved.address.city for saved in queries.addresses_of(zofia)] == ["Warszawa"]
    customers.change_address(customer_id=zofia, address_id=kept, address=makers.OSLO)
    assert [saved.address.city for saved in queries.addresses_of(zofia)] == ["Oslo"]
    customers.delete_address(customer_id=zofia, address_id=kept)
    assert queries.addresses_of(zofia) == []
