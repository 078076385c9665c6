"""What happened in the demo shop before you came: orders, parcels and returns, each through the verbs that people use,
at the moment when they would have. Only `nitka demo` asks for it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from nitka.ground import clock
from nitka.people.customers import actions as customers
from nitka.people.customers.queries import PostalAddress
from nitka.sale.checkout import actions as checkout
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.queries import Seen
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as cases
from nitka.sale.returns.queries import Wanted
from nitka.sale.shipping import actions as shipping
from nitka.seeds import company, files
from nitka.shelf.catalog import queries as goods

RETURN = "/{code}/return?k={token}"
CARRIER = "demo_post"


def is_told() -> bool:
    """Whether all of it happened; the gift card comes last."""
    owner = files.read("past.json")["gift_card"]["recipient"]
    return money.gift_card_rows(search=owner).exists()


def stories() -> list[Callable[[], None]]:
    """One piece of work for each order, and for the company. What was told before is not told again."""
    return [*(partial(_tell, story) for story in files.read("past.json")["orders"]), company.put_company]


def gift_card() -> str:
    """A gift card to try; its code is told this once, and mailed to its owner in the demo's mailbox."""
    card = files.read("past.json")["gift_card"]
    return payments.issue_gift_card(**card, key="demo", reason="Demo").code


def _tell(story: Mapping[str, Any]) -> None:
    known = order_queries.order_rows().filter(email=story["email"])
    if known.exists():
        return
    began = clock.now() - timedelta(days=story["days_ago"])
    with clock.freeze(began):
        order_id = _place(story)
    case_id: UUID | None = None
    for verb, day, *words in story["then"]:
        with clock.freeze(began + timedelta(days=day)):
            order = order_queries.order(order_id)
            assert order
            case_id = _VERBS[verb](order, case_id, *words) or case_id


def _place(story: Mapping[str, Any]) -> UUID:
    """From an empty cart to an order, as on the pages."""
    address = PostalAddress(**story["address"])
    billing = PostalAddress(**story["billing"]) if "billing" in story else None
    variants, token = goods.variant_ids_by_sku(list(story["lines"])), ""
    for sku, pieces in story["lines"].items():
        token = checkout.add_to_cart(
            token=token or None, variant_id=variants[sku], quantity=pieces, market=story["market"],
            language=story["language"],
        ).token  # fmt: skip
    checkout.fill_in(
        token=token, email=story["email"], phone=address.phone, shipping_address=address, billing_address=billing,
        payment=story.get("payment", "demo_card"), payment_choice="" if "payment" in story else "success",
    )  # fmt: skip
    placed = checkout.place(
        token=token, key="demo", return_url=RETURN, seen=Seen(ip="203.0.113.7") if "seen" in story else None
    )
    order = order_queries.order(placed.order_id)
    if "label" in story and order and order.customer_id:
        customers.set_labels(customer_id=order.customer_id, labels=[story["label"]])
    return placed.order_id


def _line(order: OrderView, sku: str) -> UUID:
    return next(line.id for line in order.lines if line.sku == sku)


def _pack(order: OrderView, _case: UUID | None) -> None:
    orders.pack_order(order_id=order.id)


def _ship(order: OrderView, _case: UUID | None, location: str = "") -> None:
    orders.ship_order(order_id=order.id, carrier=CARRIER, location=location)


def _ship_part(order: OrderView, _case: UUID | None, sku: str, pieces: int) -> None:
    orders.ship_order(order_id=order.id, carrier=CARRIER, lines={_line(order, sku): pieces})


def _label(order: OrderView, _case: UUID | None) -> None:
    """With a printed label."""
    made = orders.label_order(order_id=order.id, carrier=CARRIER)
    orders.ship_order(order_id=order.id, carrier=CARRIER, shipment_id=made)


def _deliver(order: OrderView, _case: UUID | None) -> None:
    orders.deliver_order(order_id=order.id)


def _late(order: OrderView, _case: UUID | None) -> None:
    """It lies in the warehouse, and its day has come."""
    promised = order.promise.day_to
    shipping.risk_promise(
        reference=order.id, promised_on=promised, new_day=promised + timedelta(days=6), cause="not_handed_over"
    )


def _return(order: OrderView, _case: UUID | None, sku: str, pieces: int, reason: str) -> UUID:
    wanted = [Wanted(_line(order, sku), pieces, reason)]
    return returns.request_return(order_id=order.id, lines=wanted, by=returns.holder(order.token))


def _exchange(order: OrderView, _case: UUID | None, sku: str, pieces: int, reason: str, new: str) -> UUID:
    wanted = [Wanted(_line(order, sku), pieces, reason, goods.variant_ids_by_sku([new])[new])]
    return returns.request_exchange(order_id=order.id, lines=wanted, by=returns.holder(order.token))


def _complain(order: OrderView, _case: UUID | None, sku: str, pieces: int, reason: str, words: str) -> UUID:
    wanted = [Wanted(_line(order, sku), pieces, reason)]
    return returns.complain(order_id=order.id, words=words, lines=wanted, by=returns.holder(order.token))


def _send_back(order: OrderView, case: UUID | None) -> None:
    assert case
    returns.mark_sent(case_id=case, by=returns.holder(order.token), tracking_number="")


def _receive(_order: OrderView, case: UUID | None) -> None:
    assert case
    returns.mark_received(case_id=case, by=returns.HOUSE)


def _grade(_order: OrderView, case: UUID | None, grade: str) -> None:
    assert case
    found = cases.case(case)
    assert found
    returns.grade(case_id=case, by=returns.HOUSE, grades={line.id: grade for line in found.lines})


def _settle(_order: OrderView, case: UUID | None) -> None:
    assert case
    returns.settle(case_id=case, by=returns.HOUSE)


_VERBS: Mapping[str, Callable[..., UUID | None]] = {
    "pack": _pack, "ship": _ship, "ship_part": _ship_part, "label": _label, "deliver": _deliver, "late": _late,
    "return": _return, "exchange": _exchange, "complain": _complain, "send_back": _send_back, "receive": _receive,
    "grade": _grade, "settle": _settle,
}  # fmt: skip
