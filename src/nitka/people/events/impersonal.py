"""What may stay of an event once nobody stands behind it: goods, sums, places in the shop; nothing that was typed."""

import re
from typing import Any

# Words of the shop, not of a person: what ecommerce events name.
GOODS = frozenset({
    "product_id", "sku", "variant", "category", "category_id", "brand", "currency", "list", "list_id", "coupon_id",
    "promotion_id", "creative", "position", "shipping_method", "payment_method", "direction", "metric", "rating",
})  # fmt: skip
# Ways through the shop, and where somebody came from, as kinds.
PLACES = frozenset({"path", "locale", "timezone", "type", "source", "medium", "campaign", "platform", "version"})
NESTED = frozenset({"products", "page", "campaign", "device", "os", "library", "consent", "filters"})
_PLAIN = re.compile(r"[\w./ :+&-]{0,80}")
_NUMBERLIKE = re.compile(r"\d{5,}")


def impersonal(values: dict[str, Any]) -> dict[str, Any]:
    """Properties or context with nothing in them that tells of a person: amounts, switches, and words of the shop."""
    return {name: kept for name, value in values.items() if (kept := _kept(name, value)) is not None}


def _kept(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        # A long whole number may be a telephone or an id.
        return value if isinstance(value, float) or abs(value) < 10_000_000 else None
    if isinstance(value, str):
        return value if name in GOODS | PLACES and _PLAIN.fullmatch(value) and _is_of_the_shop(name, value) else None
    if isinstance(value, dict):
        return impersonal(value) if name in NESTED else None
    if isinstance(value, list) and name in NESTED:
        return [impersonal(each) for each in value if isinstance(each, dict)]
    return None


def _is_of_the_shop(name: str, value: str) -> bool:
    # The paths of an account, an order or a letter hold codes of one person.
    private = ("/order", "/account", "/newsletter", "/mailbox")
    return name != "path" or not (any(part in value for part in private) or _NUMBERLIKE.search(value))
