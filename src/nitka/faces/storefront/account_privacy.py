"""What the shop keeps of me: take it along, or have it erased."""

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nitka.faces.storefront.account_guard import lately, signed_in
from nitka.faces.storefront.consent_bar import VISITOR
from nitka.faces.storefront.page import show
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.people.accounts import actions as accounts
from nitka.people.customers import actions as customers
from nitka.people.customers.queries import CustomerView

IN_MEMORY = 4 * 1024 * 1024


@require_POST
@signed_in
@lately
@rate_limit("export", "10/h")
def export(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Everything that is kept of the customer, as one ZIP."""
    held = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    customers.export_customer(code=me.code, to=held)
    accounts.record(actor_id=request.user.id, verb="customer.exported", subject=f"customer {me.code}")  # type: ignore[union-attr]
    held.seek(0)
    return FileResponse(  # type: ignore[return-value]
        held, as_attachment=True, filename=f"{me.code}.zip", content_type="application/zip"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@lately
def erase(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """GET asks once more; POST erases the customer and signs this browser out."""
    if request.method != "POST":
        text = _(
            "We forget your name, addresses, letters and what you did on our pages, at once and for ever. Invoices"
            " stay for as long as the law asks. Orders on their way still arrive, but we cannot write to you any more."
        )
        context = {"title": _("Delete your account?"), "text": text, "confirm": _("Yes, delete it for ever")}
        return show(request, "storefront/message.html", context)
    actor = request.user.id  # type: ignore[union-attr]
    try:
        customers.erase_customer(code=me.code, by=actor)
    except Problem as problem:
        context = {"title": _("We cannot delete this account"), "text": problem.message, "confirm": ""}
        return show(request, "storefront/message.html", context, status=problem.status)
    accounts.record(actor_id=actor, verb="customer.erased", subject=f"customer {me.code}")
    accounts.close_session(request=request)
    response = HttpResponseRedirect(reverse("account_erased", args=[language]), status=303)
    response.delete_cookie(VISITOR, samesite="Lax")
    return response


def erased(request: HttpRequest, language: str) -> HttpResponse:
    """The last word."""
    text = _("Your account is gone, and with it all that told us of you. Whenever you come back, we start anew.")
    return show(request, "storefront/message.html", {"title": _("Deleted"), "text": text, "confirm": ""})
