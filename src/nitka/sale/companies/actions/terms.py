"""What a company may owe, and what its people may spend."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.people.customers import queries as customers
from nitka.sale.companies import members
from nitka.sale.companies.models import MemberRule, Terms
from nitka.sale.companies.problems import CreditLimitProblem, NotYoursProblem, TermsProblem
from nitka.shelf.pricing import queries as pricing

MOST_DAYS = 365


@transaction.atomic
def set_terms(
    *, company_id: UUID, net_days: int, limit_minor: int, currency: str, approval_over_minor: int | None = None,
    po_required: bool = False,
) -> None:  # fmt: skip
    """Agree terms with a company, or change them. A limit of none: nothing on account. Raises TermsProblem.

    A limit below what is owed already stops further orders, and changes nothing of those that are there.
    """
    if customers.company(company_id) is None:
        raise TermsProblem(_("There is no such company."))
    if not 0 <= net_days <= MOST_DAYS:
        raise TermsProblem(_("Enter the days of payment, from 0 to 365."), field="net_days")
    if limit_minor < 0 or (approval_over_minor or 0) < 0:
        raise TermsProblem(_("Enter a sum that is not below zero."), field="limit")
    if currency not in {each.currency for each in pricing.markets()}:
        raise TermsProblem(_("Choose a currency that the shop sells in."), field="currency")
    values = {
        "net_days": net_days, "limit_minor": limit_minor, "currency": currency,
        "approval_over_minor": approval_over_minor, "po_required": po_required,
    }  # fmt: skip
    Terms.objects.update_or_create(company_id=company_id, defaults=values)


@transaction.atomic
def set_member_rule(
    *, company_id: UUID, customer_id: UUID, limit_minor: int | None, may_approve: bool, by: UUID | None = None
) -> None:
    """What somebody may spend without asking (None: as their role and the terms say), and whether others ask them.

    `by`: the member who says so, who must be an administrator of the company; None: the staff of the shop. Raises
    NotYoursProblem, TermsProblem.
    """
    if by is not None:
        chief = members.member_of(company_id, by)
        if chief is None or not chief.may_manage:
            raise NotYoursProblem(_("Only an administrator of the company can change this."))
    known = members.member_of(company_id, customer_id)
    if known is None:
        raise NotYoursProblem(_("This person does not act for the company."))
    if limit_minor is not None and limit_minor < 0:
        raise TermsProblem(_("Enter a sum that is not below zero."), field="limit")
    MemberRule.objects.update_or_create(
        company_id=company_id, customer_id=known.customer_id,
        defaults={"limit_minor": limit_minor, "may_approve": may_approve},
    )  # fmt: skip


def take_credit(*, company_id: UUID, minor: int, currency: str) -> int:
    """Lock what a company may owe until the caller's transaction ends, and see that an order of this sum fits.

    All orders on account of a company come one after another through here, so together they never go over the limit.
    Returns the days of payment. Raises CreditLimitProblem.
    """
    row = Terms.objects.select_for_update().filter(company_id=company_id).first()
    account = members.account_of(company_id, members.terms_view(row) if row else None)
    if account is None or account.currency != currency:
        raise CreditLimitProblem(_("This company cannot order on account here."), left_minor=0)
    if minor > account.left_minor:
        text = _("Your company would owe more than was agreed. Pay open invoices first, or pay this order another way.")
        raise CreditLimitProblem(text, left_minor=account.left_minor)
    return account.net_days
