"""Promotions as a merchant makes them."""

from typing import Any

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog.models import Variant
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.models import Promotion

pytestmark = pytest.mark.django_db
NEW = "/back/settings/promotions/new/"
BASE = {"name": "Autumn", "kind": "percent", "percent": "10", "by": "itself", "active": "1"}


@pytest.fixture
def back() -> Client:
    pricing.forget()
    makers.a_shop()
    return makers.signed_in()


def sku() -> str:
    return str(Variant.objects.get(id=makers.goods_on_shelf()[0]).sku)


def view() -> Any:
    return pricing.promotion(Promotion.objects.get().id)


def test_a_promotion_is_made_and_changed(back: Client) -> None:
    name = sku()
    answer = back.post(NEW, {
        **BASE, "products": name, "minimum.EUR": "50", "starts": "2026-11-01", "ends": "2026-11-30",
        "weekdays": ["0", "4"], "hour_from": "18:00", "labels": "VIP, friends", "budget.EUR": "1000", "most": "200",
        "label.en": "Autumn is here", "ceiling.EUR": "20",
    })  # fmt: skip
    made = view()
    assert answer.status_code == 303 and str(made.id) in answer["Location"]
    assert made.benefit == {"kind": "percent", "percent": "10.00", "most": {"EUR": 2000}}
    assert made.conditions["minimum"] == {"EUR": 5000} and made.conditions["labels"] == ["friends", "vip"]
    assert made.conditions["hours"] == ["18:00", "24:00"] and made.conditions["weekdays"] == [0, 4]
    assert (made.budgets, made.most, made.lane) == ({"EUR": (100_000, 0)}, 200, "goods")
    page = back.get(answer["Location"]).content.decode()
    assert name in page and "Autumn is here" in page and "2026-11-30" in page
    back.post(answer["Location"], {**BASE, "by": "code", "code": "autumn 10", "public": "1"})
    changed = view()
    assert (changed.code, changed.public, changed.lane, changed.budgets) == ("AUTUMN10", True, "codes", {})
    assert len(makers.audit("promotion.put")) == 2
    assert "AUTUMN10" in back.get("/back/settings/promotions/").content.decode()
    assert "AUTUMN10" in back.get("/back/settings/promotions/?q=tumn1").content.decode()


@pytest.mark.parametrize("kind", ["amount", "fixed_price", "buy_get", "bundle", "delivery", "gift"])
def test_every_kind_has_its_fields(back: Client, kind: str) -> None:
    name = sku()
    fields = {
        "amount": {"amount.EUR": "5"}, "fixed_price": {"amount.EUR": "7.50"},
        "buy_get": {"buy": "2", "get": "1", "percent": "100", "reward": name},
        "bundle": {"amount.EUR": "20", "part.0": name, "part_pieces.0": "2"},
        "delivery": {"percent": "100", "options": ["standard"]}, "gift": {"gift": name, "gift_pieces": "1"},
    }[kind]  # fmt: skip
    answer = back.post(NEW, {**BASE, "percent": "", "kind": kind, **fields})
    assert view().benefit["kind"] == kind
    page = back.get(answer["Location"])
    assert page.status_code == 200 and (name in page.content.decode()) == (kind in ("buy_get", "bundle", "gift"))


def test_what_makes_no_sense_is_said_and_what_was_typed_stays(back: Client) -> None:
    page = back.post(NEW, {**BASE, "percent": "120"}).content.decode()
    assert "up to 100" in page and "Autumn" in page and not Promotion.objects.exists()
    back.post(NEW, {**BASE, "products": "NO-SUCH"})
    assert not Promotion.objects.exists()


def test_it_is_tried_on_a_cart_before_it_is_saved(back: Client) -> None:
    page = back.post(NEW, {**BASE, "deed": "preview", "sample": f"{sku()} 2", "sample_market": "eu"}).content.decode()
    assert "The sample cart" in page and "this one" in page and not Promotion.objects.exists()
    page = back.post("/back/settings/promotions/sample/", {"sample": sku(), "sample_market": "eu"}).content.decode()
    assert "The sample cart" in page
    assert "There is no SKU" in back.post("/back/settings/promotions/sample/", {"sample": "X 1"}).content.decode()


def test_codes_are_made_and_leave_as_a_file(back: Client) -> None:
    here = back.post(NEW, {**BASE, "by": "codes"})["Location"]
    back.post(f"{here}generate", {"number": "12", "prefix": "friend", "uses": "1"})
    answer = back.get(f"{here}codes.csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 13 and lines[1].startswith("FRIEND")
    assert makers.audit("promotion.codes") == ["Autumn"]
    back.post(f"{here}end")
    assert not Promotion.objects.get().active


def test_a_lane_is_changed(back: Client) -> None:
    back.post(NEW, BASE)
    back.post("/back/settings/promotions/lane", {"code": "goods", "name": "Goods", "takes": "all", "position": "1"})
    assert pricing.lane_rows().get(code="goods").takes == "all"
