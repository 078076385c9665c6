"""Real threads with connections of their own."""

import pytest

from nitka.sale.orders.queries import OrderView
from nitka.sale.payments.models import Payment
from nitka.sale.returns import actions as returns
from nitka.sale.returns.models import Case, CaseLine, Tally
from nitka.sale.returns.tests.makers import HOUSE, a_delivered_order, a_return, lamps, of, received
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.inventory.models import Hold, StockLevel
from tests.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def ask(order: OrderView, pieces: int = 1, **more: object) -> object:
    by = returns.holder(order.token)
    return returns.request_return(order_id=order.id, lines=of(order, pieces), by=by, **more)  # type: ignore[arg-type]


def test_eight_returns_of_the_same_pieces_at_once_return_what_was_delivered() -> None:
    order = a_delivered_order()
    results = at_once([lambda: ask(order)] * 8, threads=8)
    assert sum(isinstance(each, returns.TooManyPiecesProblem) for each in results) == 5
    assert Case.objects.count() == 3 and Tally.objects.get().returned == 3
    assert sum(CaseLine.objects.values_list("paid_minor", flat=True)) == 6000


def test_the_database_refuses_what_the_verb_would_not() -> None:
    from django.db import IntegrityError

    order = a_delivered_order()
    ask(order, 3)
    with pytest.raises(IntegrityError):
        Tally.objects.update(returned=4)


def test_eight_presses_of_one_form_are_one_return() -> None:
    order = a_delivered_order()
    results = at_once([lambda: ask(order, key="form")] * 8, threads=8)
    assert len(set(results)) == 1 and Case.objects.count() == 1


def test_eight_exchanges_at_once_are_one_and_keep_one_piece() -> None:
    small, large = lamps(2000, 2000, stock=8)
    order = a_delivered_order((small, 8))
    by, lines = returns.holder(order.token), of(order, 1, "too_small", large)
    results = at_once([lambda: returns.request_exchange(order_id=order.id, lines=lines, by=by)] * 8, threads=8)
    assert sum(isinstance(each, returns.OnceOnlyProblem) for each in results) == 7
    assert StockLevel.objects.get(variant_id=large).reserved == 1 and Hold.objects.filter(state="held").count() == 1


def test_eight_refunds_at_once_are_one() -> None:
    case = received(a_return(a_delivered_order(), 2))
    results = at_once([lambda: returns.settle(case_id=case.id, by=HOUSE)] * 8, threads=8)
    assert results == [4000] * 8 and Payment.objects.get().refunded_minor == 4000


def test_calling_off_while_it_is_received_does_one_of_both() -> None:
    order = a_delivered_order()
    case = a_return(order, 2)
    jobs = [lambda: returns.cancel_case(case_id=case.id, by=returns.holder(order.token))] * 4
    jobs += [lambda: returns.mark_received(case_id=case.id, by=HOUSE)] * 4  # type: ignore[list-item]
    at_once(jobs, threads=8)
    state = Case.objects.get().state
    assert (state, Tally.objects.get().returned) in (("cancelled", 0), ("received", 2))


def test_one_difference_paid_by_eight_presses_is_one_charge() -> None:
    cheap, dear = lamps(1500, 2000)
    order = a_delivered_order((cheap, 1))
    by = returns.holder(order.token)
    case_id = returns.request_exchange(order_id=order.id, lines=of(order, 1, "", dear), by=by)

    def press() -> object:
        return returns.pay_difference(case_id=case_id, by=by, mean="demo_card", choice="success", return_url="/")

    at_once([press] * 8, threads=8)
    assert Payment.objects.filter(minor=500).count() == 1 and Case.objects.get().state == "approved"
