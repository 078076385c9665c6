"""One mail when something can be had again: asked for on the product page, taken back with one link."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nitka.faces.storefront.page import show
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.people.customers import queries as customers
from nitka.shelf.inventory import actions as inventory

TEMPLATE = "storefront/message.html"


@require_POST
@rate_limit("alert", "10/m")
def ask(request: HttpRequest, language: str) -> HttpResponse:
    """Keep the address for one mail about one variant."""
    me = customers.customer_of_user(request.user.id) if request.user.is_authenticated else None  # type: ignore[arg-type]
    try:
        token = inventory.ask_for_alert(
            variant_id=UUID(request.POST.get("variant", "")), email=request.POST.get("email", "")[:320],
            language=language, customer_id=me.id if me else None,
        )  # fmt: skip
    except ValueError:
        return _say(request, _("We could not note this"), _("Choose what you wait for."), status=422)
    except Problem as problem:
        return _say(request, _("We could not note this"), problem.message, status=problem.status)
    return show(
        request, "storefront/alert_noted.html",
        {"leave": f"/{language}/alert/leave?token={token}" if token else ""},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, language: str) -> HttpResponse:
    """Take the wish back. Opening the link changes nothing; its button does."""
    if request.method != "POST":
        text = _("We forget your address and do not write to you about it.")
        return _say(request, _("No mail after all?"), text, confirm=_("Take it back"))
    inventory.leave_alert(token=request.GET.get("token", ""))
    return _say(request, _("Taken back"), _("We have forgotten your address."))


def _say(request: HttpRequest, title: str, text: str, *, confirm: str = "", status: int = 200) -> HttpResponse:
    context = {"title": title, "text": text, "confirm": confirm, "happened": ""}
    return show(request, TEMPLATE, context, status=status)
