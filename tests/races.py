"""The races of the sale: each lets many do at once what only some may do, or kills who does it, and looks at the books.

A race returns the notes of what went wrong, none as it should be. `bin/bench races` runs them for hours, the tests
run each of them once. They need a shop that is open (`open_shop`) and nobody else in its database.
"""

import itertools
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from nitka.ground import clock
from nitka.ground.ids import new_code, new_id
from nitka.people.contact.models import OutgoingMail
from nitka.sale.checkout import actions as checkout
from nitka.sale.checkout import queries as checkout_queries
from nitka.sale.checkout.models import Cart
from nitka.sale.checkout.problems import CartProblem
from nitka.sale.checkout.queries import CartRef
from nitka.sale.checkout.tests.makers import goods, ready_cart
from nitka.sale.orders import actions as orders
from nitka.sale.orders import tasks as order_tasks
from nitka.sale.orders.models import Order, OrderLine, OrderStep
from nitka.sale.orders.queries import Placed
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as payment_queries
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge, DemoRefund
from nitka.shelf.inventory.actions import OutOfStock
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices
from nitka.shelf.pricing.actions import CouponProblem
from tests import books, points
from tests.crowd import at_once
from tests.worker import rescue_jobs, run_jobs, work_as_worker

LONG_ENOUGH = timedelta(minutes=20)  # after that a card that was not paid is given up
BACK = "/en/order/{code}"
Race = Callable[[int], list[str]]


def last_unit(turn: int, buyers: int = 64) -> list[str]:
    """One piece, so many buyers: one has it, the others are told that it is gone."""
    lamp = a_lamp(stock=1)
    tokens = [ready_cart((lamp, 1), email=f"b{n}@example.com") for n in range(buyers)]
    results = at_once([press(token) for token in tokens], threads=buyers)
    return [
        *expect("sold", 1, sum(isinstance(each, Placed) for each in results)),
        *expect("refused as sold out", buyers - 1, sum(isinstance(each, OutOfStock) for each in results)),
        *odd(results, Placed, OutOfStock),
    ]


def same_cart(turn: int, presses: int = 16) -> list[str]:
    """One cart, pressed so often at once: with one key (a double click), or with many (many windows)."""
    token = ready_cart((a_lamp(), 2))
    results = at_once([press(token, "k" if turn % 2 else f"k{n}") for n in range(presses)])
    made = {each.order_id for each in results if isinstance(each, Placed)}
    return [*expect("orders", 1, len(made)), *odd(results, Placed), *expect("charges", 1, charges(made))]


def one_use_coupon(turn: int, people: int = 16) -> list[str]:
    """A code that counts once, in the carts of so many people; in every other round, once for one person."""
    own = turn % 2 == 1
    half = {"kind": "percent", "percent": 50}
    if own:
        code = new_code("ONCE")
        pricing.put_promotion(name="Once each", benefit=half, code=code, most_each=1)
    else:
        id_ = pricing.put_promotion(name="Once", benefit=half, needs_code=True, budgets={"EUR": 1_000_000})
        (code,) = pricing.generate_codes(promotion_id=id_, number=1)
    lamp, who = a_lamp(), new_code("p").lower()
    tokens = [ready_cart((lamp, 1), email=f"{who}{0 if own else n}@example.com") for n in range(people)]
    for token in tokens:
        checkout.apply_coupon(token=token, code=code)
    results = at_once([press(token) for token in tokens])
    cheap = [order for order in placed_in(results) if order.discount_minor]
    return [*expect("orders at the lower price", 1, len(cheap)), *odd(results, Placed, CouponProblem)]


def cart_changed(turn: int, crowd: int = 8) -> list[str]:
    """The cart changes while it is ordered: what is charged is what was frozen, and no piece is lost."""
    lamp, token = a_lamp(), ""
    token = ready_cart((lamp, 1))
    name = ("goods held", "payment opened", "committed", "gateway asked", "gateway answered", "settled")[turn % 6]
    more = partial(checkout.add_to_cart, token=token, variant_id=lamp, quantity=1, market="eu")
    results = points.rival_at(name, press(token), more)
    results += at_once([press(token, f"k{n}") for n in range(crowd)] + [more] * crowd, threads=2 * crowd)
    made = OrderLine.objects.filter(order__in=placed_in(results))
    bought = sum(made.values_list("quantity", flat=True))
    left = checkout_queries.cart_badge(token).count
    notes = odd(results, Placed, CartProblem, CartRef)
    return [*expect("pieces bought or in the cart", 2 + crowd, bought + left), *notes]


def refunds(turn: int, times: int = 8) -> list[str]:
    """A third is given back so often at once, the order called off beside it: never more goes back than came."""
    order = an_order()
    third, keys, batch = order.total_minor // 3, itertools.count(), new_id()
    one = f"{batch}:same"

    def give_back() -> object:
        key = one if turn % 3 == 0 else f"{batch}:{next(keys)}"
        return orders.refund_order(order_id=order.id, minor=third, key=key)

    jobs: list[Callable[[], object]] = [give_back] * times
    if turn % 3 == 2:
        jobs += [partial(orders.cancel_order, order_id=order.id)] * 2
    results = at_once(jobs, threads=len(jobs))
    run_jobs()
    went = sum(DemoRefund.objects.filter(charge__payment_id=order.payment_id).values_list("minor", flat=True))
    expected = (third, 3 * third, order.total_minor)[turn % 3]
    return [
        *expect("given back by the gateway", expected, went),
        *odd(results, orders.RefundDone, orders.OrderProblem, int, type(None)),
    ]


def gift_card(turn: int, carts: int = 8) -> list[str]:
    """One card for one order and a half, in so many carts at once."""
    lamp = a_lamp()
    card = payments.issue_gift_card(minor=3700, currency="EUR", key=str(new_id()))
    tokens = [ready_cart((lamp, 1), email=f"g{n}@example.com") for n in range(carts)]
    for token in tokens:
        checkout.apply_gift_card(token=token, code=card.code)
    results = at_once([press(token) for token in tokens], threads=carts)
    spent = sum(order.credit_minor for order in placed_in(results))
    account = payment_queries.credit_account(card.account_id)
    left = account.balance_minor if account else -1
    return [*expect("spent and left", 3700, spent + left), *odd(results, Placed, payments.CreditProblem)]


def webhooks(turn: int, posts: int = 16) -> list[str]:
    """So many posts of the gateway in any order, some twice, while the shopper comes back and the sweeper asks."""
    token = ready_cart((a_lamp(), 1), choice="challenge")
    placed = checkout.place(token=token, key="k", return_url=BACK)
    charge = charge_of(placed.order_id)
    early = [gateway.message(charge, event_id=f"{charge.ref}:early:{n}") for n in range(posts // 4)]
    gateway.answer(charge.ref, approve=True)
    won = charge_of(placed.order_id)
    late = [gateway.message(won, event_id=f"{won.ref}:{n % 5}") for n in range(posts - len(early))]
    jobs: list[Callable[[], object]] = [
        partial(payments.store_webhook, provider="demo_card", raw=raw, headers=headers)
        for raw, headers in (*early, *late)
    ]
    jobs += [partial(checkout.finish, order_id=placed.order_id), partial(orders.settle, order_id=placed.order_id)] * 2
    random.Random(turn).shuffle(jobs)
    results = at_once(jobs, threads=len(jobs))
    run_jobs()
    kinds = list(OrderStep.objects.filter(order_id=placed.order_id).values_list("kind", flat=True))
    return [*odd(results, Placed, UUID, type(None)), *expect("steps of the order", ["placed", "paid"], kinds)]


def killed_web(name: str, turn: int) -> list[str]:
    """The process that places an order dies at the point. Then the button is pressed again, or nobody ever does."""
    token, card = a_cart_of_everything()
    if not points.killed_at(name, press(token)):
        return [f"nobody came to the point {name!r}"]
    again = turn % 2 == 0
    if again:
        press(token, "k" if turn % 4 else "another")()
    rest()
    made = [order for order in orders_of(token) if order.status == "paid"]
    charged = ("gateway asked", "gateway answered", "settled", "cart closed")
    notes = expect(f"orders after {name}", int(again or name in charged), len(made))
    left = payment_queries.credit_account(card)
    return notes + expect("left on the card", 0 if made else 1000, left.balance_minor if left else -1)


def killed_worker(name: str, turn: int) -> list[str]:
    """The worker dies at the point; another one gets its jobs, and everything happens once."""
    if name == "capture asked":
        return _killed_capture()
    order = an_order()
    if name == "refund asked":
        run_jobs()
        orders.cancel_order(order_id=order.id)
    if not points.killed_at(name, work_as_worker):
        return [f"nobody came to the point {name!r}"]
    rescue_jobs()
    rest()
    went = sum(DemoRefund.objects.filter(charge__payment_id=order.payment_id).values_list("minor", flat=True))
    expected = order.total_minor if name == "refund asked" else 0
    return [*expect("given back", expected, went), *expect("mails of the order", 1, mails_about(order.code))]


def _killed_capture() -> list[str]:
    payments.put_method(code="demo_card", capture="on_shipment")
    try:
        order = an_order()
    finally:
        payments.put_method(code="demo_card")
    run_jobs()
    payments.capture_for(reference=order.id, minor=order.total_minor, key=str(order.id))
    if not points.killed_at("capture asked", work_as_worker):
        return ["nobody came to the point 'capture asked'"]
    rescue_jobs()
    rest()
    charge = charge_of(order.id)
    took = expect("taken by the gateway", order.total_minor, charge.captured_minor)
    return took + expect("parts", 1, len(charge.captures))


RACES: dict[str, Race] = {
    "last unit x 64 buyers": last_unit,
    "same cart x 16": same_cart,
    "one-use coupon x 16": one_use_coupon,
    "cart changed during payment": cart_changed,
    "refund x 8": refunds,
    "gift card spent x 8": gift_card,
    "webhook x 16 in any order": webhooks,
    **{f"web killed: {name}": partial(killed_web, name) for name in points.PLACING},
    **{f"worker killed: {name}": partial(killed_worker, name) for name in points.WORKING},
}


def run(name: str, turn: int = 0) -> list[str]:
    """One race and then the books; what is wrong now and was not before."""
    before = set(books.faults())
    try:
        notes = RACES[name](turn)
    except Exception as trouble:
        notes = [f"{type(trouble).__name__}: {trouble}"[:300]]
    rest()
    return notes + [fault for fault in books.faults() if fault not in before]


def rest() -> None:
    """Let everything that is due happen, and the time to pay go by."""
    run_jobs()
    with clock.freeze(clock.now() + LONG_ENOUGH):
        order_tasks.sweep_unsettled()
        order_tasks.sweep_expired()
        run_jobs()


# --- What the races are made of -----------------------------------------------------------------


def a_lamp(stock: int = 50) -> UUID:
    prices.forget()
    return goods(stock=stock, handle=new_code("lamp").lower())


def press(token: str, key: str = "k") -> Callable[[], Placed]:
    return partial(checkout.place, token=token, key=key, return_url=BACK)


def an_order() -> Order:
    return the_order(press(ready_cart((a_lamp(), 2)))().order_id)


def a_cart_of_everything() -> tuple[str, UUID]:
    """A cart that uses a code of a small budget and a gift card, and pays the rest by card; and the card's account."""
    benefit, code = {"kind": "percent", "percent": 10}, new_code("BUDGET")
    pricing.put_promotion(name="Budget", benefit=benefit, code=code, most=3, most_each=1, budgets={"EUR": 600})
    card = payments.issue_gift_card(minor=1000, currency="EUR", key=str(new_id()))
    token = ready_cart((a_lamp(), 1), email=f"{new_code('k').lower()}@example.com")
    checkout.apply_coupon(token=token, code=code)
    checkout.apply_gift_card(token=token, code=card.code)
    return token, card.account_id


def the_order(order_id: UUID) -> Order:
    return Order.objects.get(id=order_id)


def orders_of(token: str) -> list[Order]:
    return list(Order.objects.filter(came_from_cart__in=Cart.objects.filter(token=token).values("id")))


def placed_in(results: list[object]) -> list[Order]:
    return list(Order.objects.filter(id__in={each.order_id for each in results if isinstance(each, Placed)}))


def charge_of(order_id: UUID) -> DemoCharge:
    return DemoCharge.objects.get(payment_id=the_order(order_id).payment_id)


def charges(order_ids: set[UUID]) -> int:
    paying = Order.objects.filter(id__in=order_ids).values("payment_id")
    return DemoCharge.objects.filter(payment_id__in=paying).count()


def mails_about(code: str) -> int:
    return OutgoingMail.objects.filter(template="orders/mail/order_placed", text__contains=code).count()


def expect(what: str, expected: object, got: object) -> list[str]:
    return [] if expected == got else [f"{what}: {got} instead of {expected}"]


def odd(results: list[object], *known: type) -> list[str]:
    """Answers that nobody may get: a trouble that is no answer of the shop's."""
    strange = [each for each in results if not isinstance(each, known)]
    return [f"answered {type(each).__name__}: {each}"[:200] for each in strange]
