"""Companies, and who acts for them."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem
from nitka.people.customers.models import Company, Customer, Membership


class CompanyProblem(Problem):
    """A company needs a name, and a role that exists."""

    code = "company_invalid"


@transaction.atomic
def make_company(*, name: str, tax_number: str = "", country: str = "") -> UUID:
    """A company, by its name; one tax number is one company. Returns its id. Raises CompanyProblem without a name."""
    clean, number = " ".join(name.split())[:160], "".join(tax_number.split()).upper()[:40]
    if not clean:
        raise CompanyProblem(_("Please write the name of the company."), field="name")
    if number and (known := Company.objects.filter(tax_number=number).values_list("id", flat=True).first()):
        return known
    return Company.objects.create(name=clean, tax_number=number, country=country.upper()[:2]).id


@transaction.atomic
def join_company(*, company_id: UUID, customer_id: UUID, role: str = "buyer") -> None:
    """Say that a customer acts for a company, and as what; a second time changes the role. Raises CompanyProblem."""
    if role not in Membership.Role.values:
        raise CompanyProblem(_("Choose one of the roles."), field="role")
    row = Customer.objects.filter(id=customer_id).first()
    if row is None or not Company.objects.filter(id=company_id).exists():
        raise CompanyProblem(_("This company or customer does not exist."))
    Membership.objects.update_or_create(
        company_id=company_id, customer_id=row.merged_into_id or row.id, defaults={"role": role}
    )


@transaction.atomic
def take_company(*, customer_id: UUID, source: str, number: str, name: str = "") -> UUID:
    """That a customer belongs to a company, as a program of the merchant says; `number` is the company's own there.

    What staff said of the name and the role stays. Returns the company's id.
    """
    clean = " ".join(name.split())[:160]
    row, _made = Company.objects.get_or_create(
        external=f"{source}:{number}"[:560], defaults={"name": clean or number[:160]}
    )
    if clean and row.name == number[:160]:
        Company.objects.filter(id=row.id).update(name=clean)
    Membership.objects.get_or_create(
        company_id=row.id, customer_id=customer_id, defaults={"role": Membership.Role.OTHER}
    )
    return row.id


@transaction.atomic
def leave_company(*, company_id: UUID, customer_id: UUID) -> None:
    """Say that a customer acts no more for a company. Nothing happens where they did not."""
    rows = Membership.objects.filter(company_id=company_id)
    speaking = Customer.objects.filter(id=customer_id).values_list("merged_into_id", flat=True).first() or customer_id
    (rows.filter(customer_id=speaking) | rows.filter(customer__merged_into_id=speaking)).delete()
