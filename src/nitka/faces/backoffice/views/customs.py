"""Borders: who pays there, duties, what may not be sent where; the papers of an order."""

from decimal import Decimal, InvalidOperation
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.views.order import found as order_found
from nitka.faces.backoffice.views.product import back_to
from nitka.faces.backoffice.views.product import found as product_found
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.sale.orders import queries as orders
from nitka.sale.shipping import actions as shipping_actions
from nitka.sale.shipping import queries as shipping
from nitka.shelf.catalog import actions as catalog_actions
from nitka.shelf.pricing import queries as pricing

PAPERS: dict[str, Literal["cn22", "cn23", "invoice"] | None] = {
    "declaration": None,
    "cn22": "cn22",
    "cn23": "cn23",
    "invoice": "invoice",
}


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Everything of borders on one page."""
    terms = {row.market: row for row in shipping.customs_terms_rows()}
    return page(
        request, "backoffice/customs.html",
        {"markets": pricing.markets(), "terms": terms, "territories": list(shipping.territory_rows()),
         "duties": list(shipping.duty_rows()), "bans": list(shipping.forbidden_rows()), "names": LANGUAGE_NAMES,
         "territory_choices": [(row.code, row.code) for row in shipping.territory_rows()]},
    )  # fmt: skip


@require_POST
@staff("settings.edit")
def save(request: HttpRequest, what: str) -> HttpResponse:
    """One of the forms of the page."""
    deeds = {"terms": _terms, "duty": _duty, "ban": _ban, "unban": _unban, "standard": _standard}
    if what not in deeds:
        raise Http404
    deeds[what](request)
    return see_other(reverse("back:customs"))


def _terms(request: HttpRequest) -> None:
    market, posted = request.POST.get("market", ""), request.POST
    do(
        request, lambda: shipping_actions.set_customs_terms(
            market=market, paid_by_shop=posted.get("terms") in ("ddp", "charged"), number=posted.get("number", ""),
            charged=posted.get("terms") == "charged",
        ),
        verb="customs.terms", subject=market, said=_("Saved; checkouts show it within seconds."),
    )  # fmt: skip


def _duty(request: HttpRequest) -> None:
    posted = request.POST
    text = posted.get("percent", "").strip().replace(",", ".")
    try:
        percent = Decimal(text) if text else None
    except InvalidOperation:
        return say(request, _("A duty is a percentage from 0."), "error")
    do(
        request, lambda: shipping_actions.put_duty(
            territory=posted.get("territory", ""), hs_prefix=posted.get("hs_prefix", ""),
            origin=posted.get("origin", "").strip(), percent=percent,
        ),
        verb="customs.duty", subject=f"{posted.get('territory', '')} {posted.get('hs_prefix', '')}", said=_("Saved."),
    )  # fmt: skip
    return None


def _ban(request: HttpRequest) -> None:
    posted = request.POST

    def words(name: str) -> list[str]:
        return [word for word in posted.get(name, "").replace(",", " ").split() if word]

    do(
        request, lambda: shipping_actions.put_forbidden(
            countries=words("countries"), hs_prefixes=words("hs_prefixes"), tags=words("tags"), skus=words("skus"),
            reasons={code: posted.get(f"reason.{code}", "").strip() for code in LANGUAGE_NAMES},
        ),
        verb="customs.forbidden", subject=posted.get("countries", "")[:80],
        said=_("Saved; carts show it within seconds."),
    )  # fmt: skip


def _unban(request: HttpRequest) -> None:
    try:
        key = UUID(request.POST.get("id", ""))
    except ValueError:
        raise Http404 from None
    do(request, lambda: shipping_actions.end_forbidden(forbidden_id=key), verb="customs.allowed", said=_("Allowed."))


def _standard(request: HttpRequest) -> None:
    do(request, shipping_actions.put_built_in_customs, verb="customs.standard",
       said=_("The built-in territories and duties are there. Check them before you rely on them."))  # fmt: skip


@require_GET
@staff("orders.view")
def paper(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    """The declaration or the commercial invoice of an order as PDF."""
    if paper not in PAPERS:
        raise Http404
    order = order_found(code)
    response = HttpResponse(orders.customs_pdf(order.id, PAPERS[paper]), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="customs-{paper}-{order.code}.pdf"'
    return response


@require_POST
@staff("catalog.edit")
def product(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """What customs ask of a product."""
    posted, source = request.POST, product_found(product_id)
    do(
        request, lambda: catalog_actions.edit_product(
            product_id=product_id, hs_code=posted.get("hs_code", ""), origin_country=posted.get("origin_country", ""),
            customs_name=posted.get("customs_name", ""),
        ),
        verb="product.customs", subject=source.handle, said=_("Saved."),
    )  # fmt: skip
    return back_to(product_id, "customs")
