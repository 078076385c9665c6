"""The shop on a home screen: what phones are told, the icons they are given, and what a browser may keep."""

import io
import json

import pytest
from django.test import Client
from PIL import Image

from nitka.faces.storefront import icon_drawing
from nitka.faces.storefront.tests import makers
from nitka.ground.locale import LANGUAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_manifest_and_every_address_in_it_answers(
    shop: makers.Shop, visitor: Client, language: str
) -> None:
    page = visitor.get(f"/{language}/").content.decode()
    assert f'<link rel="manifest" href="/{language}/manifest.webmanifest">' in page
    answer = visitor.get(f"/{language}/manifest.webmanifest")
    assert answer["Content-Type"].startswith("application/manifest+json")
    said = json.loads(answer.content)
    assert said["lang"] == language and said["start_url"] == f"/{language}/" and said["id"] == "/"
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for icon in said["icons"]:
        picture = Image.open(io.BytesIO(visitor.get(icon["src"]).content))
        assert "x".join(map(str, picture.size)) == icon["sizes"] and picture.format == "PNG"
    for shortcut in said["shortcuts"]:
        assert shortcut["name"] and visitor.get(shortcut["url"]).status_code in (200, 302, 303)


def test_the_icon_of_a_tab_is_there_without_reading_a_page(visitor: Client) -> None:
    answer = visitor.get("/favicon.ico")
    assert answer["Content-Type"] == "image/x-icon"
    assert Image.open(io.BytesIO(answer.content)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert visitor.get("/apple-touch-icon.png").content == visitor.get("/icon-180.png").content


def test_a_maskable_icon_keeps_its_drawing_in_the_middle() -> None:
    """The safe zone is a circle of 80 % of the side (W3C, Web App Manifest: icon masks)."""
    picture = Image.open(io.BytesIO(icon_drawing.draw("maskable-512", "#b4472e", ""))).convert("RGB")
    paper = icon_drawing.PAPER[:3]
    drawn = [
        (x, y) for x in range(0, 512, 4) for y in range(0, 512, 4) if picture.getpixel((x, y)) != paper
    ]  # fmt: skip
    assert drawn and all((x - 256) ** 2 + (y - 256) ** 2 <= (0.4 * 512) ** 2 for x, y in drawn)


def test_a_logo_that_is_gone_or_foreign_leaves_the_knot() -> None:
    knot = icon_drawing.draw("192", "#b4472e", "")
    assert icon_drawing.draw("192", "#b4472e", "/media/shop/none.png") == knot
    assert icon_drawing.draw("192", "#b4472e", "https://elsewhere.example/a.png") == knot


def test_the_worker_is_asked_for_anew_each_time_and_names_what_it_needs(shop: makers.Shop, visitor: Client) -> None:
    answer = visitor.get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript") and "no-cache" in answer["Cache-Control"]
    known = json.loads(answer.content.decode().split("\n", 1)[0].removeprefix("const SHOP = ").rstrip(";"))
    assert any(path.endswith(".css") for path in known["shell"]) and set(known["languages"]) == set(LANGUAGES)
    assert visitor.get(known["icon"]).status_code == visitor.get(known["badge"]).status_code == 200
    assert visitor.get("/icon-1000.png").status_code == 404


def test_only_whole_pages_of_ones_own_may_be_kept(shop: makers.Shop, visitor: Client) -> None:
    assert visitor.get("/en/cart")["Nitka-Keep"] == "cart"
    assert "Nitka-Keep" not in visitor.get("/en/cart", headers={"HX-Request": "true"})
    for path in ("/en/", "/en/offline", "/en/order", "/en/checkout"):
        assert "Nitka-Keep" not in visitor.get(path)
