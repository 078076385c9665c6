from datetime import date, timedelta

import pytest

from nitka.ground import clock
from nitka.ground.facts.queries import told_about
from nitka.ground.ids import new_id
from nitka.sale.shipping import actions, queries, tasks
from nitka.sale.shipping.providers.demo_post import _check_digit
from nitka.sale.shipping.tests.makers import WEDNESDAY
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_a_parcel_gets_a_number_with_a_check_digit_and_is_told_once() -> None:
    order = new_id()
    parcel = actions.ship(reference=order, carrier="demo_post")
    again = actions.ship(reference=order, carrier="demo_post")
    assert parcel.id == again.id
    number = parcel.tracking_number
    assert number.startswith("DP") and len(number) == 13 and int(number[-1]) == _check_digit(number[2:-1])
    assert [fact.kind for fact in told_about(order)] == ["shipping.parcel_shipped"]


def test_an_unknown_carrier_is_refused() -> None:
    with pytest.raises(actions.UnknownCarrierProblem):
        actions.ship(reference=new_id(), carrier="pigeon")


def test_delivered_is_told_once() -> None:
    order = new_id()
    parcel = actions.ship(reference=order, carrier="demo_post")
    actions.mark_delivered(shipment_id=parcel.id)
    actions.mark_delivered(shipment_id=parcel.id)
    assert [fact.kind for fact in told_about(order)] == ["shipping.parcel_shipped", "shipping.parcel_delivered"]


def test_the_demo_carrier_is_followed_to_the_promised_day() -> None:
    order = new_id()
    with clock.freeze(WEDNESDAY):
        actions.ship(reference=order, carrier="demo_post", promised_on=date(2026, 9, 18))
    with clock.freeze(WEDNESDAY + timedelta(hours=3)):
        tasks.follow_parcels()
        run_jobs()
        (parcel,) = queries.shipments_of(order)
        assert [step.kind for step in parcel.steps] == ["announced", "accepted", "sorted"]
        assert parcel.state == "shipped"
    with clock.freeze(WEDNESDAY + timedelta(days=2, hours=6)):
        tasks.follow_parcels()
        tasks.follow_parcels()
        run_jobs()
        (parcel,) = queries.shipments_of(order)
        assert [step.kind for step in parcel.steps][-2:] == ["out_for_delivery", "delivered"]
        assert len(parcel.steps) == 5 and parcel.state == "delivered"
