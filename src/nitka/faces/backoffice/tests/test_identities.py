"""Who is one person: why, undo, merge, companies."""

from uuid import UUID

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.people.customers import actions as customers
from nitka.people.customers import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


def someone(email: str = "zofia@example.com", name: str = "Zofia") -> UUID:
    return customers.recognise(email=email, language="pl", market="pl", name=name)


def at(customer_id: UUID, deed: str = "") -> str:
    return f"/back/customers/{customer_id}/identities{deed}"


def test_it_says_why_and_takes_a_link_back() -> None:
    zofia, client = someone(), makers.signed_in()
    customers.link(first=("device", "browser-123456"), second=("email", "zofia@example.com"), reason="checkout", trust=1,
                   source="test")  # fmt: skip
    shown = client.get(at(zofia)).content.decode()
    assert "Ordered" in shown and "…123456" in shown and "zofia@example.com" in shown
    [mail, _device] = queries.identities_of(zofia)
    client.post(at(zofia, "/undo"), {"link": mail.why[0].link_id})
    assert [each.kind for each in queries.identities_of(zofia)] == ["email"]
    assert "Undone" in client.get(at(zofia)).content.decode()
    assert len(makers.audit("customer.link_undone")) == 1


def test_two_customers_are_made_one_by_their_code_and_parted_again() -> None:
    zofia, other, client = someone(), someone("zofia@example.org", "Sofia"), makers.signed_in()
    code = queries.customer(other).code  # type: ignore[union-attr]
    assert "Make Zofia and Sofia one customer?" in client.get(at(zofia), {"code": code.lower()}).content.decode()
    client.post(at(zofia, "/merge"), {"other": other})
    assert queries.customer(other).id == zofia and set(queries.customer_ids_of(other)) == {zofia, other}  # type: ignore[union-attr]
    assert client.get(at(other)).status_code == 303, "an old id leads on"
    [decision] = queries.decisions_of(zofia)
    client.post(at(zofia, "/undo"), {"link": decision.link_id})
    assert queries.customer(other).id == other  # type: ignore[union-attr]
    assert len(makers.audit("customer.merged")) == 1


def test_orders_of_both_are_listed_under_one() -> None:
    [lamp], client = makers.goods_on_shelf(), makers.signed_in()
    order = makers.an_order(lamp)
    assert order.customer_id
    anna, zofia = order.customer_id, someone()
    customers.merge(customer_id=zofia, other_id=anna, by=None)
    for one in (anna, zofia):
        assert order.code in client.get(f"/back/customers/{one}/", follow=True).content.decode()


def test_a_shared_telephone_is_a_suggestion_that_can_be_dismissed() -> None:
    zofia, kari, client = someone(), someone("kari@example.com", "Kari"), makers.signed_in()
    for email in ("zofia@example.com", "kari@example.com"):
        customers.link(first=("email", email), second=("phone", "+48225550123"), reason="checkout", trust=1,
                       source="test")  # fmt: skip
    assert [each.other_id for each in queries.suggestions(zofia)] == [kari]
    assert len(queries.suggestions()) == 1
    assert "Both are linked with Phone +48225550123." in client.get(at(zofia)).content.decode()
    client.post(at(zofia, "/dismiss"), {"other": kari})
    assert queries.suggestions(zofia) == queries.suggestions() == []


def test_something_is_not_this_persons() -> None:
    zofia, client = someone(), makers.signed_in()
    phone = queries.evidence_id("phone", "+48225550123")
    customers.link(first=("email", "zofia@example.com"), second=("phone", "+48225550123"), reason="checkout", trust=1,
                   source="test")  # fmt: skip
    client.post(at(zofia, "/part"), {"evidence": phone})
    assert queries.owners_of([phone])[phone] != zofia


def test_a_customer_acts_for_companies() -> None:
    zofia, client = someone(), makers.signed_in("agent")
    client.post(at(zofia, "/join"), {"company": "", "name": "Nić sp. z o.o.", "tax_number": "PL 526", "role": "buyer"})
    [company] = queries.companies_of(zofia)
    assert (company.name, company.tax_number, company.role) == ("Nić sp. z o.o.", "PL526", "buyer")
    assert queries.people_of(company.id) == [zofia]
    shown = client.get(f"/back/companies/{company.id}/").content.decode()
    assert "Nić sp. z o.o." in shown
    assert f"/back/customers/{zofia}/" in shown, "its people"
    assert f"/back/companies/{company.id}/" in client.get("/back/companies/?q=526").content.decode()
    assert f"/back/companies/{company.id}/" not in client.get("/back/companies/?q=nobody").content.decode()
    client.post(at(zofia, "/join"), {"company": company.id, "role": "admin"})
    assert queries.companies_of(zofia)[0].role == "admin"
    client.post(at(zofia, "/leave"), {"company": company.id})
    assert queries.companies_of(zofia) == [] == queries.people_of(company.id)


def test_who_only_packs_sees_and_decides_nothing() -> None:
    zofia, other, client = someone(), someone("kari@example.com"), makers.signed_in("warehouse")
    assert client.get(at(zofia)).status_code == 403
    assert "Make them one" not in client.get(at(zofia)).content.decode()
    assert client.post(at(zofia, "/merge"), {"other": other}).status_code == 403
