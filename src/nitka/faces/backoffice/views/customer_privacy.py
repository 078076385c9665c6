"""What a customer may ask of the shop: a copy of everything, or to be forgotten."""

import tempfile
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nitka.faces.backoffice.deeds import actor_id, do, record
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import say
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known

IN_MEMORY = 4 * 1024 * 1024


@require_POST
@staff("customers.export")
def export(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Everything of the customer as one ZIP; that it was taken stands in the log."""
    code = _code(customer_id)
    held = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    customers.export_customer(code=code, to=held)
    record(request, "customer.exported", f"customer {code}")
    held.seek(0)
    return FileResponse(  # type: ignore[return-value]
        held, as_attachment=True, filename=f"{code}.zip", content_type="application/zip"
    )


@require_POST
@staff("customers.erase")
def erase(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Erase the customer, once the code was typed: there is no way back."""
    code = _code(customer_id)
    here = reverse("back:customer", kwargs={"customer_id": customer_id})
    if request.POST.get("code", "").strip().upper() != code:
        say(request, _("Type the customer's code to erase them: %(code)s.") % {"code": code}, "error")
        return see_other(here)
    outcome = do(
        request, lambda: customers.erase_customer(code=code, by=actor_id(request)), verb="customer.erased",
        subject=f"customer {code}", said=_("%(code)s is erased.") % {"code": code},
    )  # fmt: skip
    return see_other(reverse("back:customers") if outcome.done else here)


def _code(customer_id: UUID) -> str:
    found = known.customer(customer_id)
    if found is None:
        raise Http404
    return found.code
