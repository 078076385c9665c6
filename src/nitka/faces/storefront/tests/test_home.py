"""GET / and GET /<language>/"""

import io

import pytest
from django.test import Client
from PIL import Image

from nitka.faces.storefront.blocks import which
from nitka.faces.storefront.tests.makers import Shop, forget
from nitka.shelf.content import actions as content

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "home"), [("pl-PL,pl;q=0.9", "/pl/"), ("no", "/nb/"), ("de", "/en/"), ("", "/en/"), ("hy;q=2", "/hy/")]
)
def test_the_browser_decides_the_first_language(shop: Shop, accepted: str, home: str) -> None:
    answer = Client(headers={"Accept-Language": accepted}).get("/?utm_source=letter")
    assert answer.status_code == 302
    assert answer["Location"] == home + "?utm_source=letter"
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("language", ["en", "bg", "hy", "nb", "pl", "ru"])
def test_the_front_page_speaks_every_language(visitor: Client, language: str) -> None:
    text = visitor.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}"' in text
    for other in ("en", "bg", "hy", "nb", "pl", "ru"):
        assert f'hreflang="{other}" href="http' in text
    assert 'hreflang="x-default"' in text


def test_it_shows_categories_and_goods(visitor: Client) -> None:
    text = visitor.get("/en/").content.decode()
    assert '<a href="/en/c/textiles/">' in text
    assert "Fonn wool blanket" in text
    assert "/en/article/wool/" in text


def test_an_unknown_language_is_no_page(visitor: Client) -> None:
    assert visitor.get("/xx/").status_code == 404


def test_it_asks_little(visitor: Client, django_assert_max_num_queries) -> None:
    forget()
    with django_assert_max_num_queries(10):
        visitor.get("/en/")
    with django_assert_max_num_queries(6):
        visitor.get("/en/")


def test_the_merchant_dresses_the_window(visitor: Client) -> None:
    file = io.BytesIO()
    Image.new("RGB", (700, 500)).save(file, "JPEG")
    picture = content.put_picture(content=file.getvalue(), name="room.jpg", alt={"en": "A room in the evening"})
    content.put_page(draft=content.Draft(slug="home", kind="article", title={"en": "Warm all winter"}, description={"en": "Wool from Setesdal."}, blocks=[{"kind": "picture", "picture": str(picture), "to": "category:textiles"}, {"kind": "text", "text": {"en": "Hello."}}]))  # fmt: skip
    forget()
    text = visitor.get("/en/").content.decode()
    scene = text[text.index('<section class="scene">') :].partition("</section>")[0]
    assert "<h1>Warm all winter</h1>" in scene and 'alt="A room in the evening"' in scene
    assert 'href="/en/c/textiles/"' in scene and "See Textiles" in scene


def test_a_room_is_the_picture_that_stands_for_every_colour() -> None:
    oak, ash, room = {"options": {"wood": "oak"}}, {"options": {"wood": "ash"}}, {"options": {}}
    assert which([oak, ash, room], "room") is room
    assert which([oak, ash], "room") is oak and which([], "room") is None
    assert which([oak, ash, room], "2") is ash and which([oak], "9") is oak and which([oak, ash], "") is oak
