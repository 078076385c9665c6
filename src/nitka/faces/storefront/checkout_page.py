"""What the page of the checkout shows, made of the cart and of what was typed."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from markupsafe import Markup

from nitka.faces.storefront import happenings
from nitka.faces.storefront.account import channels, occasion_kinds
from nitka.faces.storefront.cart_page import badge_of
from nitka.faces.storefront.checkout_form import Form
from nitka.faces.storefront.checkout_words import Arrival, arrival
from nitka.faces.storefront.page import show
from nitka.ground import locale
from nitka.ground.ids import new_token
from nitka.people.customers import queries as people
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout.queries import CheckoutView
from nitka.sale.shipping.queries import OptionView
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

NOTHING = Markup("")
NOT_OF_DELIVERY = {"email", "payment", "code", "gift_card", "cart"}
LEGAL = ("terms", "withdrawal", "privacy")


def page(
    request: HttpRequest,
    language: str,
    view: CheckoutView,
    form: Form,
    *,
    status: int = 200,
    happened: Markup = NOTHING,
) -> HttpResponse:
    """The whole page; JavaScript takes from it what changed."""
    country, steps = _country(form, view), _steps(view, form)
    context = {
        "view": view, "cart": view.cart, "form_": form, "country": country,
        "countries": people.countries(_countries(), language),
        "fields": people.address_form(country, language),
        "billing_fields": _billing_fields(form, country, language),
        "deliveries": [_arrival(each, view, language) for each in view.options],
        "offers": view.cart.offers[:3], "steps": steps,  # usable ones come first
        "version": fingerprint(view.cart.market, ((each.variant_id, each.quantity) for each in view.cart.lines)),
        "key": new_token(), "more": (more := _more(view)),
        "seen_more": " ".join(f"{code}:{minor}" for code, minor in more.items()),
        "legal": [(each.title_in(language), each.slug) for each in content.pages("legal") if each.slug in LEGAL],
        "channels": channels(), "occasion_kinds": occasion_kinds(), "months": _months(language),
        "sources": heard_choices(), "happened": happenings.checkout(view, steps) + happened,
    }  # fmt: skip
    response = show(
        request, "storefront/checkout/checkout.html", context, status=status, cart=badge_of(view.cart, language)
    )
    response["Cache-Control"] = "no-store"
    return response


def _arrival(option: OptionView, view: CheckoutView, language: str) -> Arrival:
    chosen = view.delivery if view.delivery and view.delivery.code == option.code else option
    return arrival(chosen, language, view.shipping_address.postcode, view.cart.country)


def fingerprint(market: str, pieces: Iterable[tuple[UUID, int]]) -> str:
    """What the shopper sees in the cart, in short: the button orders this and nothing else."""
    lines = sorted(f"{variant_id}:{quantity}" for variant_id, quantity in pieces)
    return hashlib.sha256(f"{market} {' '.join(lines)}".encode()).hexdigest()[:16]


def _more(view: CheckoutView) -> dict[str, int]:
    """Way of delivery or payment → how much more than the total that is shown it would come to.

    A shopper without JavaScript reads these totals beside the choices and may press the button at once.
    """
    goods = view.cart.quote
    if goods is None:
        return {}
    way = (view.delivery.list_minor, view.delivery.code) if view.delivery else (0, "")
    fee = view.method.fee_minor if view.method else 0
    now = pricing.with_delivery(goods, *way, fee).total_minor
    ways = {each.code: pricing.with_delivery(goods, each.list_minor, each.code, fee) for each in view.options}
    fees = {each.code: pricing.with_delivery(goods, *way, each.fee_minor) for each in view.methods}
    return {code: asked.total_minor - now for code, asked in (ways | fees).items()}


def use_code(token: str, form: Form, code: str) -> None:
    """Put a code on the cart; a wrong one is said at its field and stays there to be mended."""
    if not code:
        return
    try:
        checkout.apply_coupon(token=token, code=code)
        form.values["code"] = ""
    except checkout.CodeProblem as problem:
        form.values["code"], form.errors["code"] = code, problem.message


def tell_declined(form: Form) -> None:
    """The card was declined: said at the payment, with what can be done."""
    form.errors["payment"] = _("The card was declined. Nothing was charged. Try another card, or pay another way.")


def fill_from_account(request: HttpRequest, form: Form) -> None:
    """Who is signed in need not type what we know. Nothing of it is kept before it is sent."""
    if form["email"] or not request.user.is_authenticated:
        return
    me = people.customer_of_user(request.user.id)  # type: ignore[arg-type]
    if me is None:
        return
    form.values |= {"email": me.email, "name": form["name"] or me.name, "phone": form["phone"] or me.phone}
    saved = next(iter(people.addresses_of(me.id)), None) if not form["line1"] else None
    if saved and saved.address.country in _countries():
        form.values |= saved.address.as_dict()


def heard_choices() -> list[tuple[str, str]]:
    """How somebody may have heard of the shop; kept as the code."""
    return [
        ("", _("Choose, if you like")), ("friends", _("From friends or family")), ("search", _("From a search engine")),
        ("social", _("From social media")), ("press", _("From a magazine or blog")), ("advert", _("From an advert")),
        ("other", _("From somewhere else")),
    ]  # fmt: skip


def _months(language: str) -> list[tuple[str, str]]:
    names: Mapping[int, str] = locale.cldr(language).months["stand-alone"]["wide"]
    return [("", _("Month")), *((str(number), name.capitalize()) for number, name in names.items())]


def _countries() -> tuple[str, ...]:
    """All that any market serves: choosing one takes the cart to its market."""
    return tuple(sorted({country for market in pricing.markets() for country in market.countries}))


def _country(form: Form, view: CheckoutView) -> str:
    wanted = form["country"].upper()
    return wanted if wanted in _countries() else view.cart.country


def _billing_fields(form: Form, country: str, language: str) -> tuple[Any, ...]:
    wanted = form["billing_country"].upper()
    known = wanted if wanted in _countries() else country
    return tuple(each for each in people.address_form(known, language) if each.name != "phone")


def _steps(view: CheckoutView, form: Form) -> dict[str, str]:
    """The knots of the thread: done, now (the first that lacks something), promised."""
    wrong = {
        "contact": "email" in form.errors, "delivery": bool(form.errors.keys() - NOT_OF_DELIVERY),
        "payment": "payment" in form.errors,
    }  # fmt: skip
    lacking = {
        "contact": "email" in view.missing, "delivery": bool({"address", "delivery", "pickup"} & set(view.missing)),
        "payment": "payment" in view.missing,
    }  # fmt: skip
    states, now = {}, False
    for step in ("contact", "delivery", "payment"):
        open_ = wrong[step] or lacking[step]
        states[step] = ("promised" if now else "now") if open_ else "done"
        now = now or open_
    return {**states, "done": "promised" if now else "now"}
