"""The account: what there is, orders, and what the customer told us."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nitka.faces.storefront.account_guard import signed_in
from nitka.faces.storefront.installing import keep_here
from nitka.faces.storefront.page import market_name, show
from nitka.faces.storefront.visitors import remember_market
from nitka.ground import locale
from nitka.ground.problem import Problem
from nitka.people.accounts import queries as known
from nitka.people.contact import actions as contact
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.customers.queries import CustomerView, OccasionView
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing


@require_safe
@signed_in
def overview(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """The newest orders, and the way to all the rest."""
    found = orders.orders_of_customer(*_ids_of(me))
    methods = known.sign_in_methods(request.user.id)  # type: ignore[arg-type]
    context = {"me": me, "orders": found[:3], "more": len(found) > 3, "passkeys": methods.passkeys, "here": "account"}
    return show(request, "storefront/account/overview.html", context)


def _ids_of(me: CustomerView) -> list[UUID]:
    """What was merged into the account by proof is theirs to see; what somebody merely typed is not."""
    return people.proved_ids_of(me.id) if me.merged else [me.id]


@require_safe
@signed_in
def order_list(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """All orders, newest first."""
    context = {"me": me, "orders": orders.orders_of_customer(*_ids_of(me)), "here": "account_orders"}
    return keep_here(show(request, "storefront/account/orders.html", context), "orders")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def about(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """Name, language, market, units; birthday and occasions; how to be reached; the newsletter."""
    if request.method != "POST":
        return _about(request, me)
    try:
        deed = _DEEDS[request.POST.get("what", "")]
    except KeyError:
        return _about(request, me, {"what": _("Please use one of the buttons of this page.")}, status=422)
    try:
        response = deed(request, language, me)
    except Problem as problem:
        return _about(request, me, {problem.detail.get("field", "what"): problem.message}, status=problem.status)
    return response or HttpResponseRedirect(reverse("account_about", args=[language]) + "?saved=1", status=303)


def _about(
    request: HttpRequest, me: CustomerView, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    language: str = request.language  # type: ignore[attr-defined]
    context = {
        "me": me, "errors": errors or {}, "saved": "saved" in request.GET, "here": "account_about",
        "occasions": people.occasions_of(me.id), "newsletter": people.has_consent(me.email, "newsletter"),
        "markets": [(each.code, market_name(each, language)) for each in pricing.markets()],
        "languages": [(code, locale.LANGUAGE_NAMES[code]) for code in content.shop().languages],
        "channels": channels(), "kinds": occasion_kinds(),
        "months": [(str(number), name.capitalize()) for number, name in _months(language).items()],
    }  # fmt: skip
    return show(request, "storefront/account/about.html", context, status=status)


def _months(language: str) -> Mapping[int, str]:
    return locale.cldr(language).months["stand-alone"]["wide"]  # type: ignore[no-any-return]


def channels() -> list[tuple[str, str]]:
    """How we may reach somebody, in words."""
    return [
        ("", _("No wish")), ("email", _("E-mail")), ("phone", _("Telephone")), ("sms", _("SMS")),
        ("whatsapp", "WhatsApp"), ("viber", "Viber"), ("telegram", "Telegram"),
    ]  # fmt: skip


def occasion_kinds() -> list[tuple[str, str]]:
    """Kinds of days to remember, in words."""
    return [
        ("birthday", _("Birthday of somebody dear")), ("name_day", _("Name day")), ("anniversary", _("Anniversary")),
        ("moving", _("Moving house")), ("other", _("Another day")),
    ]  # fmt: skip


def _name(request: HttpRequest, language: str, me: CustomerView) -> None:
    market: str = request.market  # type: ignore[attr-defined]
    country = next((each.default_country for each in pricing.markets() if each.code == market), "")
    name, phone = request.POST.get("name", ""), request.POST.get("phone", "")
    customers.set_name(customer_id=me.id, name=name, phone=phone, country=country)


def _preferences(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    wanted, units = request.POST.get("language", language), request.POST.get("units", me.units)
    if wanted in locale.LANGUAGES and wanted not in content.shop().languages:
        wanted = language  # chosen before the merchant left it out
    market = request.POST.get("market", "")
    if market not in {each.code for each in pricing.markets()}:
        market = request.market  # type: ignore[attr-defined]
    customers.set_preferences(customer_id=me.id, language=wanted, market=market, units=units)
    response = HttpResponseRedirect(reverse("account_about", args=[wanted]) + "?saved=1", status=303)
    remember_market(response, market, units)
    return response


def _birthday(request: HttpRequest, language: str, me: CustomerView) -> None:
    given = request.POST.get("birthday", "").strip()
    if not given:
        customers.tell_us(customer_id=me.id, forget=("birthday",))
        return
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise customers.ToldProblem(_("This day does not exist."), field="birthday") from None
    customers.tell_us(customer_id=me.id, birthday=day)


def _occasion_add(request: HttpRequest, language: str, me: CustomerView) -> None:
    post = request.POST
    kinds = dict(occasion_kinds())
    kind = post.get("kind", "") if post.get("kind", "") in kinds else "other"
    made = OccasionView(
        kind, post.get("name", ""), _number(post, "month"), _number(post, "day"), _number(post, "year") or None
    )
    customers.tell_us(customer_id=me.id, occasions=[*people.occasions_of(me.id), made])


def _occasion_drop(request: HttpRequest, language: str, me: CustomerView) -> None:
    left = people.occasions_of(me.id)
    place = _number(request.POST, "place")
    if 0 < place <= len(left):
        del left[place - 1]
        customers.tell_us(customer_id=me.id, occasions=left, forget=() if left else ("occasions",))


def _channel(request: HttpRequest, language: str, me: CustomerView) -> None:
    wish = request.POST.get("preferred_channel", "")
    if wish:
        customers.tell_us(customer_id=me.id, preferred_channel=wish)
    else:
        customers.tell_us(customer_id=me.id, forget=("preferred_channel",))


def _newsletter(request: HttpRequest, language: str, me: CustomerView) -> None:
    if request.POST.get("newsletter"):
        contact.subscribe_newsletter(email=me.email, language=language, source="account")
    else:
        contact.unsubscribe_email(email=me.email)


_DEEDS: dict[str, Any] = {
    "name": _name, "preferences": _preferences, "birthday": _birthday, "occasion_add": _occasion_add,
    "occasion_drop": _occasion_drop, "channel": _channel, "newsletter": _newsletter,
}  # fmt: skip


def _number(post: QueryDict, name: str) -> int:
    text = post.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
