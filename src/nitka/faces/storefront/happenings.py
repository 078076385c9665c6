"""What a page says happened, for the browser's module: data blocks in the words of Segment's ecommerce events (v2).

The blocks hold nothing of a person and change nothing; without a visitor's yes nobody reads them. That an order was
placed is not said here: it is a fact, and does not depend on a browser.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from markupsafe import Markup, escape

from nitka.faces.storefront.shelf import Wish
from nitka.ground import money
from nitka.sale.checkout.queries import CartLineView, CartView, CheckoutView
from nitka.shelf.search import queries as search

MOST_PRODUCTS = 40
STEPS = {"contact": 1, "delivery": 2, "payment": 3}


def told(event: str, properties: Mapping[str, Any], once: str = "") -> Markup:
    """One block. With `once` it happens once for that key, however often the page is shown."""
    text = orjson.dumps({key: value for key, value in properties.items() if value not in (None, "")}).decode()
    text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    key = f' data-once="{escape(once)}"' if once else ""
    return Markup(f'<template data-event="{escape(event)}"{key}>{text}</template>')  # noqa: S704 (escaped above)


def amount(minor: int | None, currency: str) -> float | None:
    """A sum as other programs read it: a number of whole units. For telling only, never for counting."""
    return float(money.decimal(minor, currency)) if minor is not None and currency else None


# --- Looking ------------------------------------------------------------------------------------


def product_viewed(found: search.ProductPage, chosen: search.VariantOnPage | None) -> Markup:
    """Product Viewed, of the variant that is shown."""
    price = amount(chosen.price_minor if chosen else found.price_minor, found.currency)
    properties = {
        "product_id": str(found.product_id), "sku": chosen.sku if chosen else "", "name": found.title,
        "brand": found.brand, "category": found.breadcrumbs[-1]["name"] if found.breadcrumbs else "",
        "variant": chosen.option_text if chosen else "", "price": price, "value": price, "currency": found.currency,
        "url": f"/{found.language}/p/{found.slug}/",
    }  # fmt: skip
    return told("Product Viewed", properties)


def list_viewed(list_id: str, name: str, cards: Sequence[search.Card], language: str) -> Markup:
    """Product List Viewed."""
    return told("Product List Viewed", _list(list_id, name, cards, language)) if cards else Markup("")


def list_filtered(list_id: str, name: str, found: search.Found, wish: Wish, language: str) -> Markup:
    """Product List Filtered where the shelf was narrowed or sorted, else Product List Viewed."""
    if not wish.filters and wish.sort == "best":
        return list_viewed(list_id, name, found.cards, language)
    chosen = {
        "filters": [{"type": code, "value": value} for code, values in wish.filters.items() for value in values],
        "sorts": [{"type": "sort", "value": wish.sort}] if wish.sort != "best" else [],
    }  # fmt: skip
    return told("Product List Filtered", _list(list_id, name, found.cards, language) | chosen)


def searched(found: search.Found, wish: Wish, language: str) -> Markup:
    """Products Searched with how much was found, and what is on the shelf."""
    shelf = list_filtered("search", "", found, wish, language)
    if not wish.text:
        return shelf
    properties = {"query": wish.text, "results": found.total, "corrected": found.corrected, "page": wish.page}
    return told("Products Searched", properties) + shelf


def promotion(name: str, position: str, href: str) -> Mapping[str, str]:
    """A promotion as Promotion Viewed and Clicked have it."""
    return {"promotion_id": f"{position}:{href}", "name": name, "creative": "scene", "position": position}


def _list(list_id: str, name: str, cards: Sequence[search.Card], language: str) -> dict[str, Any]:
    products = [
        {
            "product_id": str(card.product_id), "name": card.title, "brand": card.brand,
            "price": amount(card.price_minor, card.currency), "position": place,
            "url": f"/{language}/p/{card.slug}/",
        }
        for place, card in enumerate(cards[:MOST_PRODUCTS], 1)
    ]  # fmt: skip
    currency = next((card.currency for card in cards if card.currency), "")
    return {"list_id": list_id, "category": name, "currency": currency, "products": products}


# --- The cart -----------------------------------------------------------------------------------


def cart_viewed(view: CartView) -> Markup:
    """Cart Viewed."""
    if view.is_empty:
        return Markup("")
    return told("Cart Viewed", {"cart_id": str(view.cart_id), "currency": view.currency, "products": _lines(view)})


def cart_changed(deed: str, posted: Mapping[str, str], view: CartView) -> Markup:
    """Product Added and Product Removed, after a deed in the cart that went well."""
    if deed == "add":
        lines = [line for line in view.lines if str(line.variant_id) == posted.get("variant")]
        return _each("Product Added", lines, view, _number(posted.get("quantity"), 1))
    if deed == "change":
        return _changed(posted, view)
    if deed in ("remove", "empty"):
        gone = [each for each in view.removed if deed == "empty" or str(each.id) == posted.get("line")]
        return Markup("").join(
            told("Product Removed", {"cart_id": str(view.cart_id), "name": each.title, "variant": each.option_text,
                                     "quantity": each.quantity, "variant_id": str(each.variant_id)})
            for each in gone
        )  # fmt: skip
    if deed in ("restore", "restore_all"):
        lines = [line for line in view.lines if deed == "restore_all" or str(line.id) == posted.get("line")]
        return _each("Product Added", lines, view)
    return Markup("")


def _changed(posted: Mapping[str, str], view: CartView) -> Markup:
    before, after = _number(posted.get("was"), 0), _number(posted.get("quantity"), 1)
    if not before or before == after:
        return Markup("")
    if after < 1:
        return cart_changed("remove", posted, view)
    lines = [line for line in view.lines if str(line.id) == posted.get("line")]
    return _each("Product Added" if after > before else "Product Removed", lines, view, abs(after - before))


def coupon(deed: str, code: str, view: CartView, refused: str = "") -> Markup:
    """Coupon Entered with what came of it (Applied or Denied), or Coupon Removed."""
    base: dict[str, Any] = {"cart_id": str(view.cart_id), "coupon_id": code, "coupon_name": code}
    if not code:
        return Markup("")
    if deed == "drop":
        return told("Coupon Removed", base)
    verdict = next((each for each in view.coupons if each.code.upper() == code.upper()), None)
    entered = told("Coupon Entered", {"cart_id": base["cart_id"], "coupon_id": code})
    if refused or verdict is None:
        return entered + told("Coupon Denied", base | {"reason": refused})
    saved = amount(verdict.discount_minor, view.currency)
    return entered + told("Coupon Applied", base | {"discount": saved, "currency": view.currency})


def _each(event: str, lines: Iterable[CartLineView], view: CartView, quantity: int | None = None) -> Markup:
    blocks = (
        told(event, {"cart_id": str(view.cart_id), "currency": view.currency, **_line(line, view, quantity)})
        for line in lines
    )
    return Markup("").join(blocks)


def _line(line: CartLineView, view: CartView, quantity: int | None = None) -> dict[str, Any]:
    return {
        "product_id": str(line.product_id or ""), "sku": line.sku, "name": line.title, "variant": line.option_text,
        "price": amount(line.unit_minor, view.currency), "quantity": quantity or line.quantity,
    }  # fmt: skip


def _lines(view: CartView) -> list[dict[str, Any]]:
    return [_line(line, view) | {"position": place} for place, line in enumerate(view.lines[:MOST_PRODUCTS], 1)]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


# --- The checkout -------------------------------------------------------------------------------


def checkout(view: CheckoutView, steps: Mapping[str, str]) -> Markup:
    """Checkout Started, the steps that were come to and done, and how it shall be paid: each once for a cart."""
    cart, currency = str(view.cart.cart_id), view.cart.currency
    ways = {
        "checkout_id": cart, "shipping_method": view.delivery.code if view.delivery else "",
        "payment_method": view.method.code if view.method else "",
    }  # fmt: skip
    value = amount(view.cart.goods_minor - view.cart.discount_minor, currency)
    started = {
        "checkout_id": cart, "cart_id": cart, "value": value, "revenue": value, "currency": currency,
        "shipping": amount(view.delivery_minor, currency), "tax": amount(view.tax_minor, currency),
        "discount": amount(view.cart.discount_minor, currency), "coupon": ",".join(view.cart.coupon_codes),
        "products": _lines(view.cart),
    }  # fmt: skip
    blocks = [told("Checkout Started", started, cart)]
    for name, step in STEPS.items():
        if steps[name] in ("now", "done"):
            blocks.append(told("Checkout Step Viewed", {**ways, "step": step}, f"{cart}-{step}"))
        if steps[name] == "done":
            blocks.append(told("Checkout Step Completed", {**ways, "step": step}, f"{cart}-{step}"))
    if steps["payment"] == "done":
        paying = {**ways, "step": STEPS["payment"]}
        blocks.append(told("Payment Info Entered", paying, f"{cart}-{ways['payment_method']}"))
    return Markup("").join(blocks)
