"""The means of payment that gateways keep for a customer: shown, and removed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nitka.faces.storefront.account_guard import signed_in
from nitka.faces.storefront.page import show
from nitka.ground.problem import Problem
from nitka.people.customers.queries import CustomerView
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def listing(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """All of them; a post removes one, here and at the gateway."""
    error = ""
    if request.method == "POST":
        try:
            payments.forget_mean(mean_id=_id(request.POST.get("mean", "")), customer_id=me.id)
            return HttpResponseRedirect(reverse("account_means", args=[language]), status=303)
        except Problem as problem:
            error = problem.message
    context = {"me": me, "here": "account_means", "means": money.saved_means(me.id), "error": error}
    return show(request, "storefront/account/means.html", context, status=422 if error else 200)


def _id(text: str) -> UUID:
    try:
        return UUID(text[:40])
    except ValueError:
        return UUID(int=0)
