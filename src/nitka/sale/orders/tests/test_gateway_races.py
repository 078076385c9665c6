"""Posts of gateways and refunds from many threads at once, against the real database."""

import itertools
import random
import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from nitka.ground.facts.queries import told_about
from nitka.sale.orders import actions, queries
from nitka.sale.orders.models import Order, OrderStep
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.payments import actions as payments
from nitka.sale.payments.models import Capture, GatewayEvent, Payment, Refund
from nitka.sale.payments.tests.conftest import paypal, stripe  # noqa: F401 (fixtures)
from nitka.sale.payments.tests.fakes import paypal_side, stripe_side
from nitka.sale.payments.tests.fakes.server import Gateway
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory.models import StockLevel
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """Every job in a thread and with a connection of its own, all started together; what each gave or raised."""
    results: list[object] = []
    gate = threading.Barrier(len(jobs))

    def work(job: Callable[[], object]) -> None:
        gate.wait()
        try:
            results.append(job())
        except Exception as trouble:
            results.append(trouble)
        finally:
            connection.close()

    crowd = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    return results


def _post(provider: str, message: tuple[bytes, dict[str, str]], order_id: object) -> Callable[[], object]:
    def job() -> object:
        payments.store_webhook(provider=provider, raw=message[0], headers=message[1])
        return actions.settle_rows(order_id=order_id).status  # type: ignore[arg-type]

    return job


@pytest.mark.parametrize("seed", range(4))
def test_sixteen_posts_of_stripe_in_any_order_place_one_order_once(stripe: Gateway, seed: int) -> None:  # noqa: F811
    open_shop()
    order_id = an_order((goods(), 1), payment="stripe", choice="").order_id
    ref = Payment.objects.get().provider_ref
    early = [stripe_side.message(stripe, ref, kind) for kind in ("payment_failed", "requires_action", "processing")]
    stripe_side.confirm(stripe, ref)
    late = [stripe_side.message(stripe, ref, "succeeded", event_id="evt_same") for _each in range(9)]
    late += [stripe_side.message(stripe, ref, "succeeded") for _each in range(4)]
    posts = [*early, *late]
    random.Random(seed).shuffle(posts)
    results = at_once([_post("stripe", each, order_id) for each in posts])
    assert len(posts) == 16 and not [each for each in results if isinstance(each, Exception)]
    _stands_once(order_id)
    assert GatewayEvent.objects.filter(event_id="evt_same").count() == 1


@pytest.mark.parametrize("seed", range(2))
def test_sixteen_posts_of_paypal_beside_polls_place_one_order_once(paypal: Gateway, seed: int) -> None:  # noqa: F811
    open_shop()
    order_id = an_order((goods(), 1), payment="paypal", choice="").order_id
    ref = Payment.objects.get().provider_ref
    paypal_side.approve(paypal, ref)
    approved = paypal_side.message(paypal, ref, "CHECKOUT.ORDER.APPROVED")
    jobs: list[Callable[[], object]] = [_post("paypal", approved, order_id) for _each in range(8)]
    jobs += [lambda: actions.settle(order_id=order_id).status for _each in range(8)]
    random.Random(seed).shuffle(jobs)
    results = at_once(jobs)
    assert not [each for each in results if isinstance(each, Exception)]
    _stands_once(order_id)
    assert len(paypal.book["orders"][ref]["purchase_units"][0]["payments"]["captures"]) == 1


def test_eight_refunds_of_one_key_at_once_are_one(stripe: Gateway) -> None:  # noqa: F811
    payment_id = _paid(stripe)
    jobs = [lambda: payments.refund(payment_id=payment_id, minor=500, key="same")] * 8
    assert len(set(at_once(jobs))) == 1
    run_jobs()
    assert Refund.objects.count() == 1 and Payment.objects.get().refunded_minor == 500
    assert [each["amount"] for each in stripe.book["refunds"].values()] == [500]


def test_eight_refunds_at_once_never_give_back_more_than_came(stripe: Gateway) -> None:  # noqa: F811
    payment_id = _paid(stripe)
    total = Payment.objects.get().captured_minor
    each_one, keys = total // 3, itertools.count()
    jobs = [lambda: payments.refund(payment_id=payment_id, minor=each_one, key=f"k{next(keys)}")] * 8
    results = at_once(jobs)
    assert sum(isinstance(each, payments.RefundProblem) for each in results) == 5
    run_jobs()
    assert Payment.objects.get().refunded_minor == 3 * each_one <= total
    assert sum(each["amount"] for each in stripe.book["refunds"].values()) == 3 * each_one


def test_eight_shipments_at_once_never_take_more_than_is_set_aside(stripe: Gateway) -> None:  # noqa: F811
    open_shop()
    payments.put_method(code="stripe", capture="on_shipment")
    order_id = an_order((goods(), 1), payment="stripe", choice="").order_id
    stripe_side.confirm(stripe, Payment.objects.get().provider_ref)
    actions.settle(order_id=order_id)
    run_jobs()
    total, keys = Order.objects.get().total_minor, itertools.count()
    part = total // 4 + 1
    jobs = [lambda: payments.capture_for(reference=order_id, minor=part, key=f"p{next(keys)}")] * 8
    assert sum(each for each in at_once(jobs) if isinstance(each, int)) == total
    run_jobs()
    assert sum(Capture.objects.filter(state="done").values_list("minor", flat=True)) == total
    assert next(iter(stripe.book["intents"].values()))["amount_received"] == total
    assert Order.objects.get().paid


def _paid(gateway: Gateway) -> object:
    open_shop()
    order_id = an_order((goods(), 1), payment="stripe", choice="").order_id
    stripe_side.confirm(gateway, Payment.objects.get().provider_ref)
    actions.settle(order_id=order_id)
    return Payment.objects.get().id


def _stands_once(order_id: object) -> None:
    order = queries.order(order_id)  # type: ignore[arg-type]
    assert order and [step.kind for step in order.steps] == ["placed", "paid"] and order.status == "paid"
    assert OrderStep.objects.count() == 2 and StockLevel.objects.get().reserved == 1
    assert [fact.kind for fact in told_about(order.id)].count("orders.order_placed") == 1
    row = Payment.objects.get()
    assert (row.state, row.captured_minor) == ("captured", order.total_minor)
