"""Rows of companies for tests."""

from uuid import UUID

from nitka.people.customers import actions as customers
from nitka.sale.companies import actions
from nitka.sale.companies import queries as companies


def a_company(name: str = "Kawa sp. z o.o.", tax_number: str = "PL5260001246") -> UUID:
    """A company that is known, without terms."""
    made = customers.make_company(name=name, tax_number=tax_number, country="PL")
    companies.forget()
    return made


def acts_for(company_id: UUID, email: str, role: str = "buyer", language: str = "en") -> UUID:
    """A customer who acts for it."""
    customer_id = customers.recognise(email=email, language=language, market="eu", name=email.split("@")[0].title())
    customers.join_company(company_id=company_id, customer_id=customer_id, role=role)
    return customer_id


def with_terms(company_id: UUID, limit_minor: int = 100_000, **more: object) -> UUID:
    """The company with net terms in EUR."""
    terms = {"net_days": 30, "currency": "EUR", **more}
    actions.set_terms(company_id=company_id, limit_minor=limit_minor, **terms)  # type: ignore[arg-type]
    return company_id
