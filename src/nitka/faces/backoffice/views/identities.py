"""Who is one person: why we think so, taking it back, and what staff decides."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.names import staff_names
from nitka.faces.backoffice.pages import page, say
from nitka.people.accounts import queries as accounts
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known
from nitka.people.customers.queries import CustomerView

NEW = "new"  # what the list of companies sends for one that is not known yet


def panel(request: HttpRequest, customer_id: UUID) -> dict[str, Any]:
    """What `customers/identities.html` shows of a customer."""
    return {
        "identities": known.identities_of(customer_id),
        "suggestions": known.suggestions(customer_id),
        "decisions": known.decisions_of(customer_id),
        "companies": known.companies_of(customer_id),
        "all_companies": known.companies(limit=200),
        "may_edit": accounts.can(request.user, "customers.edit"),
        "staff_names": staff_names(),
        "words": {"kinds": kinds(), "reasons": reasons(), "standings": standings(), "roles": roles()},
    }


@require_GET
@staff("customers.view")
def show(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """What a customer is known by, who else they could be, and what was decided; `?code=` asks about somebody else."""
    one = _found(customer_id)
    if one.id != customer_id:
        return see_other(reverse("back:identities", kwargs={"customer_id": one.id}))
    code = request.GET.get("code", "").strip()[:20]
    other_id = known.customer_id_of_code(code) if code else None
    other = known.customer(other_id) if other_id and other_id != one.id else None
    context = {"customer": one, "code": code, "other": other, **panel(request, one.id)}
    return page(request, "backoffice/identities.html", context)


@require_POST
@staff("customers.edit")
def merge(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Make two customers one."""
    other = _posted(request, "other")
    return _deed(
        request, customer_id, "customer.merged", {"other": str(other)},
        lambda: customers.merge(customer_id=customer_id, other_id=other, by=actor_id(request)),
        _("These two are one customer now. You can take this back below."),
    )  # fmt: skip


@require_POST
@staff("customers.edit")
def undo(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Take one link back."""
    link_id = _posted(request, "link")
    return _deed(
        request, customer_id, "customer.link_undone", {"link": str(link_id)},
        lambda: customers.undo_link(link_id=link_id, by=actor_id(request)),
        _("Undone. It is as if this had never been said, and it will not come back."),
    )  # fmt: skip


@require_POST
@staff("customers.edit")
def part(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Say that something is not this person's."""
    evidence = _posted(request, "evidence")
    return _deed(
        request, customer_id, "customer.parted", {"evidence": str(evidence)},
        lambda: customers.part_evidence(customer_id=customer_id, evidence=evidence, by=actor_id(request)),
        _("It does not belong to this customer any more."),
    )  # fmt: skip


@require_POST
@staff("customers.edit")
def dismiss(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Say that two customers are not one."""
    other = _posted(request, "other")
    return _deed(
        request, customer_id, "customer.suggestion_dismissed", {"other": str(other)},
        lambda: customers.dismiss_suggestion(customer_id=customer_id, other_id=other, by=actor_id(request)),
        _("We will not ask about these two again."),
    )  # fmt: skip


@require_POST
@staff("customers.edit")
def join(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Let a customer act for a company, known or new, or change the role."""
    chosen, role = request.POST.get("company", ""), request.POST.get("role", "")
    name, number = request.POST.get("name", ""), request.POST.get("tax_number", "")

    def act() -> None:
        is_new = chosen in ("", NEW)
        company = customers.make_company(name=name, tax_number=number) if is_new else _posted(request, "company")
        customers.join_company(company_id=company, customer_id=customer_id, role=role)

    return _deed(request, customer_id, "customer.joined_company", {"role": role}, act, _("Saved."))


@require_POST
@staff("customers.edit")
def leave(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Let a customer act no more for a company."""
    company = _posted(request, "company")
    return _deed(
        request, customer_id, "customer.left_company", {"company": str(company)},
        lambda: customers.leave_company(company_id=company, customer_id=customer_id), _("Saved."),
    )  # fmt: skip


def _deed(
    request: HttpRequest, customer_id: UUID, verb: str, detail: dict[str, str], act: Callable[[], Any], said: str
) -> HttpResponse:
    one = _found(customer_id)
    do(request, act, verb=verb, subject=f"customer {one.code}", detail=detail, said=said)
    return see_other(reverse("back:identities", kwargs={"customer_id": known.canonical(customer_id)}))


def _found(customer_id: UUID) -> CustomerView:
    one = known.customer(customer_id)
    if one is None:
        raise Http404
    return one


def _posted(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        say(request, _("That is gone. Look at the page again."), "error")
        raise Http404 from None


def kinds() -> dict[str, str]:
    """What people are known by, in words."""
    return {
        "device": _("Browser"), "login": _("Sign-in"), "email": _("E-mail"), "phone": _("Phone"),
        "whatsapp": "WhatsApp", "messenger": "Messenger", "instagram": "Instagram", "telegram": "Telegram",
        "viber": "Viber", "external": _("Number in another system"),
    }  # fmt: skip


def reasons() -> dict[str, str]:
    """Why two things are thought to be one person's, in words."""
    return {
        "event": _("Named together in what a page or a program sent"),
        "sign_in": _("Signed in"),
        "checkout": _("Ordered"),
        "mail_click": _("Followed a link in a mail of ours"),
        "channel": _("Wrote to us from there"),
        "told": _("Told us"),
        "staff": _("Decided by staff"),
        "import": _("Came together in an import"),
    }


def standings() -> dict[int, str]:
    """How sure a piece of evidence is."""
    return {0: _("claimed"), 1: _("given"), 2: _("proved")}


def roles() -> dict[str, str]:
    """As what people act for a company."""
    return {
        "buyer": _("Buys"), "approver": _("Approves"), "accountant": _("Gets the invoices"),
        "admin": _("Manages the account"), "other": _("Other"),
    }  # fmt: skip
