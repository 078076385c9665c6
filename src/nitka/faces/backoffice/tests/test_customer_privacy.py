"""POST /back/customers/<id>/export and /erase"""

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.people.accounts import queries as accounts
from nitka.people.customers import queries as customers
from nitka.people.customers.tests import makers as people

pytestmark = pytest.mark.django_db


def test_everything_is_handed_out_and_that_is_recorded() -> None:
    zofia = people.customer()
    answer = makers.signed_in("manager").post(f"/back/customers/{zofia}/export")
    assert answer["Content-Type"] == "application/zip" and b"".join(answer.streaming_content)[:2] == b"PK"
    (line,) = accounts.audit_rows()
    assert line.verb == "customer.exported" and "@" not in line.subject


def test_a_customer_is_erased_once_the_code_was_typed() -> None:
    zofia = people.customer()
    code, manager = customers.customer(zofia).code, makers.signed_in("manager")
    assert code in manager.get(f"/back/customers/{zofia}/").content.decode()
    manager.post(f"/back/customers/{zofia}/erase", {"code": "C-SOME-BODY"})
    assert customers.customer(zofia).email
    manager.post(f"/back/customers/{zofia}/erase", {"code": code.lower()})
    assert not customers.customer(zofia).email
    assert [line.verb for line in accounts.audit_rows()] == ["customer.erased"]


def test_who_packs_parcels_does_not_read_what_customers_do_and_write() -> None:
    makers.a_shop()
    zofia = people.customer()
    packer = makers.signed_in("warehouse")
    order = makers.an_order(makers.goods_on_shelf()[0])
    for address in (f"{zofia}/", f"{zofia}/since", f"{zofia}/identities", "", "customers.csv"):
        assert packer.get(f"/back/customers/{address}").status_code == 403
    assert packer.get(f"/back/visitors/{zofia}/").status_code == 403
    found = packer.get(f"/back/orders/{order.code}/").content.decode()
    assert "/back/customers/" not in found and order.code in found
    assert "Zofia" not in packer.get("/back/search", {"q": "zofia"}).content.decode()


def test_nobody_takes_the_whole_list_along_who_may_not_take_one_customer() -> None:
    people.customer()
    assert makers.signed_in("agent").get("/back/customers/customers.csv").status_code == 403
    assert "customers.csv" not in makers.signed_in("agent").get("/back/customers/").content.decode()
    assert makers.signed_in("manager").get("/back/customers/customers.csv").status_code == 200


@pytest.mark.parametrize("role", ["agent", "warehouse"])
@pytest.mark.parametrize("deed", ["export", "erase"])
def test_it_is_not_for_everybody(role: str, deed: str) -> None:
    zofia = people.customer()
    client: Client = makers.signed_in(role)
    answer = client.post(f"/back/customers/{zofia}/{deed}", {"code": customers.customer(zofia).code})
    assert answer.status_code == 403 and customers.customer(zofia).email
