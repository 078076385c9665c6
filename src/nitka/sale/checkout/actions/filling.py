"""What the shopper fills in on the way to an order."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.people.customers import actions as customers
from nitka.people.customers.queries import PostalAddress
from nitka.sale.checkout.actions.joining import checked_country
from nitka.sale.checkout.lookup import locked, touch
from nitka.sale.checkout.models import Cart
from nitka.sale.checkout.problems import MissingProblem
from nitka.sale.payments import queries as payments
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing

TOLD = ("birthday", "preferred_channel", "heard_from", "occasions", "newsletter")


@transaction.atomic
def fill_in(
    *, token: str, email: str | None = None, phone: str | None = None, name: str | None = None,
    shipping_address: PostalAddress | None = None, billing_address: PostalAddress | None = None,
    billing_as_shipping: bool = False, country: str | None = None, delivery: str | None = None,
    payment: str | None = None, payment_choice: str | None = None, note: str | None = None,
    pickup_point: str | None = None,
    told_us: dict[str, Any] | None = None, language: str | None = None,
    vat_number: str | None = None,
) -> None:  # fmt: skip
    """Keep any part of the form of checkout, checked; None leaves a part as it is. One statement, one version.

    Nothing is kept where a part is refused. Raises EmailProblem, AddressProblem, CountryProblem, MissingProblem,
    VatNumberProblem.
    """
    cart = locked(token)
    changes: dict[str, Any] = {
        name: value
        for name, value in {"phone": phone, "name": name, "note": note, "language": language,
                            "delivery_code": delivery, "pickup_point": pickup_point,
                            "payment_choice": payment_choice}.items()
        if value is not None
    }  # fmt: skip
    if email is not None:
        changes["email"] = customers.check_email(email=email)
    if country is not None:
        changes["country"] = checked_country(cart, country)
    if shipping_address is not None:
        changes |= _shipping(cart, shipping_address)
    if billing_as_shipping:
        changes["billing_address"] = {}
    elif billing_address is not None:
        changes["billing_address"] = customers.check_address(address=billing_address).as_dict()
    if vat_number is not None:
        changes["vat_number"] = _vat_number(cart, vat_number)
    if payment is not None:
        changes["payment_method"] = _known_method(payment)
    if told_us is not None:
        changes["told_us"] = {key: value for key, value in told_us.items() if key in TOLD and value}
    # Sending the same form again is no change: another tab must not be told that the cart changed.
    changed = {key: value for key, value in changes.items() if getattr(cart, key) != value}
    if changed:
        touch(cart, **changed)


def set_contact(*, token: str, email: str, name: str | None = None, phone: str | None = None) -> None:
    """Who buys. Raises EmailProblem."""
    fill_in(token=token, email=email, name=name, phone=phone)


def set_address(*, token: str, shipping: PostalAddress, billing: PostalAddress | None = None) -> None:
    """Where it goes, and where the invoice goes (None: to the same place). Raises AddressProblem, CountryProblem."""
    fill_in(token=token, shipping_address=shipping, billing_address=billing, billing_as_shipping=billing is None)


def set_country(*, token: str, country: str) -> None:
    """The country alone, for prices of delivery before the address is known. Raises CountryProblem."""
    fill_in(token=token, country=country)


def choose_delivery(*, token: str, code: str) -> None:
    """How it comes; whether that is still to be had is asked when the order is placed."""
    fill_in(token=token, delivery=code)


def choose_payment(*, token: str, method: str, choice: str = "") -> None:
    """How it is paid. Raises MissingProblem for a method that is not here."""
    fill_in(token=token, payment=method, payment_choice=choice)


def _shipping(cart: Cart, address: PostalAddress) -> dict[str, Any]:
    country = checked_country(cart, address.country)
    clean = customers.check_address(address=address)
    return {
        "shipping_address": clean.as_dict(), "country": country, "name": clean.name or cart.name,
        "phone": clean.phone or cart.phone,
    }  # fmt: skip


def _vat_number(cart: Cart, text: str) -> str:
    """The number put right; the register is asked by a job, so that nobody waits for it."""
    if not text.strip():
        return ""
    number = pricing.read_vat_number(text, str(cart.billing_address.get("country") or cart.country)).number
    if number != cart.vat_number:
        pricing_actions.look_up_vat_number(number=number)
    return number


def _known_method(code: str) -> str:
    if code and not payments.is_known(code):
        raise MissingProblem(_("Choose how you want to pay."), missing=["payment"])
    return code
