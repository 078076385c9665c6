"""/back/carriers/: labels, manifests, pickups, kept promises, prices."""

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.sale.shipping.models import Label, Manifest, Pickup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


def test_a_day_from_label_to_pickup() -> None:
    client = makers.signed_in("warehouse")
    order = makers.paid(makers.an_order(makers.goods_on_shelf()[0]))
    page = f"/back/orders/{order.code}/"
    assert "Make a label" in client.get(page).content.decode()
    assert client.post(f"{page}label", {"carrier": "demo_post", "weight_g": "1500"})["Location"] == page
    label = Label.objects.get()
    assert label.state == "made" and label.weight_g == 1500
    pdf = client.get(f"/back/carriers/labels/{label.shipment_id}.pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    today = client.get("/back/carriers/").content.decode()
    assert "1 labelled parcel" in today
    client.post("/back/carriers/demo_post/pickup", {"on": "2026-11-25", "ready_at": "14:00", "closes_at": "18:00"})
    client.post("/back/carriers/demo_post/manifest")
    assert (Manifest.objects.get().parcels, Pickup.objects.get().parcels) == (1, 1)
    text = client.get("/back/carriers/?tab=manifests").content.decode()
    assert Manifest.objects.get().number in text and Pickup.objects.get().number in text
    assert client.get(f"/back/carriers/manifests/{Manifest.objects.get().id}.pdf").content.startswith(b"%PDF")
    assert makers.audit("order.label") == [order.code] and makers.audit("carrier.manifest") == ["demo_post"]


def test_what_the_carrier_refuses_is_said_in_its_words() -> None:
    client = makers.signed_in()
    order = makers.paid(makers.an_order(makers.goods_on_shelf()[0]))
    client.post(f"/back/orders/{order.code}/label", {"carrier": "demo_post", "weight_g": "50000"})
    assert "31 kg" in client.get(f"/back/orders/{order.code}/").content.decode()
    client.post("/back/carriers/demo_post/manifest")
    assert "No labelled parcel waits" in client.get("/back/carriers/").content.decode()
    client.post("/back/carriers/demo_post/pickup", {"on": "soon"})
    assert "both times" in client.get("/back/carriers/").content.decode()


def test_every_tab_opens_and_prices_are_asked_for() -> None:
    client = makers.signed_in()
    for tab in ("today", "labels", "manifests", "performance", "rates", "nonsense"):
        assert client.get(f"/back/carriers/?tab={tab}").status_code == 200
    for by in ("carrier", "country", "option", "location"):
        assert client.get(f"/back/carriers/?tab=performance&by={by}&days=365").status_code == 200
    prices = client.get("/back/carriers/?tab=rates&country=de&postcode=10115&weight_g=1500").content.decode()
    assert "Demo Post" in prices and "Express" in prices
    assert client.get("/back/carriers/kept-promises.csv").status_code == 200


def test_agents_look_and_do_not_print() -> None:
    client = makers.signed_in("agent")
    assert client.get("/back/carriers/").status_code == 200
    assert client.post("/back/carriers/demo_post/manifest").status_code == 403
