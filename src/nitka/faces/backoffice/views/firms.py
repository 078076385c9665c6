"""Firms that sell in some markets under their own name, with numbers of their own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page
from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

NEW = "new"


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All firms, and where the shop sells itself."""
    firms = orders.legal_entities()
    taken = {market for firm in firms for market in firm.markets}
    rest = [each for each in pricing.markets() if each.code not in taken]
    names = {each.code: each.name for each in pricing.markets()}
    return page(
        request, "backoffice/firms.html", {"firms": firms, "rest": rest, "names": names, "seller": content.shop()}
    )


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Make, change or remove a firm."""
    firm = next((each for each in orders.legal_entities() if each.code == code), None)
    if firm is None and code != NEW:
        raise Http404
    if request.method == "POST":
        posted = request.POST
        if firm and posted.get("deed") == "remove":
            act, verb = (lambda: order_actions.remove_legal_entity(code=code)), "firm.remove"
        else:
            values: dict[str, Any] = {
                "code": (firm.code if firm else posted.get("code", "")).strip().lower()[:20],
                "markets": posted.getlist("market"), "seller": posted.dict(),
                "invoice_prefix": posted.get("invoice_prefix", ""), "credit_prefix": posted.get("credit_prefix", ""),
            }  # fmt: skip
            act, verb = (lambda: order_actions.put_legal_entity(**values)), "firm.put"
        if do(request, act, verb=verb, subject=code, said=_("Saved. Papers that were issued stay as they are.")).done:
            return see_other(reverse("back:firms"))
    return page(
        request, "backoffice/firm.html",
        {"firm": firm, "markets": pricing.markets(), "fields": _fields(request, firm.seller if firm else {})},
    )  # fmt: skip


def _fields(request: HttpRequest, kept: dict[str, str]) -> list[tuple[str, str, str, bool]]:
    """Name, label, value, needed."""
    labels = {
        "legal_name": _("Legal name"), "vat_number": _("VAT number"), "register_number": _("Register number"),
        "line1": _("Street and number"), "line2": _("More of the address"), "postcode": _("Postcode"),
        "city": _("Town"), "region": _("Region"), "country": _("Country (two letters)"), "email": _("E-mail"),
        "phone": _("Phone"), "bank_name": _("Bank"), "iban": _("IBAN"), "bic": _("BIC"),
    }  # fmt: skip
    needed = {"legal_name", "line1", "city", "country"}
    return [(name, label, request.POST.get(name, kept.get(name, "")), name in needed) for name, label in labels.items()]
