"""Samples, so many a person, and pieces on trial at home."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import open_shop
from tests.crowd import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def sample(handle: str = "oak", per_person: int = 2) -> UUID:
    made = goods(0 + 100, handle=handle)
    orders.put_variant_terms(variant_id=made, per_person=per_person)
    return made


def test_a_person_has_so_many_samples_of_all_together() -> None:
    oak, ash = sample("oak"), sample("ash")
    an_order((oak, 1))
    with pytest.raises(orders.SampleProblem) as refused:
        an_order((ash, 1), (oak, 1))
    assert refused.value.detail["per_person"] == 2
    an_order((ash, 1))
    an_order((ash, 2), email="anna@example.com")
    with pytest.raises(orders.SampleProblem):
        an_order((ash, 1), email="MAX@example.com")


def test_a_cancelled_or_old_order_does_not_count() -> None:
    oak = sample()
    first = an_order((oak, 2))
    orders.cancel_order(order_id=first.order_id)
    second = an_order((oak, 2))
    Order.objects.filter(id=second.order_id).update(created_at=queries_now() - timedelta(days=31))
    an_order((oak, 2))


def queries_now():  # type: ignore[no-untyped-def]
    from nitka.ground import clock

    return clock.now()


def test_goods_without_terms_cost_no_query() -> None:
    lamp = goods()
    assert queries.terms_of([lamp]) == {}
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert queries.terms_of([lamp]) == {}
    assert len(seen) == 0
    assert not orders.put_variant_terms(variant_id=lamp)
    with pytest.raises(orders.OrderProblem):
        orders.put_variant_terms(variant_id=lamp, per_person=0)


def test_a_trial_has_its_day_with_the_order() -> None:
    chair = goods(handle="chair")
    orders.put_variant_terms(variant_id=chair, trial_days=14)
    order = queries.order(an_order((chair, 1)).order_id)
    assert order and order.lines[0].trial_until == order.promise.day_to + timedelta(days=14)


@pytest.mark.django_db(transaction=True)
def test_eight_tabs_are_one_person() -> None:
    open_shop()
    oak = sample(per_person=1)
    results = at_once([lambda: an_order((oak, 1))] * 8, threads=8)
    assert sum(not isinstance(each, Exception) for each in results) == 1, results
