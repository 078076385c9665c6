"""Forms of the merchant's own: they stand in pages that are the same for everybody, and are sent to an address here."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.storefront.order_access import private
from nitka.faces.storefront.page import show
from nitka.faces.storefront.posted import TRAP, me_of, refuse_machines
from nitka.ground.problem import Problem
from nitka.ground.web.limits import check, client_address
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content

FROM_ONE_PLACE = "20/h"
MOST_VALUE = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The form by itself: what a block of a page posts to, and where it comes back to be put right."""
    form = content.form(code, language)
    if form is None:
        raise Http404
    if request.method != "POST":
        return _show(request, form, {}, {})
    values = {each.name: request.POST.get(f"a-{each.name}", "")[:MOST_VALUE] for each in form.fields}
    try:
        refuse_machines(request)
        check(f"form:{client_address(request)}", FROM_ONE_PLACE)
        me = me_of(request)
        content_actions.submit_form(
            filled=content_actions.Filled(
                form=form.code, values=values, language=language, market=request.market,  # type: ignore[attr-defined]
                page=request.POST.get("page", "").replace("\0", "")[:80], agreed="consent" in request.POST,
                customer_id=me.id if me else None,
            )
        )  # fmt: skip
    except Problem as problem:
        errors = problem.detail.get("errors") or {"form": problem.message}
        return _show(request, form, values, errors, max(problem.status, 422))
    text = form.thanks or _("We read it and answer you by e-mail.")
    context = {"title": _("Thank you, we have it"), "text": text, "confirm": ""}
    return private(show(request, "storefront/message.html", context))


def _show(
    request: HttpRequest, form: content.FormView, values: Mapping[str, str], errors: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "form_of": form, "values": values, "errors": errors, "page": request.POST.get("page", "")[:80], "trap": TRAP,
    }  # fmt: skip
    return private(show(request, "storefront/form.html", context, status=status))
