"""What the published rules of the retail domain make of a call: our own reading of policy.md, on plain dictionaries.

Amounts are whole cents. A call is refused for one or more reasons; all of them are named, since two shops may look at
them in another order. Where policy.md is silent the behaviour of its tools decides (an address may change after items
were; a returned list may not be empty). In one thing we follow the text and not the tools: each changed item gets its
own price and options, where the tools give all of them those of the last one, and a cancelled order pays back to the
means that hold its money, once.
"""

import copy
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Data = dict[str, Any]
CANCEL_REASONS = ("no longer needed", "ordered by mistake")
ADDRESS = ("address1", "address2", "city", "state", "country", "zip")


def cents(amount: Any) -> int:
    """An amount of the file in whole cents."""
    return int((Decimal(str(amount)) * 100).to_integral_value())


def folded(text: str) -> str:
    """Letters without case and accents, for names that are told by voice."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().strip()


class Refused(Exception):
    """The rules do not allow the call."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = frozenset(reasons)


class Rules:
    """A copy of the data that calls change; only what they touch is copied."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self.products: Data = data["products"]
        self.users: Data = dict(data["users"])
        self.orders: Data = dict(data["orders"])
        self.variants = {
            item: (product_id, variant)
            for product_id, product in self.products.items()
            for item, variant in product["variants"].items()
        }
        self.who = ""  # the user of this conversation: whoever was found first
        self.touched_orders: set[str] = set()
        self.touched_users: set[str] = set()

    # --- questions ------------------------------------------------------------------------------

    def find_user_id_by_email(self, email: str) -> str:
        return self._only(each for each, user in self.users.items() if folded(user["email"]) == folded(email))

    def find_user_id_by_name_zip(self, first_name: str, last_name: str, zip: str) -> str:
        wanted = folded(first_name), folded(last_name), zip
        return self._only(
            each
            for each, user in self.users.items()
            if (folded(user["name"]["first_name"]), folded(user["name"]["last_name"]), user["address"]["zip"]) == wanted
        )

    def _only(self, found: Any) -> str:
        first = next(iter(found), None)
        if first is None:
            raise Refused("unknown_user")
        self.who = self.who or str(first)
        return str(first)

    def get_user_details(self, user_id: str) -> None:
        if user_id not in self.users:
            raise Refused("unknown_user")
        self.who = self.who or user_id

    def get_order_details(self, order_id: str) -> None:
        self._order(order_id)

    def get_product_details(self, product_id: str) -> None:
        if product_id not in self.products:
            raise Refused("unknown_product")

    def get_item_details(self, item_id: str) -> None:
        if item_id not in self.variants:
            raise Refused("unknown_item")

    def list_all_product_types(self) -> None:
        return None

    def calculate(self, expression: str = "") -> None:
        return None

    def transfer_to_human_agents(self, summary: str = "") -> None:
        return None

    # --- changes --------------------------------------------------------------------------------

    def cancel_pending_order(self, order_id: str, reason: str) -> None:
        order = self._order(order_id)
        _refuse(
            not_yours=self._strange(order), not_pending=order["status"] != "pending",
            bad_reason=reason not in CANCEL_REASONS,
        )  # fmt: skip
        order = self._mine(order_id)
        for means, minor in _standing(order).items():
            self._book(order, "refund", minor, means)
        order["status"], order["cancel_reason"] = "cancelled", reason

    def modify_pending_order_address(self, order_id: str, **address: str) -> None:
        order = self._order(order_id)
        _refuse(not_yours=self._strange(order), not_pending="pending" not in order["status"])
        self._mine(order_id)["address"] = {name: address[name] for name in ADDRESS}

    def modify_pending_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> None:
        order = self._order(order_id)
        difference = self._refuse_swaps(order, item_ids, new_item_ids, payment_method_id, "pending", alike=False)
        order = self._mine(order_id)
        self._book(order, "payment" if difference > 0 else "refund", abs(difference), payment_method_id)
        left = list(order["items"])
        for old, new in zip(item_ids, new_item_ids, strict=True):
            item = next(each for each in left if each["item_id"] == old)
            left = [each for each in left if each is not item]
            variant = self.variants[new][1]
            item.update(item_id=new, price=variant["price"], options=variant["options"])
        order["status"] = "pending (item modified)"

    def modify_pending_order_payment(self, order_id: str, payment_method_id: str) -> None:
        order = self._order(order_id)
        means = self._means(order).get(payment_method_id)
        history = order["payment_history"]
        whole = len(history) == 1 and history[0]["transaction_type"] == "payment"
        amount = cents(history[0]["amount"]) if history else 0
        _refuse(
            not_yours=self._strange(order), not_pending=order["status"] != "pending", unknown_means=means is None, paid_in_parts=not whole,
            same_means=whole and history[0]["payment_method_id"] == payment_method_id, too_little=_short(means, amount),
        )  # fmt: skip
        order = self._mine(order_id)
        before = order["payment_history"][0]["payment_method_id"]
        self._book(order, "payment", amount, payment_method_id)
        self._book(order, "refund", amount, before)

    def modify_user_address(self, user_id: str, **address: str) -> None:
        self.get_user_details(user_id)
        _refuse(not_yours=self.who != user_id)
        self._user(user_id)["address"] = {name: address[name] for name in ADDRESS}

    def return_delivered_order_items(self, order_id: str, item_ids: list[str], payment_method_id: str) -> None:
        order = self._order(order_id)
        means = self._means(order).get(payment_method_id)
        first = order["payment_history"][0]["payment_method_id"]
        _refuse(
            not_yours=self._strange(order), not_delivered=order["status"] != "delivered", unknown_means=means is None,
            not_original=means is not None and means["source"] != "gift_card" and payment_method_id != first,
            not_in_order=_missing(order, item_ids),
        )  # fmt: skip
        order = self._mine(order_id)
        order["status"], order["return_items"] = "return requested", sorted(item_ids)
        order["return_payment_method_id"] = payment_method_id

    def exchange_delivered_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> None:
        order = self._order(order_id)
        difference = self._refuse_swaps(order, item_ids, new_item_ids, payment_method_id, "delivered", alike=True)
        order = self._mine(order_id)
        order["status"] = "exchange requested"
        order["exchange_items"], order["exchange_new_items"] = sorted(item_ids), sorted(new_item_ids)
        order["exchange_payment_method_id"] = payment_method_id
        order["exchange_price_difference"] = difference

    # --- inside ---------------------------------------------------------------------------------

    def _order(self, order_id: str) -> Data:
        if order_id not in self.orders:
            raise Refused("unknown_order")
        return self.orders[order_id]  # type: ignore[no-any-return]

    def _strange(self, order: Data) -> bool:
        """Whether it is another user's; where nobody was looked up, the first order that is spoken of says who it is."""
        self.who = self.who or order["user_id"]
        return bool(self.who != order["user_id"])

    def _mine(self, order_id: str) -> Data:
        if order_id not in self.touched_orders:
            self.orders[order_id] = copy.deepcopy(self.orders[order_id])
            self.touched_orders.add(order_id)
        return self.orders[order_id]  # type: ignore[no-any-return]

    def _user(self, user_id: str) -> Data:
        if user_id not in self.touched_users:
            self.users[user_id] = copy.deepcopy(self.users[user_id])
            self.touched_users.add(user_id)
        return self.users[user_id]  # type: ignore[no-any-return]

    def _means(self, order: Data) -> Data:
        return self.users[order["user_id"]]["payment_methods"]  # type: ignore[no-any-return]

    def _book(self, order: Data, kind: str, minor: int, means: str) -> None:
        entry = {"transaction_type": kind, "amount": Decimal(minor) / 100, "payment_method_id": means}
        order["payment_history"].append(entry)
        wallet = self._user(order["user_id"])["payment_methods"][means]
        if wallet["source"] == "gift_card":
            signed = minor if kind == "refund" else -minor
            wallet["balance"] = Decimal(cents(wallet["balance"]) + signed) / 100

    def _refuse_swaps(
        self, order: Data, old: list[str], new: list[str], means_id: str, status: str, *, alike: bool
    ) -> int:
        """The difference in cents of taking `new` for `old`. `alike`: the same item again is allowed."""
        by_item = {item["item_id"]: item for item in order["items"]}
        pairs = [(by_item[each], other) for each, other in zip(old, new, strict=False) if each in by_item]
        fitting = [other in self.products[item["product_id"]]["variants"] for item, other in pairs]
        there = [(item, other) for (item, other), fits in zip(pairs, fitting, strict=True) if fits]
        difference = sum(cents(self.variants[other][1]["price"]) - cents(item["price"]) for item, other in there)
        means = self._means(order).get(means_id)
        _refuse(
            not_yours=self._strange(order), not_pending=status == "pending" and order["status"] != status,
            not_delivered=status == "delivered" and order["status"] != status,
            not_in_order=_missing(order, old), counts_differ=len(old) != len(new),
            same_item=not alike and any(item["item_id"] == other for item, other in pairs),
            other_product=not all(fitting),
            not_available=any(not self.variants[other][1]["available"] for _item, other in there),
            unknown_means=means is None, too_little=_short(means, difference),
        )  # fmt: skip
        return difference


def _refuse(**reasons: bool) -> None:
    found = [name for name, is_so in reasons.items() if is_so]
    if found:
        raise Refused(*found)


def _missing(order: Data, item_ids: list[str]) -> bool:
    there = Counter(item["item_id"] for item in order["items"])
    return not item_ids or any(there[each] < n for each, n in Counter(item_ids).items())


def _short(means: Mapping[str, Any] | None, minor: int) -> bool:
    return means is not None and means["source"] == "gift_card" and cents(means["balance"]) < minor


def _standing(order: Data) -> dict[str, int]:
    """Means → what of the order's money it still holds."""
    found: dict[str, int] = {}
    for entry in order["payment_history"]:
        sign = 1 if entry["transaction_type"] == "payment" else -1
        means = entry["payment_method_id"]
        found[means] = found.get(means, 0) + sign * cents(entry["amount"])
    return {means: minor for means, minor in found.items() if minor > 0}


READS: tuple[str, ...] = (
    "find_user_id_by_email", "find_user_id_by_name_zip", "get_user_details", "get_order_details",
    "get_product_details", "get_item_details", "list_all_product_types", "calculate", "transfer_to_human_agents",
)  # fmt: skip
WRITES: tuple[str, ...] = (
    "cancel_pending_order", "modify_pending_order_address", "modify_pending_order_items",
    "modify_pending_order_payment", "modify_user_address", "return_delivered_order_items",
    "exchange_delivered_order_items",
)  # fmt: skip


def call_of(rules: Rules, name: str) -> Callable[..., Any]:
    """The rule of that name."""
    return getattr(rules, name)  # type: ignore[no-any-return]
