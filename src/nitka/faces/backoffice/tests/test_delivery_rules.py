"""The form of a delivery option: what is typed comes back, and what cannot be meant is said."""

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.sale.shipping.models import DeliveryOption

pytestmark = pytest.mark.django_db
FORM = {
    "code": "locker", "name.en": "To a locker", "text.en": "Open day and night.", "cut_off": "15:00",
    "handling_days": "0", "transit_days_from": "1", "transit_days": "2", "position": "5", "active": "1",
    "price.pl": "9.90", "kind": "pickup", "carrier": "demo_post", "steps_by": "weight",
    "steps.pl": "5000 = 15.90\n1000 = 9.90\n", "rule.max_longest_mm": "640", "rule.postcodes": "80, 81-000..81-999",
    "rule.labels": "vip", "min_goods.pl": "20", "markup_percent": "5",
}  # fmt: skip


def test_what_is_typed_is_kept_and_comes_back() -> None:
    makers.a_shop()
    client = makers.signed_in()
    assert client.post("/back/settings/delivery/new/", FORM)["Location"] == "/back/settings/delivery/"
    row = DeliveryOption.objects.get(code="locker")
    assert row.steps == {"pl": [[1000, 990], [5000, 1590]]} and row.texts == {"en": "Open day and night."}
    assert row.rules == {
        "postcodes": ["80", "81000..81999"], "labels": ["vip"], "max_longest_mm": 640, "min_goods": {"pl": 2000},
    }  # fmt: skip
    page = client.get("/back/settings/delivery/locker/").content.decode()
    assert "1000 = 9.90" in page and "81000..81999" in page and 'value="640"' in page and "Open day and night." in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"steps.pl": "cheap"}, "Write a line for each step"),
        ({"rule.max_pieces": "few"}, "is no whole number"),
        ({"rule.postcodes": "82..80"}, "cannot be meant"),
        ({"carrier": ""}, "Choose the carrier"),
    ],
)
def test_what_cannot_be_meant_is_said(wrong: dict[str, str], words: str) -> None:
    makers.a_shop()
    client = makers.signed_in()
    answer = client.post("/back/settings/delivery/new/", FORM | wrong)
    shown = answer if answer.status_code == 200 else client.get(answer["Location"])
    assert words in shown.content.decode()
    assert not DeliveryOption.objects.filter(code="locker").exists()
