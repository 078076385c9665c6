"""Orders that wait for a look at them, and the rules that set them aside."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import amount, cell
from nitka.faces.backoffice.views.order import found
from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money

MOST = 2_000_000_000


@require_GET
@staff("orders.view")
def show(request: HttpRequest) -> HttpResponse:
    """The queue, the oldest on top, with what the rules saw."""
    listed = keyset(orders.review_rows(), request, by="placed_at", size=25)
    queue = [(orders.order_row(row), money.risk_of(row.id)) for row in listed.rows]
    return page(request, "backoffice/review.html", {"list": listed, "queue": queue})


@require_POST
@staff("orders.cancel")
def clear(request: HttpRequest, code: str) -> HttpResponse:
    """The order is fine."""
    order = found(code)
    do(
        request, lambda: order_actions.clear_review(order_id=order.id, actor=str(actor_id(request))),
        verb="order.clear_review", subject=order.code, said=_("%(code)s can be packed.") % {"code": order.code},
    )  # fmt: skip
    return see_other(reverse("back:review"))


@require_POST
@staff("orders.cancel")
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """The order is not sent; what was paid goes back."""
    order, note = found(code), request.POST.get("note", "").strip()
    if not note:
        say(request, _("Nothing was done: write what the shopper shall read."), "error")
        return see_other(reverse("back:review"))
    do(
        request,
        lambda: order_actions.refuse_review(order_id=order.id, actor=str(actor_id(request)), note=note) is not None,
        verb="order.refuse_review", subject=order.code, detail={"note": note},
        said=_("%(code)s is cancelled, and what was paid goes back.") % {"code": order.code},
    )  # fmt: skip
    return see_other(reverse("back:review"))


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def rules(request: HttpRequest) -> HttpResponse:
    """The figures of the rules."""
    known = money.risk_rules()
    if request.method == "POST":
        try:
            wanted = {
                rule.code: {
                    "active": bool(request.POST.get(f"active.{rule.code}")),
                    **{name: _figure(rule.code, name, request.POST.get(f"{name}.{rule.code}", ""), getattr(rule, name))
                       for name in ("score", "most", "minutes")},
                }
                for rule in known
            }  # fmt: skip
        except ValueError:
            say(request, _("Write whole numbers, none below zero."), "error")
            return see_other(reverse("back:risk"))
        do(
            request, lambda: payments.put_risk_rules(rules=wanted), verb="risk.put_rules", detail={"rules": wanted},
            said=_("The rules are saved. They hold from the next order on."),
        )  # fmt: skip
        return see_other(reverse("back:risk"))
    return page(request, "backoffice/risk.html", {"rules": {rule.code: rule for rule in known}, "cell": cell})


def _figure(code: str, name: str, text: str, otherwise: int) -> int:
    """A figure of a rule; nothing written leaves it as it is. An amount is written in euro."""
    if not text.strip():
        return otherwise
    number = (amount(text, "EUR") or 0) if (code, name) == ("first_order", "most") else int(text.strip())
    if not 0 <= number <= MOST:
        raise ValueError(text)
    return number
