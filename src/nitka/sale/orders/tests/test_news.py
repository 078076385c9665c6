"""News of an order on the devices that follow it: sent, arrives today, late, delivered; in the device's language."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from nitka.ground import clock
from nitka.people.contact.models import PushNews, PushSubscription
from nitka.sale.orders import actions as orders
from nitka.sale.orders import news, queries
from nitka.sale.orders.tests.makers import an_order
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as parcels
from nitka.sale.shipping.providers import Tracked
from nitka.sale.shipping.tests.makers import open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The news stay where they are, to be read."""
    open_shop()
    monkeypatch.setattr("nitka.people.contact.actions.deliver_news", lambda *, news_id: None)


def followed(order_id: UUID, language: str = "nb") -> None:
    PushSubscription.objects.create(
        endpoint="https://push.example/1", endpoint_hash=f"{order_id}-{language}", p256dh="x", auth="x",
        topic=queries.push_topic(order_id), language=language,
    )  # fmt: skip


def told() -> list[str]:
    return list(PushNews.objects.order_by("created_at", "id").values_list("body", flat=True))


def test_each_step_is_told_once_and_without_the_links_secret() -> None:
    placed = an_order()
    followed(placed.order_id, "en")
    orders.ship_order(order_id=placed.order_id, carrier="demo_post")
    run_jobs()
    (parcel,) = parcels.shipments_of(placed.order_id)
    van = (Tracked("accepted", clock.now() - timedelta(hours=3)), Tracked("out_for_delivery", clock.now()))
    shipping.note_tracking(shipment_id=parcel.id, steps=van)
    shipping.note_tracking(shipment_id=parcel.id, steps=van)
    run_jobs()
    shipping.note_tracking(shipment_id=parcel.id, steps=(*van, Tracked("delivered", clock.now())))
    run_jobs()
    code = placed.code
    assert told() == [
        f"Order {code} is on its way to you.", f"Order {code} arrives today.", f"Order {code} was delivered.",
    ]  # fmt: skip
    assert set(PushNews.objects.values_list("path", flat=True)) == {f"/en/order/{code}"}


def test_a_delay_names_the_new_day_in_the_devices_language() -> None:
    placed = an_order()
    followed(placed.order_id, "nb")
    followed(placed.order_id, "en")
    news.delayed(placed.order_id, date(2026, 12, 3))
    assert len(told()) == 2 and any("3 December" in body for body in told())
    assert any("3. desember" in body for body in told())


def test_a_van_of_yesterday_is_no_news() -> None:
    placed = an_order()
    followed(placed.order_id, "en")
    orders.ship_order(order_id=placed.order_id, carrier="demo_post")
    (parcel,) = parcels.shipments_of(placed.order_id)
    shipping.note_tracking(
        shipment_id=parcel.id, steps=(Tracked("out_for_delivery", clock.now() - timedelta(hours=20)),)
    )
    run_jobs()
    assert told() == [f"Order {placed.code} is on its way to you."]
