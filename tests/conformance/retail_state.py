"""One way to write an order or a user down, for comparing: amounts in cents, items as a sorted list."""

import json
from typing import Any

from tests.conformance.retail_rules import ADDRESS, cents

Data = dict[str, Any]
AMERICA = {"usa", "us", "u.s.", "u.s.a.", "united states", "united states of america", "america"}


def country(text: str) -> str:
    """ISO code of a country as the file names it."""
    return "US" if text.strip().casefold() in AMERICA else text.strip()


def address(values: Data) -> Data:
    plain = {name: " ".join(str(values.get(name, "")).split()) for name in ADDRESS}
    return {**plain, "country": country(plain["country"])}


def order(values: Data) -> Data:
    """An order of the file (or of the rules) as it is compared."""
    state = {
        "user_id": values["user_id"], "status": values["status"], "address": address(values["address"]),
        "items": sorted(
            [item["item_id"], item["product_id"], cents(item["price"]), json.dumps(item["options"], sort_keys=True)]
            for item in values["items"]
        ),
        "payment_history": sorted(
            [entry["transaction_type"], cents(entry["amount"]), entry["payment_method_id"]]
            for entry in values["payment_history"]
        ),
    }  # fmt: skip
    for name in ("cancel_reason", "return_items", "return_payment_method_id", "exchange_items", "exchange_new_items",
                 "exchange_payment_method_id", "exchange_price_difference"):  # fmt: skip
        if values.get(name) is not None:
            state[name] = values[name]
    return state


def user(values: Data) -> Data:
    """A user of the file (or of the rules) as it is compared."""
    return {
        "name": f"{values['name']['first_name']} {values['name']['last_name']}", "email": values["email"].lower(),
        "address": address(values["address"]),
        "payment_methods": {
            key: [means["source"], cents(means["balance"]) if means["source"] == "gift_card" else None]
            for key, means in values["payment_methods"].items()
        },
    }  # fmt: skip


def differences(expected: Data, got: Data) -> dict[str, tuple[Any, Any]]:
    """Field → (expected, got), where they differ."""
    return {
        name: (expected.get(name), got.get(name))
        for name in sorted(expected.keys() | got.keys())
        if expected.get(name) != got.get(name)
    }
