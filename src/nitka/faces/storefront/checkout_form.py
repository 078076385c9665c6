"""The one form of the checkout: what was typed, and keeping it in the cart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem
from nitka.people.customers import queries as people
from nitka.people.customers.queries import PostalAddress
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout.queries import CheckoutView

ADDRESS = tuple(PostalAddress.__dataclass_fields__)
TOLD = ("birthday", "preferred_channel", "heard_from", "occasion_kind", "occasion_name", "occasion_day",
        "occasion_month", "newsletter")  # fmt: skip
FIELDS = ("email", *ADDRESS, "delivery", "payment", "choice", "note", "code", "gift_card", "other_invoice",
          "vat_number", "po_number", *(f"billing_{name}" for name in ADDRESS if name != "phone"), *TOLD)  # fmt: skip
LONGEST = {"note": 2000}


@dataclass
class Form:
    """What was typed, by field; and what is wrong with it."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    moved_to: str = ""  # the market that the cart went to, because the parcel does

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def address(self) -> PostalAddress:
        return PostalAddress.from_dict(self.values)

    @property
    def billing(self) -> PostalAddress | None:
        """Where the invoice goes, if not with the parcel."""
        if not self["other_invoice"]:
            return None
        values = {name: self[f"billing_{name}"] for name in ADDRESS}
        return PostalAddress.from_dict({**values, "country": values["country"] or self["country"]})


def read(request: HttpRequest) -> Form:
    """The form as it was sent. What a browser does not send is empty."""
    form = Form({
        name: request.POST[name].replace("\x00", "").strip()[: LONGEST.get(name, 300)]
        for name in FIELDS if name in request.POST
    })  # fmt: skip
    point = request.POST.get(f"pickup.{form['delivery']}")
    if point is not None:
        form.values["pickup"] = point.replace("\x00", "").strip()[:60]
    return form


def of_cart(view: CheckoutView) -> Form:
    """The form as the cart remembers it."""
    address = view.shipping_address.as_dict()
    values = {**address, "name": address["name"] or view.name, "phone": address["phone"] or view.phone,
              "email": view.email, "note": view.note,
              "vat_number": view.vat_number, "choice": view.payment_choice, "country": view.cart.country,
              "payment": view.method.code if view.method else ""}  # fmt: skip
    if view.billing_address:
        values |= {f"billing_{name}": value for name, value in view.billing_address.as_dict().items()}
        values["other_invoice"] = "1"
    return Form(values | _told_values(view.told_us))


def _told_values(told: Mapping[str, Any]) -> dict[str, str]:
    values = {name: str(told.get(name) or "") for name in ("birthday", "preferred_channel", "heard_from", "newsletter")}
    first: Mapping[str, Any] = next(iter(told.get("occasions") or []), {})
    return values | {f"occasion_{name}": str(first.get(name) or "") for name in ("kind", "name", "day", "month")}


def _told(form: Form) -> dict[str, Any] | None:
    if not any(name in form.values for name in TOLD):
        return None
    told: dict[str, Any] = {name: form[name] for name in ("birthday", "preferred_channel", "heard_from", "newsletter")}
    if form["occasion_day"].isdecimal() and form["occasion_month"].isdecimal():
        told["occasions"] = [{name: form[f"occasion_{name}"] for name in ("kind", "name", "day", "month")}]
    return told


def keep(token: str, language: str, form: Form, *, final: bool) -> None:
    """Keep what was typed in the cart; `form.errors` says what could not be kept.

    Until the order is placed (`final`) nobody is told that something is missing, only what cannot be right. A country
    that another market serves takes the cart there. Raises NoCartProblem.
    """
    parts = _parts(language, form, final)
    whole = {name: value for part in parts for name, value in part.items()}
    try:
        checkout.fill_in(token=token, **whole)
    except checkout.NoCartProblem:
        raise
    except checkout.CountryProblem as problem:
        if _move(token, form, problem):
            keep(token, language, form, final=final)
        else:
            _keep_parts(token, form, parts)
    except Problem:
        _keep_parts(token, form, parts)


def _keep_parts(token: str, form: Form, parts: list[dict[str, Any]]) -> None:
    """Something is wrong. What is right must be kept all the same, so part by part."""
    for part in parts:
        _keep_part(token, form, part)


def _parts(language: str, form: Form, final: bool) -> list[dict[str, Any]]:
    chosen = {
        "delivery": "delivery",
        "payment": "payment",
        "choice": "payment_choice",
        "note": "note",
        "pickup": "pickup_point",
    }
    wishes: dict[str, Any] = {ours: form[name] for name, ours in chosen.items() if name in form.values}
    parts = [_where(form, final), {"language": language, **wishes, "told_us": _told(form)}]
    if form["email"] or final:
        parts.append({"email": form["email"]})
    if "vat_number" in form.values:
        parts.append({"vat_number": form["vat_number"]})
    billing = form.billing
    if billing is None:
        parts.append({"billing_as_shipping": True})
    elif final or _is_whole(billing):
        parts.append({"billing_address": billing})
    return parts


def _where(form: Form, final: bool) -> dict[str, Any]:
    """The address once it is whole; before that the country alone, which decides over delivery and tax."""
    if final or _is_whole(form.address):
        return {"shipping_address": form.address}
    return {"country": form["country"]} if form["country"] else {}


def _is_whole(address: PostalAddress) -> bool:
    try:
        fields = people.address_form(address.country, "en")
    except ValueError:
        return False
    return all(
        getattr(address, each.name) or (each.name == "name" and address.company) for each in fields if each.required
    )


def _keep_part(token: str, form: Form, part: dict[str, Any]) -> None:
    try:
        checkout.fill_in(token=token, **part)
    except checkout.NoCartProblem:
        raise
    except checkout.CountryProblem as problem:
        if _move(token, form, problem):
            _keep_part(token, form, part)
        else:
            form.errors["country"] = problem.message
    except Problem as problem:
        form.errors |= errors_of(problem, "billing_" if "billing_address" in part else "", next(iter(part), "email"))


def _move(token: str, form: Form, problem: checkout.CountryProblem) -> bool:
    """Goods for that country are sold in another market: the cart goes there, and the shopper is told."""
    market = str(problem.detail.get("market") or "")
    if not market or form.moved_to:
        return False
    checkout.switch_market(token=token, market=market)
    form.moved_to = market
    form.notice = _("Parcels to this country are sold at its own prices. All prices were changed to them.")
    return True


def errors_of(problem: Problem, prefix: str = "", otherwise: str = "") -> dict[str, str]:
    """Field → sentence."""
    fields = problem.detail.get("fields")
    if isinstance(fields, dict):
        return {prefix + str(name): str(sentence) for name, sentence in fields.items()}
    missing = problem.detail.get("missing")
    if isinstance(missing, list) and missing:
        return {{"address": "line1"}.get(str(name), str(name)): problem.message for name in missing}
    return {otherwise: problem.message}
