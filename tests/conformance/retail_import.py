"""The file's shop as ours: products, people with their means, orders in their states."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from nitka.ground import clock
from nitka.ground.ids import new_code, new_id
from nitka.people.customers import actions as customers
from nitka.people.customers.history import ImportedCustomer
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import actions as orders
from nitka.sale.orders.models import Order, OrderLine, OrderStep
from nitka.sale.payments import actions as payments
from nitka.sale.payments.models import Payment, Refund
from nitka.sale.returns import actions as returns
from nitka.sale.returns.queries import Rule
from nitka.sale.shipping.models import Shipment
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import OptionDraft, ProductDraft, VariantDraft, slugify
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.pricing import actions as pricing
from tests.conformance import retail_state
from tests.conformance.retail_rules import CANCEL_REASONS, cents

Data = dict[str, Any]
MARKET, CURRENCY, PLACE = "usa", "USD", "warehouse"
PLENTY = 100_000
# The file's word for a state → ours. Its "processed" has a tracking number: the parcel has left.
STATUS = {"pending": "paid", "processed": "shipped", "delivered": "delivered", "cancelled": "cancelled"}
STEPS = {
    "pending": ("placed", "paid"), "cancelled": ("placed", "paid", "cancelled"),
    "processed": ("placed", "paid", "packed", "shipped"),
    "delivered": ("placed", "paid", "packed", "shipped", "delivered"),
}  # fmt: skip


@dataclass
class Known:
    """Which of ours is which of theirs."""

    variants: dict[str, UUID] = field(default_factory=dict)
    products: dict[str, UUID] = field(default_factory=dict)
    customers: dict[str, UUID] = field(default_factory=dict)
    orders: dict[str, UUID] = field(default_factory=dict)
    means: dict[str, dict[str, str]] = field(default_factory=dict)  # user → their id of a means → our word

    def their_means(self, user_id: str) -> dict[str, str]:
        """Our word → their id."""
        return {word: theirs for theirs, word in self.means[user_id].items()}


def bring(data: Data) -> Known:
    """Everything of the file, in the caller's transaction."""
    known = Known()
    pricing.put_market(
        code=MARKET, name="USA", currency=CURRENCY, countries=["US"], languages=["en"], zone="America/New_York"
    )
    inventory.put_location(code=PLACE, name="Warehouse", country="US", zone="America/New_York")
    _policies()
    _products(data, known)
    _people(data, known)
    _orders(data, known)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner has not seen these rows, and would read whole tables for each
    return known


def _policies() -> None:
    """What policy.md says may be done to a pending order."""
    orders.put_policy(kind="cancel", reasons=CANCEL_REASONS, reason_needed=True, not_after=["items"])
    orders.put_policy(kind="items", times=1, refund_anywhere=True)
    orders.put_policy(kind="payment", not_after=["items"])
    for kind in ("return", "exchange"):
        returns.put_policy(
            rule=Rule(
                kind=kind, name="policy.md", once_for_all=True, alike=True, auto_approve=kind == "return",
                refund_to=("original", "gift_card"),
            )
        )  # fmt: skip


def _products(data: Data, known: Known) -> None:
    drafts = [_product(product) for product in data["products"].values()]
    for put in catalog.put_products(drafts=drafts, history=True):
        known.products[put.handle] = put.product_id
        known.variants.update(put.variants)
    prices, stock = [], []
    kept = _kept_for_pending(data)
    for product in data["products"].values():
        for item, variant in product["variants"].items():
            prices.append((known.variants[item], MARKET, cents(variant["price"]), None))
            stock.append((known.variants[item], PLACE, kept[item] + (PLENTY if variant["available"] else 0)))
    pricing.set_prices(prices=prices, history=True)
    inventory.set_stock(levels=stock, history=True)


def _kept_for_pending(data: Data) -> Counter[str]:
    return Counter(
        item["item_id"] for order in data["orders"].values() if order["status"] == "pending" for item in order["items"]
    )


def _product(product: Data) -> ProductDraft:
    names = sorted({name for variant in product["variants"].values() for name in variant["options"]})
    values = {
        name: sorted({variant["options"].get(name, "") for variant in product["variants"].values()} - {""})
        for name in names
    }
    return ProductDraft(
        handle=product["product_id"], title={"en": product["name"]},
        options=tuple(
            OptionDraft(
                code=_code(name), name={"en": name}, values={_code(value): {"en": value} for value in values[name]}
            )
            for name in names
        ),
        variants=tuple(
            VariantDraft(
                sku=item, active=bool(variant["available"]),
                options={_code(name): _code(value) for name, value in variant["options"].items()},
            )
            for item, variant in product["variants"].items()
        ),
    )  # fmt: skip


def _code(text: str) -> str:
    """A code for an option or a value; the sum of letters keeps 1.5" and 15 apart."""
    return f"{slugify(text) or 'x'}-{sum(ord(letter) * place for place, letter in enumerate(text, 1)) % 9973}"


def postal(values: Mapping[str, str], name: str) -> PostalAddress:
    """An address of theirs as ours."""
    return PostalAddress(
        name=name, line1=values["address1"], line2=values.get("address2", ""), city=values["city"],
        region=values["state"], postcode=values["zip"], country=retail_state.country(values["country"]),
    )  # fmt: skip


def name_of(user: Data) -> str:
    return f"{user['name']['first_name']} {user['name']['last_name']}"


def _people(data: Data, known: Known) -> None:
    drafts = [
        ImportedCustomer(
            number=user_id, email=user["email"], name=name_of(user), market=MARKET, country="US",
            address=postal(user["address"], name_of(user)),
        )
        for user_id, user in data["users"].items()
    ]  # fmt: skip
    ids = customers.import_customers(source="tau", drafts=drafts).ids
    for (user_id, user), customer_id in zip(data["users"].items(), ids, strict=True):
        assert customer_id, f"{user_id} has neither number nor address"
        known.customers[user_id] = customer_id
        known.means[user_id] = {
            theirs: _means(user_id, theirs, means, customer_id) for theirs, means in user["payment_methods"].items()
        }


def _means(user_id: str, theirs: str, means: Data, customer_id: UUID) -> str:
    """A gift card as an account of the ledger, anything else as a means that the demo gateway keeps."""
    if means["source"] != "gift_card":
        token = f"success:{user_id}:{theirs}"
        mean_id = payments.save_mean(
            customer_id=customer_id, provider="demo_card", token=token, brand=means.get("brand", means["source"]),
            last4=means.get("last_four", ""),
        )  # fmt: skip
        return f"saved:{mean_id}"
    balance = cents(means["balance"])
    if balance > 0:
        card = payments.issue_gift_card(
            minor=balance, currency=CURRENCY, key=f"tau:{user_id}:{theirs}", customer_id=customer_id
        )
    else:
        card = payments.open_gift_card(currency=CURRENCY, minor=0, customer_id=customer_id)
    return f"credit:{card.account_id}"


def _orders(data: Data, known: Known) -> None:
    rows, lines, steps, money, back, parcels = [], [], [], [], [], []
    for order_id, given in data["orders"].items():
        order = _order(given, data["users"][given["user_id"]], known)
        known.orders[order_id] = order.id
        rows.append(order)
        lines += _lines(order, given, known)
        steps += _steps(order, given)
        for row in _money(order, given, known):
            (money if isinstance(row, Payment) else back).append(row)
        if given["status"] in ("processed", "delivered"):
            parcels.append(_parcel(order, given))
    Order.objects.bulk_create(rows)
    OrderLine.objects.bulk_create(lines)
    OrderStep.objects.bulk_create(steps)
    Payment.objects.bulk_create(money)
    Refund.objects.bulk_create(back)
    Shipment.objects.bulk_create(parcels)
    for order_id, given in data["orders"].items():
        if given["status"] == "pending":
            wanted = Counter(known.variants[item["item_id"]] for item in given["items"])
            inventory.hold(reference=known.orders[order_id], lines=wanted, until=None)


def _order(given: Data, user: Data, known: Known) -> Order:
    total = sum(cents(item["price"]) for item in given["items"])
    by_card = known.means[given["user_id"]][given["payment_history"][0]["payment_method_id"]].startswith("credit:")
    then = _then()
    return Order(
        id=new_id(), code=new_code("NK"), status=STATUS[given["status"]], paid=True,
        customer_id=known.customers[given["user_id"]], email=user["email"].lower(), name=name_of(user), language="en",
        market=MARKET, country="US", shipping_address=postal(given["address"], name_of(user)).as_dict(),
        billing_address=postal(given["address"], name_of(user)).as_dict(), currency=CURRENCY, tax_included=True,
        goods_minor=total, total_minor=total, credit_minor=total if by_card else 0, note=given["order_id"],
        taxes=[{"rate": "0", "base_minor": total, "tax_minor": 0}], delivery_code="", promise=_promise(then),
        payment_method="gift_card" if by_card else "demo_card", payment_id=None if by_card else new_id(),
        created_at=then, placed_at=then,
        refunded_minor=sum(cents(e["amount"]) for e in given["payment_history"] if e["transaction_type"] == "refund"),
    )  # fmt: skip


def _then() -> datetime:
    return clock.now() - timedelta(days=5)


def _promise(then: datetime) -> Data:
    day = (then + timedelta(days=9)).date().isoformat()
    return {"code": "", "name": "Delivery", "day_from": day, "day_to": day, "source": "import",
            "computed_at": then.isoformat(), "order_before": ""}  # fmt: skip


def _lines(order: Order, given: Data, known: Known) -> Iterator[OrderLine]:
    """A line for each piece, so that two pieces of one item can become two different ones."""
    left = given["status"] in ("processed", "delivered")
    for place, item in enumerate(given["items"], start=1):
        minor = cents(item["price"])
        yield OrderLine(
            order_id=order.id, position=place, variant_id=known.variants[item["item_id"]],
            product_id=known.products[item["product_id"]], sku=item["item_id"], title=item["name"],
            option_text=json.dumps(item["options"], sort_keys=True)[:300], quantity=1, unit_minor=minor,
            list_minor=minor, total_minor=minor, tax_rate=Decimal(0), tax_minor=0, shipped=1 if left else 0,
        )  # fmt: skip


def _steps(order: Order, given: Data) -> Iterator[OrderStep]:
    for place, kind in enumerate(STEPS[given["status"]]):
        detail = {"reason": "shopper", "why": given.get("cancel_reason", "")} if kind == "cancelled" else {}
        at = _then() + timedelta(hours=place)
        yield OrderStep(id=new_id(), order_id=order.id, kind=kind, at=at, detail=detail)


def _money(order: Order, given: Data, known: Known) -> Iterator[Payment | Refund]:
    """The payments of the history, and what of each went back."""
    opened: dict[str, Payment] = {}
    for number, entry in enumerate(given["payment_history"]):
        theirs, minor = entry["payment_method_id"], cents(entry["amount"])
        kind, _colon, ours = known.means[given["user_id"]][theirs].partition(":")
        if entry["transaction_type"] == "payment":
            opened[theirs] = Payment(
                id=order.payment_id if kind == "saved" and not number else new_id(), reference=order.id,
                label=order.code, provider="gift_card" if kind == "credit" else "demo_card", minor=minor,
                choice=ours if kind == "credit" else "", currency=CURRENCY, state=Payment.State.CAPTURED,
                key=f"tau:{order.id}:{number}", captured_minor=minor, captured_at=order.placed_at,
                customer_id=order.customer_id, mean_id=UUID(ours) if kind == "saved" else None,
                created_at=order.placed_at,
            )  # fmt: skip
            yield opened[theirs]
            continue
        paid = opened.get(theirs) or next(iter(opened.values()))
        paid.refunded_minor += minor
        paid.state = Payment.State.REFUNDED
        yield Refund(
            payment=paid, minor=minor, key=f"tau:back:{order.id}:{number}", state=Refund.State.DONE,
            done_at=order.placed_at,
        )  # fmt: skip


def _parcel(order: Order, given: Data) -> Shipment:
    number = given["fulfillments"][0]["tracking_id"][0] if given["fulfillments"] else order.code
    state = "delivered" if given["status"] == "delivered" else "shipped"
    return Shipment(
        id=new_id(), reference=order.id, carrier="demo_post", tracking_number=number, state=state,
        shipped_at=_then(), delivered_at=_then() if state == "delivered" else None,
    )  # fmt: skip
