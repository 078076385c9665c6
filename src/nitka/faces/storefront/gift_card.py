"""Gift cards: what is left on one, asked by its code; and in the account, all that the shop owes this customer."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from nitka.faces.storefront.account_guard import signed_in
from nitka.faces.storefront.page import show
from nitka.ground.web.limits import rate_limit
from nitka.people.customers import queries as people
from nitka.people.customers.queries import CustomerView
from nitka.sale.orders import queries as orders
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money


@require_http_methods(["GET", "HEAD"])
def ask(request: HttpRequest, language: str) -> HttpResponse:
    """The field for the code."""
    return _shown(request, {})


@rate_limit("gift_card_balance", "20/h")
def balance(request: HttpRequest, language: str) -> HttpResponse:
    """What is left on the card. The code comes by post, so that no address and no log ever holds it."""
    if request.method != "POST":
        return _shown(request, {})
    code = request.POST.get("code", "").replace("\x00", "").strip()[:40]
    try:
        card = money.gift_card(code)
    except payments.UnknownGiftCardProblem as problem:
        return _shown(request, {"code": code, "error": problem.message}, 422)
    return _shown(request, {"card": card, "lines": money.credit_lines([card.id]).get(card.id, ())})


@require_safe
@signed_in
def listing(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Everything that the shop owes this customer. Four questions, however many cards."""
    ids = people.proved_ids_of(me.id) if me.merged else [me.id]
    credit = money.credit_of(*ids)
    lines = money.credit_lines([each.id for each in credit]) if credit else {}
    codes = {each.id: each.code for each in orders.orders_of_customer(*ids)} if credit else {}
    context = {"me": me, "here": "account_credit", "credit": credit, "lines": lines, "codes": codes}
    return show(request, "storefront/account/credit.html", context)


def _shown(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = show(
        request, "storefront/gift_card.html", {"error": "", "code": "", "card": None, **context}, status=status
    )
    response["Cache-Control"] = "no-store"
    return response
