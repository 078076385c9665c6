"""A small shop of our own making in the file's shape, for calls that nobody wrote down before."""

import random
from typing import Any

Data = dict[str, Any]
COLOURS, SIZES = ("black", "blue", "red"), ("S", "M", "L")
STATES = ("pending", "pending", "pending", "processed", "delivered", "delivered", "cancelled")
CITIES = (("Denver", "CO", "80279"), ("Austin", "TX", "78701"), ("Seattle", "WA", "98101"))


def shop(seed: int = 7) -> Data:
    """Six products of nine variants each, five people with their means, forty orders. The same for the same seed."""
    dice = random.Random(seed)
    products = {each["product_id"]: each for each in (_product(number, dice) for number in range(6))}
    users = {each["user_id"]: each for each in (_user(number, dice) for number in range(5))}
    orders = {}
    for number in range(40):
        order = _order(number, dice.choice(list(users.values())), list(products.values()), dice)
        orders[order["order_id"]] = order
        users[order["user_id"]]["orders"].append(order["order_id"])
    return {"products": products, "users": users, "orders": orders}


def _product(number: int, dice: random.Random) -> Data:
    variants = {}
    for place, (colour, size) in enumerate((colour, size) for colour in COLOURS for size in SIZES):
        item = f"{number + 1}0{place}7"
        variants[item] = {
            "item_id": item, "options": {"color": colour, "size of it": size}, "available": dice.random() < 0.7,
            "price": round(dice.uniform(20, 60), 2),
        }  # fmt: skip
    return {"name": f"Thing {number}", "product_id": f"90{number}", "variants": variants}


def address(dice: random.Random) -> Data:
    city, state, postcode = dice.choice(CITIES)
    return {"address1": f"{dice.randint(1, 99)} Main Street", "address2": dice.choice(["", "Suite 5"]), "city": city,
            "country": "USA", "state": state, "zip": postcode}  # fmt: skip


def _user(number: int, dice: random.Random) -> Data:
    means: list[Data] = [
        {"source": "gift_card", "id": f"gift_card_{number}", "balance": dice.choice([0.0, 5.5, 30.0, 400.0])},
        {"source": "paypal", "id": f"paypal_{number}"},
        {"source": "credit_card", "id": f"credit_card_{number}", "brand": "visa", "last_four": f"11{number}0"},
    ]
    kept = means if number == 0 else dice.sample(means, dice.choice([2, 3]))
    return {
        "user_id": f"user_{number}", "name": {"first_name": "José" if number == 1 else f"Ann{number}x", "last_name": "Öz"},
        "address": address(dice), "email": f"ann{number}@example.com", "orders": [],
        "payment_methods": {each["id"]: each for each in kept},
    }  # fmt: skip


def _order(number: int, user: Data, products: list[Data], dice: random.Random) -> Data:
    items = []
    for _piece in range(dice.choice([1, 2, 3])):
        product = dice.choice(products)
        variant = dice.choice(list(product["variants"].values()))
        items += [
            {"name": product["name"], "product_id": product["product_id"], "item_id": variant["item_id"],
             "price": variant["price"], "options": variant["options"]}
        ] * dice.choice([1, 1, 2])  # fmt: skip
    status, total = dice.choice(STATES), round(sum(item["price"] for item in items), 2)
    paid = {"amount": total, "payment_method_id": dice.choice(list(user["payment_methods"]))}
    history = [{"transaction_type": "payment", **paid}]
    if status == "cancelled":
        history.append({"transaction_type": "refund", **paid})
    left = status in ("processed", "delivered")
    return {
        "order_id": f"#W{number}", "user_id": user["user_id"], "address": address(dice),
        "items": [dict(item) for item in items], "status": status, "payment_history": history,
        "fulfillments": [{"tracking_id": [f"55{number}"], "item_ids": []}] if left else [],
    }  # fmt: skip
