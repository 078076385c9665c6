"""Labels that a scanner reads, manifests, pickups. The reader is another project's (ZXing)."""

import io
from datetime import date, time
from uuid import UUID

import pytest
from django.test import override_settings

from nitka.ground.ids import new_id
from nitka.people.customers.queries import PostalAddress
from nitka.sale.shipping import actions, barcodes, providers, queries
from nitka.sale.shipping.models import Label, Shipment
from tests.cast import ANNA

pdfium = pytest.importorskip("pypdfium2")
zxing = pytest.importorskip("zxingcpp")
SHOP = PostalAddress(name="Tråd", line1="ul. Długa 1", postcode="80-831", city="Gdańsk", country="PL")


def announced(reference: UUID | None = None, *, weight_g: int = 1200, **more: object) -> UUID:
    return actions.announce(
        reference=reference or new_id(), carrier="demo_post", sender=SHOP, recipient=ANNA.address, weight_g=weight_g,
        note="NK-7F3Q-2M", **more,
    )  # fmt: skip


def scanned(pdf: bytes) -> list[str]:
    """What a scanner reads on the first page at 203 dpi, the resolution of a label printer."""
    picture = pdfium.PdfDocument(io.BytesIO(pdf))[0].render(scale=203 / 72).to_pil()
    return [code.text for code in zxing.read_barcodes(picture)]


@pytest.mark.parametrize(
    "text", ["DP12345678903", "1Z999AA10123456784", "00340434161094015902", "ab-c1", "12345", " ~!"]
)
def test_the_bars_say_what_stands_below_them(text: str) -> None:
    from PIL import Image

    row = [255] * 20
    for place, width in enumerate(barcodes.code128(text)):
        row += [0 if place % 2 == 0 else 255] * (2 * width)
    row += [255] * 20
    picture = Image.new("L", (len(row), 60))
    picture.putdata(row * 60)
    (code,) = zxing.read_barcodes(picture)
    assert (code.text, code.format) == (text, zxing.BarcodeFormat.Code128)


def test_letters_that_the_bars_do_not_know_are_refused() -> None:
    for wrong in ("", "Gdańsk"):
        with pytest.raises(ValueError, match="printable"):
            barcodes.code128(wrong)


@pytest.mark.django_db
def test_a_label_is_a_pdf_that_a_scanner_reads_and_is_made_once() -> None:
    shipment = announced()
    number = actions.make_label(shipment_id=shipment)
    assert actions.make_label(shipment_id=shipment) == number
    pdf = queries.label_pdf(shipment)
    assert pdf and scanned(pdf) == [number]
    page = pdfium.PdfDocument(io.BytesIO(pdf))[0]
    assert [round(side * 25.4 / 72) for side in page.get_size()] == [100, 150]
    words = page.get_textpage().get_text_range()
    assert ANNA.address.line1 in words and "NK-7F3Q-2M" in words and "1.20 kg" in words and "Demonstration" in words


@pytest.mark.django_db
def test_the_announced_parcel_leaves_under_its_own_number() -> None:
    order = new_id()
    shipment = announced(order)
    number = actions.make_label(shipment_id=shipment)
    left = actions.ship(reference=order, carrier="demo_post", promised_on=date(2026, 9, 18))
    assert (left.id, left.tracking_number, left.state) == (shipment, number, "shipped")
    second = actions.ship(reference=order, carrier="demo_post", nth=2)
    third = actions.ship(reference=order, carrier="demo_post", nth=3)
    assert len({number, second.tracking_number, third.tracking_number}) == 3


@pytest.mark.django_db
def test_a_label_can_be_taken_back_until_the_parcel_leaves() -> None:
    order = new_id()
    shipment = announced(order)
    actions.make_label(shipment_id=shipment)
    actions.cancel_label(shipment_id=shipment)
    actions.cancel_label(shipment_id=shipment)
    assert queries.shipments_of(order) == () and queries.label_pdf(shipment) is None
    with pytest.raises(actions.LabelProblem):
        actions.make_label(shipment_id=shipment)
    gone = announced(order)
    actions.make_label(shipment_id=gone)
    actions.ship(reference=order, carrier="demo_post")
    with pytest.raises(actions.LabelProblem):
        actions.cancel_label(shipment_id=gone)


@pytest.mark.django_db
def test_what_the_carrier_refuses_is_kept_in_its_words() -> None:
    shipment = announced(weight_g=40_000)
    with pytest.raises(actions.CarrierRefusedProblem, match="31 kg"):
        actions.make_label(shipment_id=shipment)
    assert "31 kg" in Label.objects.get().trouble


@pytest.mark.django_db
def test_a_carrier_that_is_not_reached_leaves_the_parcel_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    shipment = announced()
    carrier = providers.found()["demo_post"]

    def silent(*_some: object) -> None:
        raise providers.CarrierTrouble("timeout")

    monkeypatch.setattr(carrier, "label", silent)
    with pytest.raises(actions.LabelProblem):
        actions.make_label(shipment_id=shipment)
    monkeypatch.undo()
    assert actions.make_label(shipment_id=shipment).startswith("DP")


@pytest.mark.django_db
def test_a_manifest_lists_what_waits_once_and_can_be_scanned() -> None:
    numbers = {actions.make_label(shipment_id=announced()) for _each in range(3)}
    manifest = actions.make_manifest(carrier="demo_post", place=SHOP)
    pdf = queries.manifest_pdf(manifest)
    assert pdf
    words = pdfium.PdfDocument(io.BytesIO(pdf))[0].get_textpage().get_text_range()
    assert all(number in words for number in numbers) and "3 parcels, 3.60 kg" in words
    assert scanned(pdf) == [queries.manifest_rows().get().number]
    with pytest.raises(actions.NothingToHandOverProblem):
        actions.make_manifest(carrier="demo_post", place=SHOP)
    with pytest.raises(actions.LabelProblem):
        actions.cancel_label(shipment_id=Shipment.objects.first().id)  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_pickup_is_asked_for_once_a_day() -> None:
    actions.make_label(shipment_id=announced())
    asked = {"carrier": "demo_post", "on": date(2026, 9, 16), "ready_at": time(14), "place": SHOP}
    first = actions.order_pickup(**asked, closes_at=time(17))
    assert actions.order_pickup(**asked, closes_at=time(18)) == first
    with pytest.raises(actions.CarrierRefusedProblem):
        actions.order_pickup(**(asked | {"on": date(2026, 9, 17)}), closes_at=time(15))


@pytest.mark.django_db
def test_a_parcel_back_to_the_shop_is_no_delivery_of_the_order() -> None:
    from nitka.ground.facts.queries import told_about

    order = new_id()
    back = actions.announce(
        reference=order, carrier="demo_post", sender=ANNA.address, recipient=SHOP, weight_g=900, reverse=True
    )
    actions.make_label(shipment_id=back)
    actions.ship(reference=order, carrier="demo_post", shipment_id=back)
    actions.mark_delivered(shipment_id=back)
    assert [fact.kind for fact in told_about(order)] == ["shipping.parcel_shipped", "shipping.parcel_returned"]


def test_a_demonstration_can_be_chosen_in_a_demo_alone() -> None:
    with override_settings(NITKA_DEMO=False):
        assert "demo_post" not in queries.carriers() and "by_hand" in queries.carriers()
    with override_settings(NITKA_DEMO=True):
        assert "demo_post" in queries.carriers()
