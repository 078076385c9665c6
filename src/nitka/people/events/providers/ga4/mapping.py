"""Our events as Google Analytics 4 wants them: names, parameters, limits of the Measurement Protocol. Pure."""

import re
from typing import Any

from nitka.people.events.queries import ADVERTISING, EventView

NAMES = {
    "Product List Viewed": "view_item_list", "Product Clicked": "select_item", "Product Viewed": "view_item",
    "Product Added": "add_to_cart", "Product Removed": "remove_from_cart", "Cart Viewed": "view_cart",
    "Checkout Started": "begin_checkout", "Payment Info Entered": "add_payment_info", "Order Completed": "purchase",
    "Order Refunded": "refund", "Promotion Viewed": "view_promotion", "Promotion Clicked": "select_promotion",
    "Products Searched": "search", "Product Added to Wishlist": "add_to_wishlist",
    "Checkout Step Completed": "add_shipping_info",
}  # fmt: skip
_ITEM = {
    "product_id": "item_id", "sku": "item_id", "name": "item_name", "brand": "item_brand", "category": "item_category",
    "variant": "item_variant", "coupon": "coupon", "position": "index", "price": "price", "quantity": "quantity",
}  # fmt: skip
_PARAMS = {
    "order_id": "transaction_id", "coupon": "coupon", "currency": "currency", "tax": "tax", "shipping": "shipping",
    "query": "search_term", "list_id": "item_list_id", "promotion_id": "promotion_id", "payment_method": "payment_type",
    "shipping_method": "shipping_tier",
}  # fmt: skip
MOST_PARAMS, MOST_ITEMS, LONGEST_NAME, LONGEST_VALUE = 25, 200, 40, 100
# Google's own, which it drops without a word.
_RESERVED = re.compile(r"^(ga_|google_|firebase_|_)")


def event(view: EventView) -> dict[str, Any] | None:
    """The event for the body of a request; None for one that GA4 has no use for."""
    name = "page_view" if view.kind == "page" else NAMES.get(view.name) or _name(view.name)
    if view.kind not in ("track", "page") or not name:
        return None
    params = _page(view) if view.kind == "page" else _params(view.properties)
    params = dict(list(params.items())[: MOST_PARAMS - 2])
    session = view.context.get("sessionId") or view.properties.get("session_id")
    if session is not None:
        params["session_id"] = str(session)[:LONGEST_VALUE]
    params["engagement_time_msec"] = 1
    return {"name": name, "params": params, "timestamp_micros": int(view.at.timestamp() * 1_000_000)}


def consent(view: EventView) -> dict[str, str]:
    """What may be done with it, in Google's words."""
    word = "GRANTED" if view.consent & ADVERTISING else "DENIED"
    return {"ad_user_data": word, "ad_personalization": word}


def _name(ours: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "_", ours).strip("_").lower()[:LONGEST_NAME]
    return plain if re.match(r"^[a-z]", plain) and not _RESERVED.match(plain) else ""


def _page(view: EventView) -> dict[str, Any]:
    page = view.context.get("page") if isinstance(view.context.get("page"), dict) else {}
    found = {
        "page_location": view.properties.get("url") or (page or {}).get("url"),
        "page_title": view.properties.get("title") or (page or {}).get("title"),
    }  # fmt: skip
    return {name: str(value)[:LONGEST_VALUE] for name, value in found.items() if value}


def _params(properties: dict[str, Any]) -> dict[str, Any]:
    params: dict[str, Any] = {
        theirs: _plain(properties[ours]) for ours, theirs in _PARAMS.items() if ours in properties
    }
    value = next((properties[name] for name in ("total", "revenue", "value", "price") if name in properties), None)
    if isinstance(value, int | float) and "currency" in params:
        params["value"] = value
    listed = properties.get("products")
    items = listed if isinstance(listed, list) else [properties] if "product_id" in properties else []
    if found := [_item(each) for each in items[:MOST_ITEMS] if isinstance(each, dict)]:
        params["items"] = found
    return {name: value for name, value in params.items() if value is not None}


def _item(product: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for ours, theirs in _ITEM.items():
        if product.get(ours) is not None:
            item.setdefault(theirs, _plain(product[ours]))
    return item


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    return value[:LONGEST_VALUE] if isinstance(value, str) else None
