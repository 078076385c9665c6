"""Gift cards and store credit: all cards, making one, the story of one, and credit for a customer."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other, typed
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import amount
from nitka.ground import clock
from nitka.ground.ids import new_token
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.people.customers import actions as customer_actions
from nitka.people.customers import queries as customers
from nitka.sale.orders import queries as orders
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All gift cards; and the form that makes one and mails it."""
    if request.method == "POST":
        return _issue(request)
    rows = money.gift_card_rows(search=typed(request))
    currencies = sorted({market.currency for market in pricing.markets()})
    context = {
        "list": keyset(rows, request, by="-created_at"), "currencies": currencies, "names": LANGUAGE_NAMES,
        "languages": content.shop().languages, "key": new_token(), "now": clock.now(),
    }  # fmt: skip
    return page(request, "backoffice/gift_cards.html", context)


def _issue(request: HttpRequest) -> HttpResponse:
    posted, here = request.POST, see_other(reverse("back:gift-cards"))
    currency, recipient = posted.get("currency", "EUR")[:3], posted.get("recipient", "").strip()
    try:
        minor = amount(posted.get("amount", ""), currency) or 0
        until = _end_of(posted.get("until", ""))
        if recipient:
            recipient = customer_actions.check_email(email=recipient)
    except ValueError as trouble:
        say(request, str(trouble), "error")
        return here
    except customer_actions.EmailProblem as problem:
        say(request, problem.message, "error")
        return here
    language = posted.get("language", "en")
    made = do(
        request,
        lambda: payments.issue_gift_card(
            minor=minor, currency=currency, key=f"staff:{posted.get('key', '')[:60]}", recipient=recipient,
            language=language if language in LANGUAGE_NAMES else "en", words=posted.get("words", "").strip()[:500],
            expires_at=until, reason=posted.get("reason", "").strip(), actor=str(actor_id(request)),
        ),
        verb="gift_card.issue", subject=recipient, detail={"minor": minor, "currency": currency},
    )  # fmt: skip
    if made.done:
        _say_made(request, made.value, recipient)
        return see_other(reverse("back:gift-card", args=[made.value.account_id]))
    return here


def _say_made(request: HttpRequest, card: payments.IssuedCard, recipient: str) -> None:
    """The code is shown this once, and only where no mail carries it."""
    if recipient:
        say(request, _("The gift card is on its way to %(email)s.") % {"email": recipient})
    elif card.code:
        say(request, _("Write this code down, it is shown only now: %(code)s") % {"code": card.code})


def _end_of(day: str) -> datetime | None:
    if not day:
        return None
    try:
        date = datetime.strptime(day, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise ValueError(_("Choose days from the calendar.")) from None
    return clock.at_local(date + timedelta(days=1), time(), content.shop().zone)


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def one(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """The story of a card; and calling it back."""
    card = money.credit_account(account_id)
    if card is None or card.kind != "gift_card":
        raise Http404
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        if not reason:
            say(request, _("Nothing was done: write why the card is called back."), "error")
        else:
            do(
                request,
                lambda: payments.close_gift_card(account_id=card.id, reason=reason, actor=str(actor_id(request))),
                verb="gift_card.close", subject=card.hint, detail={"reason": reason},
                said=_("The card is closed; what was left on it lapsed."),
            )  # fmt: skip
        return see_other(request.path)
    lines = money.credit_lines([card.id]).get(card.id, ())
    codes = orders.codes_of(line.reference for line in lines if line.reference)
    return page(
        request, "backoffice/gift_card.html", {"card": card, "lines": lines, "codes": codes, "now": clock.now()}
    )


@require_http_methods(["GET", "POST"])
@staff("orders.cancel")
def customer(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """What the shop owes one customer; and giving some, with the reason."""
    known = customers.customer(customer_id)
    if known is None:
        raise Http404
    if request.method == "POST":
        return _grant(request, known.id)
    credit = money.credit_of(*customers.proved_ids_of(known.id))
    lines = money.credit_lines([each.id for each in credit])
    codes = orders.codes_of(line.reference for each in lines.values() for line in each if line.reference)
    context = {
        "customer": known, "credit": credit, "lines": lines, "codes": codes, "key": new_token(),
        "currencies": sorted({market.currency for market in pricing.markets()}),
        "own_currency": next((each.currency for each in pricing.markets() if each.code == known.market), ""),
    }  # fmt: skip
    return page(request, "backoffice/customer_credit.html", context)


def _grant(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    posted = request.POST
    currency, reason = posted.get("currency", "EUR")[:3], posted.get("reason", "").strip()
    try:
        minor = amount(posted.get("amount", ""), currency) or 0
    except ValueError as trouble:
        say(request, str(trouble), "error")
        return see_other(request.path)
    if not reason:
        say(request, _("Nothing was given: write the reason."), "error")
        return see_other(request.path)
    do(
        request,
        lambda: payments.grant_credit(
            customer_id=customer_id, minor=minor, currency=currency, key=f"staff:{posted.get('key', '')[:60]}",
            reason=reason, actor=str(actor_id(request)),
        ),
        verb="credit.grant", subject=str(customer_id), detail={"minor": minor, "currency": currency, "reason": reason},
        said=_("The credit is given. It can be used at the next checkout."),
    )  # fmt: skip
    return see_other(request.path)
