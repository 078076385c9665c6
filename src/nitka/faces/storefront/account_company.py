"""What a company sees of itself: its people, their limits, approvals, quotes, what it owes."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nitka.faces.storefront.account_guard import signed_in
from nitka.faces.storefront.cart_cookie import keep_token, token_of
from nitka.faces.storefront.checkout_company import uuid_of
from nitka.faces.storefront.page import show
from nitka.ground import money
from nitka.ground.problem import Problem
from nitka.people.customers import queries as people
from nitka.people.customers.queries import CustomerView
from nitka.sale.checkout import actions as checkout
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries as agreed
from nitka.sale.companies.queries import ApprovalView, Member, QuoteView
from nitka.sale.orders import queries as orders


@require_safe
@signed_in
def overview(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Every company that they act for."""
    known = agreed.memberships(me.id)
    context = {"me": me, "here": "account_company", "companies": [_company(each) for each in known]}
    return show(request, "storefront/account/company.html", context)


def _company(member: Member, problem: str = "", wrong: str = "") -> dict[str, Any]:
    """What one member may see of one company."""
    everybody = agreed.people(member.company_id)
    owed = orders.owed(member.company_id) if member.sees_money else ()
    return {
        "member": member, "people": [(each, people.customer(each.customer_id), _written(each)) for each in everybody],
        "names": _names(everybody), "account": agreed.account(member.company_id, member.terms),
        "approvals": agreed.approvals_for(member, 20), "quotes": agreed.quotes_of_company(member.company_id, 20),
        "owed": owed, "orders": orders.orders_of_company(member.company_id, 10), "problem": problem, "wrong": wrong,
    }  # fmt: skip


def _written(member: Member) -> str:
    """Their limit as it is typed."""
    if member.limit_minor is None:
        return ""
    return str(money.decimal(member.limit_minor, member.currency or "EUR"))


def _names(members: tuple[Member, ...]) -> dict[UUID, str]:
    found = [people.customer(each.customer_id) for each in members]
    return {each.id: each.name or each.email for each in found if each}


@require_POST
@signed_in
def limit(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """An administrator sets what somebody may spend."""
    company, who = (uuid_of(request.POST.get(name, "")) for name in ("company", "customer"))
    member = agreed.member_of(company, me.id) if company else None
    if member is None or company is None or who is None:
        raise Http404
    try:
        written = request.POST.get("limit", "").strip()
        minor = money.parse(written, member.currency or "EUR") if written else None
        companies.set_member_rule(
            company_id=company, customer_id=who, limit_minor=minor, may_approve=bool(request.POST.get("may_approve")),
            by=me.id,
        )  # fmt: skip
    except (Problem, ValueError) as trouble:
        text = trouble.message if isinstance(trouble, Problem) else _("Write a sum, such as 500, or leave it empty.")
        shown = [_company(each, text if each.company_id == company else "") for each in agreed.memberships(me.id)]
        context = {"me": me, "here": "account_company", "companies": shown}
        return show(request, "storefront/account/company.html", context, status=422)
    return HttpResponseRedirect(reverse("account_company", args=[language]), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def approval(request: HttpRequest, language: str, me: CustomerView, approval_id: UUID) -> HttpResponse:
    """One question to spend more: who asked follows it here, who may decide it does."""
    found, member = _approval_for(me, approval_id)
    problem = ""
    if request.method == "POST":
        try:
            companies.decide_approval(
                approval_id=approval_id, by=me.id, approve=request.POST.get("deed") == "approve",
                answer=request.POST.get("answer", "").replace("\x00", ""),
            )  # fmt: skip
            return HttpResponseRedirect(request.path, status=303)
        except Problem as refused:
            problem = refused.message
    asker = people.customer(found.customer_id)
    is_mine = found.customer_id == member.customer_id
    may_decide = found.state == "asked" and agreed.may_decide(
        member, found.customer_id, found.total_minor, found.currency
    )
    context = {
        "me": me, "here": "account_company", "approval": found, "member": member, "is_mine": is_mine,
        "asker": (asker.name or asker.email) if asker else "", "may_decide": may_decide, "problem": problem,
    }  # fmt: skip
    return show(request, "storefront/account/approval.html", context, status=409 if problem else 200)


def _approval_for(me: CustomerView, approval_id: UUID) -> tuple[ApprovalView, Member]:
    found = agreed.approval(approval_id)
    member = agreed.member_of(found.company_id, me.id) if found else None
    if found is None or member is None or not (member.may_approve or found.customer_id == member.customer_id):
        raise Http404
    return found, member


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def quote(request: HttpRequest, language: str, me: CustomerView, code: str) -> HttpResponse:
    """One quote: its lines, the answer, and the way to take it or not."""
    found, member = _quote_for(me, code)
    if request.method != "POST":
        return _quote(request, me, found, member)
    try:
        if request.POST.get("deed") == "accept":
            ref = checkout.accept_quote(token=token_of(request) or None, customer_id=me.id, quote=found)
            response = HttpResponseRedirect(reverse("cart", args=[language]), status=303)
            keep_token(response, ref.token)
            return response
        companies.decline_quote(quote_id=found.id, member=member)
    except Problem as refused:
        return _quote(request, me, found, member, refused.message)
    return HttpResponseRedirect(request.path, status=303)


def _quote(request: HttpRequest, me: CustomerView, found: QuoteView, member: Member, problem: str = "") -> HttpResponse:
    order = orders.order(found.order_id) if found.order_id else None
    context = {
        "me": me, "here": "account_company", "quote": found, "member": member, "problem": problem, "order": order,
    }  # fmt: skip
    return show(request, "storefront/account/quote.html", context, status=409 if problem else 200)


def _quote_for(me: CustomerView, code: str) -> tuple[QuoteView, Member]:
    found = agreed.quote_by_code(code)
    member = agreed.member_of(found.company_id, me.id) if found else None
    if found is None or member is None:
        raise Http404
    return found, member
