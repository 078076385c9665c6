"""Where a question was opened from: what it is about, in words and as references."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nitka.care.desk import queries as desk
from nitka.faces.storefront.cart_cookie import token_of
from nitka.faces.storefront.order_access import link
from nitka.sale.checkout import queries as checkout
from nitka.sale.orders.queries import OrderView
from nitka.shelf.content import queries as content
from nitka.shelf.search import queries as search

MOST_LINES = 20


@dataclass(frozen=True)
class Place:
    """`title` and `href` lead back; `context` holds references that staff see beside the question."""

    about: str = ""
    title: str = ""
    href: str = ""
    subject: str = ""
    cause: str = ""
    order_code: str = ""
    email: str = ""
    context: dict[str, Any] = field(default_factory=dict)


def place_of(request: HttpRequest, language: str) -> Place:
    """The place that the address names; an unknown one is nowhere in particular."""
    about = request.GET.get("about", "").replace("\x00", "")[:200]
    kind, _colon, name = about.partition(":")
    cart = _cart(request, language)
    if kind == "product" and (found := search.product_page(slug=name, language=language, market=request.market)):  # type: ignore[attr-defined]
        href = f"/{language}/p/{name}/"
        product = {"id": str(found.product_id), "slug": name, "title": found.title}
        return Place(about, found.title, href, _("Question about %(thing)s") % {"thing": found.title},
                     desk.cause_of_place(about), context={"page": href, "product": product, **cart})  # fmt: skip
    if kind == "page" and (text := content.page(name, language)):
        href = f"/{language}/{text.kind}/{name}/"
        return Place(about, text.title, href, _("Question about %(thing)s") % {"thing": text.title},
                     desk.cause_of_place(about), context={"page": href, **cart})  # fmt: skip
    if about == "cart" and cart:
        href = f"/{language}/cart"
        return Place(about, _("Your cart"), href, _("Question about my cart"), desk.cause_of_place(about),
                     context={"page": href, **cart})  # fmt: skip
    return Place(context=cart)


def of_order(order: OrderView, language: str) -> Place:
    """The page of an order that the request may see."""
    title = _("Order %(code)s") % {"code": order.code}
    about = f"order:{order.code}"
    return Place(about, title, link(language, order), _("Question about order %(code)s") % {"code": order.code},
                 desk.cause_of_place(about), order.code, order.email,
                 {"page": f"/{language}/order/{order.code}"})  # fmt: skip


def _cart(request: HttpRequest, language: str) -> dict[str, Any]:
    """What lies in the cart, as references: whoever answers sees the cart as it was when the question came."""
    token = token_of(request)
    view = checkout.cart(token, language) if token else None
    if view is None or not view.lines:
        return {}
    lines = [{"sku": line.sku, "title": line.title, "quantity": line.quantity} for line in view.lines[:MOST_LINES]]
    return {"cart": {"id": str(view.cart_id), "lines": lines, "total_minor": view.total_minor,
                     "currency": view.currency}}  # fmt: skip
