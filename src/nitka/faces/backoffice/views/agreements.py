"""What is agreed with companies: their terms and people's limits, and the quotes that wait for a price."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.ground import clock, money
from nitka.people.customers import queries as customers
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries as agreed
from nitka.sale.companies.queries import Member, QuoteView
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

VALID = timedelta(days=14)
TABS = ("asked", "answered", "accepted", "ordered", "declined", "expired")


def of_company(company_id: UUID) -> dict[str, Any]:
    """What the page of a company shows of its agreements."""
    terms = agreed.terms(company_id)
    currency = terms.currency if terms else "EUR"
    people = [(each, customers.customer(each.customer_id), _limit(each)) for each in agreed.people(company_id)]
    written = {
        "limit": _written(terms.limit_minor, currency) if terms else "",
        "approval": _written(terms.approval_over_minor, currency) if terms else "",
    }
    return {
        "terms": terms, "account": agreed.account(company_id, terms), "owed": orders.owed(company_id),
        "members": people, "written": written, "quotes": agreed.quotes_of_company(company_id, 10),
        "currencies": sorted({each.currency for each in pricing.markets()}), "roles": role_words(),
        "price_lists": [each for each in pricing.list_rows() if company_id in each.companies], "states": state_words(),
    }  # fmt: skip


def role_words() -> dict[str, str]:
    """As what people act for a company."""
    return {
        "buyer": _("buyer"), "approver": _("approver"), "accountant": _("accountant"), "admin": _("administrator"),
        "other": _("member"),
    }  # fmt: skip


def state_words() -> dict[str, str]:
    """How a quote stands."""
    return {
        "asked": _("To answer"), "answered": _("Answered"), "accepted": _("Accepted"), "ordered": _("Ordered"),
        "declined": _("Closed"), "expired": _("Expired"),
    }  # fmt: skip


@require_POST
@staff("customers.edit")
def terms(request: HttpRequest, company_id: UUID) -> HttpResponse:
    """Agree terms with a company."""
    back = see_other(reverse("back:company", args=[company_id]))
    currency = request.POST.get("currency", "")
    try:
        limit = _amount(request, "limit", currency) or 0
        approval = _amount(request, "approval", currency)
        days = int(request.POST.get("net_days", "") or 0)
    except ValueError:
        say(request, _("Write days and sums as numbers, such as 30 and 5000."), "error")
        return back
    detail = {"days": str(days), "limit": f"{limit} {currency}"}
    do(
        request, lambda: companies.set_terms(
            company_id=company_id, net_days=days, limit_minor=limit, currency=currency, approval_over_minor=approval,
            po_required=bool(request.POST.get("po_required")),
        ), verb="company.terms", subject=str(company_id), said=_("Saved."), detail=detail,
    )  # fmt: skip
    return back


@require_POST
@staff("customers.edit")
def member(request: HttpRequest, company_id: UUID, customer_id: UUID) -> HttpResponse:
    """What somebody may spend without asking."""
    back = see_other(reverse("back:company", args=[company_id]))
    known = agreed.terms(company_id)
    try:
        limit = _amount(request, "limit", known.currency if known else "EUR")
    except ValueError:
        say(request, _("Write a sum, such as 500, or leave it empty."), "error")
        return back
    do(
        request, lambda: companies.set_member_rule(
            company_id=company_id, customer_id=customer_id, limit_minor=limit,
            may_approve=bool(request.POST.get("may_approve")),
        ), verb="company.member_limit", subject=str(company_id), said=_("Saved."), detail={"limit": str(limit)},
    )  # fmt: skip
    return back


@require_GET
@staff("orders.view")
def quotes(request: HttpRequest) -> HttpResponse:
    """Quotes, those that wait for a price first; and what companies owe, what is late on top."""
    tab = request.GET.get("state", "asked")
    words = state_words()
    tabs = [
        (words[each], reverse("back:quotes") + f"?state={each}", each == tab,
         agreed.quotes_to_answer() if each == "asked" else None)
        for each in TABS
    ]  # fmt: skip
    owed = orders.owed()
    names = {each: customers.company(each) for each in {one.company_id for one in owed}}
    rows = agreed.quote_rows(tab if tab in TABS else "asked")[:200]
    context = {"rows": rows, "tabs": tabs, "owed": owed, "names": names}
    return page(request, "backoffice/quotes.html", context)


@require_http_methods(["GET", "POST"])
@staff("orders.cancel")
def quote(request: HttpRequest, code: str) -> HttpResponse:
    """One quote, and the answer to it: a price for each line and a last day, or none."""
    found = agreed.quote_by_code(code)
    if found is None:
        raise Http404
    if request.method == "POST" and _answer(request, found):
        return see_other(reverse("back:quotes"))
    asker, company = customers.customer(found.customer_id), customers.company(found.company_id)
    day = found.valid_until or clock.today(content.shop().zone) + VALID
    typed = request.POST if request.method == "POST" else {}
    lines = [
        (each, typed.get(f"price.{each.id}") or _written(_first(each), found.currency)) for each in found.lines
    ]  # fmt: skip
    context = {
        "quote": found, "lines": lines, "asker": asker, "company": company, "word": state_words()[found.state],
        "day": typed.get("valid_until") or day.isoformat(), "answer": typed.get("answer") or found.answer,
        "can_answer": found.state in ("asked", "answered", "expired"),
        "order": orders.order(found.order_id) if found.order_id else None,
    }  # fmt: skip
    return page(request, "backoffice/quote.html", context)


def _first(line: agreed.QuoteLineView) -> int:
    """What stands in the field until somebody types: the answer, the wish, or the price of the list."""
    return next(each for each in (line.answered_minor, line.asked_minor, line.list_minor) if each is not None)


def _answer(request: HttpRequest, found: QuoteView) -> bool:
    actor, words = str(actor_id(request)), request.POST.get("answer", "")
    if request.POST.get("deed") == "decline":
        act, said = (lambda: companies.decline_quote(quote_id=found.id, answer=words, actor=actor)), _("Closed.")
    else:
        try:
            prices = {
                each.id: money.parse(request.POST.get(f"price.{each.id}", ""), found.currency) for each in found.lines
            }
            day = date.fromisoformat(request.POST.get("valid_until", ""))
        except ValueError:
            say(request, _("Write a price for every line, and a day."), "error")
            return False

        def act() -> None:
            companies.answer_quote(quote_id=found.id, prices=prices, valid_until=day, answer=words, actor=actor)

        said = _("Answered. They have a mail.")
    return do(request, act, verb="quote.answered", subject=found.code, said=said).done


def _amount(request: HttpRequest, name: str, currency: str) -> int | None:
    text = request.POST.get(name, "").strip()
    return money.parse(text, currency) if text else None


def _written(minor: int | None, currency: str) -> str:
    return "" if minor is None else str(money.decimal(minor, currency))


def _limit(each: Member) -> str:
    return _written(each.limit_minor, each.currency or "EUR")
