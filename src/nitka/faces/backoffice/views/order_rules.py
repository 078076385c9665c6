"""What shoppers may do to their orders themselves, and which goods are samples or go home on trial."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.shelf.catalog import queries as catalog


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """The rules of all markets, and the terms of one variant by its SKU."""
    if request.method == "POST":
        if request.POST.get("what") == "terms":
            _put_terms(request)
        else:
            _put_rule(request)
        return see_other(reverse("back:order-rules"))
    names = {
        "cancel": _("Cancel the order"), "address": _("Change the address"), "items": _("Take another variant"),
        "payment": _("Pay another way"),
    }  # fmt: skip
    rules = [(names[rule.kind], rule) for rule in queries.policies_in_force()]
    return page(request, "backoffice/order-rules.html", {"rules": rules, "kinds": names, "terms": _terms()})


def _put_rule(request: HttpRequest) -> None:
    form = request.POST
    reasons = [line.strip() for line in form.get("reasons", "").splitlines() if line.strip()]
    kind = form.get("kind", "")
    do(
        request,
        lambda: orders.put_policy(
            kind=kind, allowed="allowed" in form, until=form.get("until", "packed"), times=number(form, "times"),
            reasons=reasons, reason_needed="reason_needed" in form, not_after=form.getlist("not_after"),
            refund_anywhere="refund_anywhere" in form,
        ),
        verb="orders.policy", subject=kind, said=_("The rule is saved; it holds within seconds."),
    )  # fmt: skip


def _put_terms(request: HttpRequest) -> None:
    form = request.POST
    sku = form.get("sku", "").strip()
    variant = catalog.variant_ids_by_sku([sku]).get(sku)

    def put() -> None:
        if variant is None:
            raise orders.OrderProblem(_("There is no article %(sku)s.") % {"sku": sku})
        orders.put_variant_terms(
            variant_id=variant, per_person=number(form, "per_person"), period_days=number(form, "period_days") or 30,
            trial_days=number(form, "trial_days"),
        )  # fmt: skip

    do(request, put, verb="orders.terms", subject=sku, said=_("Saved; it holds for orders from now on."))


def _terms() -> list[tuple[str, queries.Terms]]:
    found = queries.all_terms()
    views = catalog.variants([each.variant_id for each in found])
    return [(views[each.variant_id].sku, each) for each in found if each.variant_id in views]


def number(form: Mapping[str, str], name: str) -> int | None:
    """A whole number above zero, or None."""
    text = form.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:5]) <= 9999 else None
