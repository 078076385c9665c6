"""Where our books and the gateways' differ, and what the merchant decided about each means of payment."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import actor_id, do, record
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import amount, cell
from nitka.ground import clock
from nitka.ground.web.limits import rate_limit
from nitka.sale.orders import queries as orders
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.shelf.pricing import queries as pricing


@require_GET
@staff("orders.cancel")
def show(request: HttpRequest) -> HttpResponse:
    """Open findings, and those that were looked at lately."""
    open_, closed = money.open_findings(), money.closed_findings()
    wanted = {each.reference for each in (*open_, *closed) if each.reference}
    codes = dict(orders.order_rows().filter(id__in=wanted).values_list("id", "code")) if wanted else {}
    return page(
        request, "backoffice/money.html", {"open": open_, "closed": closed, "codes": codes, "kinds": _kinds()}
    )  # fmt: skip


@require_POST
@staff("orders.cancel")
def close(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Somebody looked at one, and says what they did."""
    note = request.POST.get("note", "").strip()
    if not note:
        say(request, _("Write what you did about it, for whoever looks later."), "error")
        return see_other(reverse("back:money"))
    do(
        request, lambda: payments.close_finding(finding_id=finding_id, actor=str(actor_id(request)), note=note),
        verb="money.close", subject=str(finding_id), detail={"note": note[:300]}, said=_("Closed."),
    )  # fmt: skip
    return see_other(reverse("back:money"))


@require_POST
@staff("orders.cancel")
@rate_limit("compare_books", "6/m")
def compare(request: HttpRequest) -> HttpResponse:
    """Compare the books now; the clock does it every hour. It asks the gateways, so no transaction is open."""
    new = payments.reconcile(since=clock.now() - timedelta(days=7))
    record(request, "money.compare", "", {"new": new})
    said = ngettext("%(n)d new difference was found.", "%(n)d new differences were found.", new) % {"n": new}
    say(request, said if new else _("The books agree."), "warn" if new else "done")
    return see_other(reverse("back:money"))


@require_GET
@staff("settings.edit")
def methods(request: HttpRequest) -> HttpResponse:
    """Every means of payment."""
    return page(
        request, "backoffice/methods.html", {"methods": money.method_choices(), "markets": pricing.markets()}
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def method(request: HttpRequest, code: str) -> HttpResponse:
    """Where one is offered, what it costs, up to which sum, and when its money is taken."""
    found = next((each for each in money.method_choices() if each.code == code), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            fees, maximum = (_amounts(request, kind) for kind in ("fee", "maximum"))
            place = int(request.POST.get("position") or found.position)
        except ValueError as trouble:
            say(request, str(trouble), "error")
            return see_other(request.path)
        countries = request.POST.get("countries", "").replace(",", " ").upper().split()
        if do(
            request, lambda: payments.put_method(
                code=code, active=bool(request.POST.get("active")), position=place, countries=countries, fees=fees,
                maximum=maximum, capture=request.POST.get("capture", "at_once"),
            ), verb="payments.method", subject=code, said=_("Saved; checkouts show it within seconds."),
        ).done:  # fmt: skip
            return see_other(reverse("back:methods"))
    return page(
        request, "backoffice/method.html", {"method": found, "markets": pricing.markets(), "cell": cell}
    )  # fmt: skip


def _amounts(request: HttpRequest, kind: str) -> dict[str, int]:
    """The filled cells of one row, in minor units by market."""
    cells = {
        each.code: amount(request.POST.get(f"{kind}.{each.code}", ""), each.currency) for each in pricing.markets()
    }
    return {code: minor for code, minor in cells.items() if minor is not None}


def _kinds() -> dict[str, tuple[str, str]]:
    """What was found, and what to do about it."""
    return {
        "charge_without_order": (
            _("Money without an order"), _("The gateway has money that no order stands for. Send it back there.")),
        "order_without_charge": (
            _("An order without money"), _("The order counts as paid, and the money is not there. Ask the gateway.")),
        "amount_differs": (
            _("Another amount"), _("The gateway tells another sum than ours. Correct it there, or refund the rest.")),
        "refund_differs": (
            _("Another refund"), _("More or less went back than our books say: perhaps somebody did it over there.")),
        "capture_refused": (
            _("Money was not given"), _("The parcel left and the gateway refused. Ask the customer to pay anew.")),
        "authorisation_ends": (
            _("Set-aside money ends soon"), _("Ship the order, or the customer's bank lets the money go.")),
    }  # fmt: skip
