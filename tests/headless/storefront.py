"""A storefront in a hundred lines: it knows nothing of Nitka but the address of its API, and buys.

    python storefront.py http://localhost:8000 --search mug --market pl

Only the standard library; nothing here imports the shop. Prints the order as JSON.
"""

import argparse
import json
import sys
import urllib.error
import urllib.request
import uuid
from typing import Any
from urllib.parse import urlencode

BUYER = {
    "name": "Anna Nowak", "line1": "ul. Długa 5", "postcode": "80-001", "city": "Gdańsk", "country": "PL",
    "phone": "+48512345678",
}  # fmt: skip


class Shop:
    """The API v1 of one shop, spoken in one language for one market."""

    def __init__(self, address: str, language: str, market: str) -> None:
        self.root, self.language, self.market = f"{address.rstrip('/')}/api/v1", language, market

    def ask(self, path: str, **query: str) -> Any:
        return self._send("GET", f"{path}?{urlencode({'language': self.language, **query})}")

    def tell(self, method: str, path: str, body: dict[str, Any], key: str = "") -> Any:
        return self._send(method, f"{path}?{urlencode({'language': self.language})}", body, key)

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None, key: str = "") -> Any:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.root + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            raise SystemExit(f"{method} {path}: {refusal.code} {refusal.read().decode()}") from None


def buy(shop: Shop, search: str, email: str) -> dict[str, Any]:
    """Search, look, fill a cart, say where it goes, choose delivery and payment, order, and read the order."""
    found = shop.ask("/products", q=search, market=shop.market)
    card = next(each for each in found["products"] if each["in_stock"])
    product = shop.ask(f"/products/{card['slug']}", market=shop.market)
    variant = next(each for each in product["variants"] if each["available"] != "none")
    print(f"{product['title']}, {variant['option_text']}: arrives {product['arrives_on']}", file=sys.stderr)

    cart = shop.tell("POST", "/carts", {"market": shop.market, "language": shop.language, "variant_id": variant["id"]})
    path = f"/carts/{cart['token']}"
    cart = shop.tell("PATCH", f"{path}/lines/{cart['lines'][0]['id']}", {"quantity": 2})
    assert cart["lines"][0]["total_minor"] == 2 * variant["price_minor"], "two cost twice as much as one"

    cart = shop.tell("PATCH", path, {"email": email, "shipping_address": BUYER})
    delivery = min(cart["delivery_options"], key=lambda option: option["arrives_on"])
    payment = next(method for method in cart["payment_methods"] if "success" in method["choices"])
    cart = shop.tell("PATCH", path, {
        "delivery": delivery["code"], "payment": payment["code"], "payment_choice": "success",
    })  # fmt: skip
    assert cart["missing"] == [], cart["missing"]

    key, wanted = str(uuid.uuid4()), {"seen_total_minor": cart["total_minor"]}
    placed = shop.tell("POST", f"{path}/order", wanted, key)
    again = shop.tell("POST", f"{path}/order", wanted, key)  # as after a lost answer
    assert again["code"] == placed["code"], "one key, one order"

    order = shop.ask(f"/orders/{placed['code']}", token=placed["token"])
    assert order["total_minor"] == cart["total_minor"], "one pays what one saw"
    assert order["promised_on"] == delivery["arrives_on"], "the promise is kept with the order"
    return {"promise": delivery["name"], "token": placed["token"], **order}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("address")
    parser.add_argument("--search", default="mug")
    parser.add_argument("--language", default="en")
    parser.add_argument("--market", default="pl")
    parser.add_argument("--email", default="headless@example.com")
    given = parser.parse_args()
    order = buy(Shop(given.address, given.language, given.market), given.search, given.email)
    print(json.dumps(order, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
