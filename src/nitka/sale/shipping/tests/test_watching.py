"""Promises that will break are found before their day ends."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings

from nitka.ground import clock
from nitka.ground.facts.queries import told_about
from nitka.ground.ids import new_id
from nitka.sale.shipping import actions, queries, tasks
from nitka.sale.shipping.models import CarrierEvent, Shipment
from nitka.sale.shipping.providers import Tracked
from nitka.sale.shipping.providers.demo_post import sign
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop
from nitka.sale.shipping.watching import Danger, danger

FRIDAY = date(2026, 9, 18)
MONDAY = date(2026, 9, 21)


def at(text: str) -> datetime:
    day, _space, wall = text.partition(" ")
    return clock.at_local(date.fromisoformat(day), datetime.strptime(wall, "%H:%M").time(), "Europe/Warsaw")


def seen(now: str, *kinds: str, expected: date | None = None) -> Danger | None:
    return danger(
        promised_on=FRIDAY, expected_on=expected, shipped_at=WEDNESDAY, last_kind=kinds[-1] if kinds else "",
        kinds=kinds, country="DE", zone="Europe/Warsaw", origin="PL", at=at(now),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("why", "found", "expected"),
    [
        ("all is well", seen("2026-09-17 12:00", "announced", "accepted"), None),
        ("no scan on the next working day is still usual", seen("2026-09-17 18:00", "announced"), None),
        ("no scan two days later", seen("2026-09-18 08:00", "announced"), Danger("no_scan", MONDAY)),
        ("out for delivery in the afternoon", seen("2026-09-18 16:00", "accepted", "out_for_delivery"), None),
        ("in no van on the morning", seen("2026-09-18 14:59", "accepted", "sorted"), None),
        ("in no van in the afternoon", seen("2026-09-18 15:00", "accepted", "sorted"), Danger("not_out", MONDAY)),
        ("waits at the pick-up point", seen("2026-09-18 16:00", "accepted", "ready"), None),
        ("nobody at home", seen("2026-09-18 11:00", "accepted", "failed"), Danger("failed", MONDAY)),
        ("a trouble on the way", seen("2026-09-17 11:00", "accepted", "exception"), Danger("exception", date(2026, 9, 22))),
        ("the carrier's later day", seen("2026-09-17 11:00", "accepted", expected=date(2026, 9, 23)),
         Danger("carrier_date", date(2026, 9, 23))),
        ("the carrier's earlier day", seen("2026-09-17 11:00", "accepted", expected=date(2026, 9, 17)), None),
        ("the day is over", seen("2026-09-19 08:00", "accepted", "out_for_delivery"), Danger("not_out", MONDAY)),
    ],
)  # fmt: skip
def test_each_danger_is_seen_in_time(why: str, found: Danger | None, expected: Danger | None) -> None:
    assert found == expected, why


def parcel(promised: date = FRIDAY) -> tuple[UUID, UUID]:
    order = new_id()
    left = actions.ship(reference=order, carrier="by_hand", tracking_number="X1", promised_on=promised, country="DE")
    return order, left.id


def risks(order: UUID) -> list[dict[str, Any]]:
    return [dict(fact.payload) for fact in told_about(order) if fact.kind == "shipping.promise_at_risk"]


@pytest.mark.django_db
def test_a_danger_is_told_once_and_again_only_when_the_new_day_breaks_too() -> None:
    open_shop()
    with clock.freeze(WEDNESDAY):
        order, shipment = parcel()
        given = actions.Given(
            reference=order, day_from=FRIDAY, day_to=FRIDAY, source="two_days@PL", computed_at=WEDNESDAY
        )
        actions.keep_promises(given=[given])
        actions.keep_promises(given=[given])
        actions.note_tracking(shipment_id=shipment, steps=[Tracked("accepted", WEDNESDAY)])
    with clock.freeze(at("2026-09-18 15:10")):
        assert (tasks.watch(), tasks.watch()) == (1, 0)
    (told,) = risks(order)
    assert (told["promised_on"], told["new_day"], told["cause"]) == ("2026-09-18", "2026-09-21", "not_out")
    with clock.freeze(at("2026-09-21 09:00")):
        assert tasks.watch() == 0
    with clock.freeze(at("2026-09-21 15:30")):
        assert tasks.watch() == 1
    assert [each.reason for each in queries.promises_of(order)] == ["", "not_out", "not_out"]
    row = Shipment.objects.get()
    assert (row.promised_on, row.expected_on) == (FRIDAY, date(2026, 9, 22))


@pytest.mark.django_db
def test_what_was_received_is_not_watched_and_the_carrier_says_when_it_was() -> None:
    open_shop()
    with clock.freeze(WEDNESDAY):
        _order, shipment = parcel()
    with clock.freeze(at("2026-09-19 09:00")):
        actions.note_tracking(shipment_id=shipment, steps=[Tracked("delivered", at("2026-09-18 12:00"))])
        assert tasks.watch() == 0
    assert Shipment.objects.get().delivered_at == at("2026-09-18 12:00")


@pytest.mark.django_db
def test_a_choice_is_kept_with_the_promise_it_was_made_upon() -> None:
    open_shop()
    order, _shipment = parcel()
    with pytest.raises(actions.ChoiceProblem):
        actions.choose(reference=order, choice="wait")
    actions.risk_promise(reference=order, promised_on=FRIDAY, new_day=MONDAY, cause="no_scan")
    assert actions.choose(reference=order, choice="wait")
    assert not actions.choose(reference=order, choice="wait")
    with pytest.raises(actions.ChoiceProblem):
        actions.choose(reference=order, choice="sue")
    assert queries.promises_of(order)[-1].choice == "wait"


def message(number: str, event: str = "e1", **more: Any) -> bytes:
    steps = [{"kind": "accepted", "at": WEDNESDAY.isoformat(), "place": "Gdańsk", **more}]
    return json.dumps({"id": event, "number": number, "steps": steps}).encode()


@pytest.mark.django_db
@override_settings(NITKA_CARRIER_SECRET="k")
def test_news_that_the_carrier_pushes_are_verified_kept_and_noted_once() -> None:
    order = new_id()
    left = actions.ship(reference=order, carrier="demo_post", promised_on=FRIDAY)
    raw = message(left.tracking_number, expected_on="2026-09-23")
    signed = {"X-Carrier-Signature": sign(raw, "k")}
    for wrong in (
        {},
        {"X-Carrier-Signature": sign(raw + b" ", "k")},
        {"X-Carrier-Signature": "x"},
        {"X-Carrier-Signature": "é"},
    ):
        with pytest.raises(actions.ForgedMessageProblem):
            actions.take_in_webhook(carrier="demo_post", raw=raw, headers=wrong)
    assert actions.take_in_webhook(carrier="demo_post", raw=raw, headers=signed)
    assert not actions.take_in_webhook(carrier="demo_post", raw=raw, headers=signed)
    assert Shipment.objects.get().expected_on == date(2026, 9, 23)
    stranger = message("DP00", "e2")
    assert actions.take_in_webhook(
        carrier="demo_post", raw=stranger, headers={"x-carrier-signature": sign(stranger, "k")}
    )
    broken = b'{"id": "e3"}'
    with pytest.raises(actions.ForgedMessageProblem):
        actions.take_in_webhook(carrier="demo_post", raw=broken, headers={"x-carrier-signature": sign(broken, "k")})
    assert CarrierEvent.objects.count() == 2
    with override_settings(NITKA_CARRIER_SECRET=""), pytest.raises(actions.ForgedMessageProblem):
        actions.take_in_webhook(carrier="demo_post", raw=raw, headers={"x-carrier-signature": sign(raw, "")})


@pytest.mark.django_db
def test_news_in_any_order_end_the_same() -> None:
    order, shipment = parcel()
    late = WEDNESDAY + timedelta(days=2)
    actions.note_tracking(shipment_id=shipment, steps=[Tracked("delivered", late)])
    actions.note_tracking(shipment_id=shipment, steps=[Tracked("accepted", WEDNESDAY)])
    actions.note_tracking(shipment_id=shipment, steps=[Tracked("delivered", late), Tracked("returned", late)])
    (seen_now,) = queries.shipments_of(order)
    assert seen_now.state == "delivered" and [s.kind for s in seen_now.steps] == ["accepted", "delivered", "returned"]
