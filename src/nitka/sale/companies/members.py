"""Who may do what for a company, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from nitka.ground.remembered import Remembered
from nitka.people.customers import queries as customers
from nitka.sale.companies.models import MemberRule, Terms
from nitka.sale.orders import queries as orders
from nitka.sale.payments.queries import AccountTerms

BUYS = ("buyer", "approver", "admin")
APPROVES = ("approver", "admin")
SEES_MONEY = ("accountant", "approver", "admin")


@dataclass(frozen=True, slots=True)
class TermsView:
    """What was agreed with a company. Without a limit nothing is sold on account."""

    net_days: int
    limit_minor: int
    currency: str
    approval_over_minor: int | None
    po_required: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts for a company. `limit_minor`: what they may spend without asking, None: anything.

    `terms` are the company's; None where nothing was agreed.
    """

    company_id: UUID
    company_name: str
    company_code: str
    tax_number: str
    customer_id: UUID
    role: str
    limit_minor: int | None
    may_approve: bool
    terms: TermsView | None

    @property
    def may_buy(self) -> bool:
        return self.role in BUYS

    @property
    def may_manage(self) -> bool:
        """Whether they set what the others may spend."""
        return self.role == "admin"

    @property
    def sees_money(self) -> bool:
        """Whether they see what the company owes."""
        return self.role in SEES_MONEY

    @property
    def currency(self) -> str:
        """The currency of the limits."""
        return self.terms.currency if self.terms else ""


# Shops that sell to no companies ask nothing for them.
_any = Remembered(lambda: bool(customers.companies(limit=1)))


def forget() -> None:
    """Ask anew whether there are companies. For tests."""
    _any.forget()


def memberships(customer_id: UUID | None) -> tuple[Member, ...]:
    """The companies that a customer acts for, by name. No question where the shop knows no company."""
    if customer_id is None or not _any():
        return ()
    found = customers.companies_of(customer_id)
    if not found:
        return ()
    speaking = customers.canonical(customer_id)
    ids = [each.id for each in found]
    rules = {each.company_id: each for each in MemberRule.objects.filter(company__in=ids, customer_id=speaking)}
    terms = terms_of_all(ids)
    return tuple(member(each, speaking, rules.get(each.id), terms.get(each.id)) for each in found)


def member_of(company_id: UUID, customer_id: UUID | None) -> Member | None:
    """What the customer is for that company."""
    return next((each for each in memberships(customer_id) if each.company_id == company_id), None)


def member(
    company: customers.CompanyView, customer_id: UUID, rule: MemberRule | None, terms: TermsView | None
) -> Member:
    """A member as role, rule and terms make it."""
    may_approve = company.role in APPROVES or bool(rule and rule.may_approve)
    limit = rule.limit_minor if rule else None
    if limit is None and not may_approve and terms:
        limit = terms.approval_over_minor
    return Member(
        company.id, company.name, company.code, company.tax_number, customer_id, company.role, limit, may_approve, terms
    )


def terms_of_all(company_ids: list[UUID]) -> Mapping[UUID, TermsView]:
    """What was agreed with each."""
    return {row.company_id: terms_view(row) for row in Terms.objects.filter(company__in=company_ids)}


def terms_view(row: Terms) -> TermsView:
    return TermsView(row.net_days, row.limit_minor, row.currency, row.approval_over_minor, row.po_required)


def account_of(company_id: UUID, terms: TermsView | None) -> AccountTerms | None:
    """What the company may still owe; None where nothing is sold to it on account."""
    if terms is None or not terms.limit_minor:
        return None
    left = terms.limit_minor - orders.owed_minor(company_id, terms.currency)
    return AccountTerms(terms.net_days, max(0, left), terms.currency)


def people(company_id: UUID) -> tuple[Member, ...]:
    """All who act for a company, in the order in which they came."""
    found = [member_of(company_id, each) for each in customers.people_of(company_id)]
    return tuple(each for each in found if each)
