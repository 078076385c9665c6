import pytest

from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries
from nitka.sale.orders.tests.makers import a_shipped_order, an_order
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.models import Label
from nitka.sale.shipping.tests.makers import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def test_the_label_bears_the_agreed_address_and_the_parcel_leaves_under_its_number() -> None:
    order_id = an_order().order_id
    shipment = orders.label_order(order_id=order_id, carrier="demo_post", weight_g=1500)
    label = Label.objects.get(shipment_id=shipment)
    assert label.recipient["line1"] == "Hauptstraße 1" and label.sender["city"] == "Gdańsk" and label.weight_g == 1500
    assert (shipping.label_pdf(shipment) or b"").startswith(b"%PDF")
    assert orders.ship_order(order_id=order_id, carrier="demo_post") == shipment
    order = queries.order(order_id)
    assert order and order.shipments[0].tracking_number.startswith("DP")


def test_what_the_carrier_refuses_leaves_no_parcel_behind() -> None:
    order_id = an_order().order_id
    with pytest.raises(Exception, match="31 kg"):
        orders.label_order(order_id=order_id, carrier="demo_post", weight_g=60_000)
    assert shipping.shipments_of(order_id) == ()


def test_what_has_left_gets_no_second_label() -> None:
    with pytest.raises(orders.AlreadyDoneProblem):
        orders.label_order(order_id=a_shipped_order(), carrier="demo_post")
