"""GET /<language>/preview/<kind>/<slug>.jpg, and the tags that name it"""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from nitka.faces.storefront import preview_drawing, previews, tasks
from nitka.faces.storefront.tests.makers import address
from nitka.ground.facts import jobs

pytestmark = pytest.mark.django_db
PAGES = {"home": "/en/", "category": "/en/c/textiles/", "product": "/en/p/fonn-wool-blanket/",
         "maker": "/en/makers/fonn/"}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    if not preview_drawing.has_fonts():
        pytest.skip("the fonts were never fetched")


def drawn(title: str, **more: str) -> Image.Image:
    return Image.open(io.BytesIO(preview_drawing.draw(preview_drawing.Words("Tråd", title, "", "#b4472e"), None)))


@pytest.mark.parametrize("kind", PAGES)
def test_the_picture_that_a_page_names_is_ordered_by_the_first_who_asks_and_then_there(
    visitor: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = previews.scene_of
    monkeypatch.setattr(previews, "scene_of", lambda *which: replace(found(*which), picture="/media/goods.webp"))
    text = visitor.get(PAGES[kind]).content.decode()
    (named,) = re.findall(r'property="og:image" content="([^"]+)"', text)
    path = named.removeprefix(address(""))
    meanwhile = visitor.get(path)
    assert (meanwhile.status_code, meanwhile["Location"]) == (302, "/media/goods.webp")
    assert meanwhile["Cache-Control"] == "no-store"
    jobs.run_due_inline()
    answer = visitor.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(answer.getvalue())).size == (1200, 630)
    assert "no-store" not in answer["Cache-Control"]


def test_words_alone_are_drawn_while_one_waits(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that is told once that there is no picture shows none for weeks."""
    answer = visitor.get("/en/preview/page/delivery.jpg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    monkeypatch.setattr(previews.limits, "allows", lambda *_: False)
    later = visitor.get("/en/preview/maker/fonn.jpg")
    assert (later.status_code, later["Location"]) == (302, "/icon-512.png")
    assert visitor.get(later["Location"])["Content-Type"] == "image/png"


def test_a_page_names_itself_to_social_networks(visitor: Client) -> None:
    text = visitor.get("/pl/p/koc-welniany-fonn/?utm_source=x").content.decode()
    assert '<meta property="og:title" content="Koc wełniany Fonn">' in text
    assert f'<meta property="og:url" content="{address("/pl/p/koc-welniany-fonn/")}">' in text
    assert '<meta property="og:locale" content="pl_PL">' in text
    assert '<meta name="twitter:card" content="summary_large_image">' in text


@pytest.mark.parametrize("path", ["/en/preview/product/none.jpg", "/en/preview/order/x.jpg", "/en/preview/page/x.jpg"])
def test_of_what_does_not_exist_there_is_no_picture(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_another_title_is_another_picture(visitor: Client) -> None:
    english, polish = (previews.scene_of("product", "fonn-wool-blanket", code) for code in ("en", "pl"))
    assert english and polish and english.name != polish.name
    assert previews.draw("product", "fonn-wool-blanket", "en") and not previews.draw(
        "product", "fonn-wool-blanket", "en"
    )


@pytest.mark.parametrize("title", ["", "x" * 400, "слово " * 60, "Երկար " * 40, "\u200f\U0001f600 漢字", "a\nb"])
def test_any_title_is_drawn(title: str) -> None:
    assert drawn(title).size == (1200, 630)


@pytest.mark.parametrize(
    ("letters", "file"),
    [("Lam", "latin-500"), ("ł", "polish"), ("ő", "latin-ext"), ("ж", "cyrillic"), ("ք", "armenian")],
)
def test_letters_come_from_the_fonts_that_have_them(letters: str, file: str) -> None:
    (run,) = preview_drawing._runs(letters, preview_drawing.TITLES, 40)
    assert file in str(run[0].path) and run[0].getmask(letters).getbbox()


def test_what_is_not_ours_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.jpg"
    Image.new("RGB", (5, 5)).save(secret)
    for path in ("/etc/passwd", "https://evil.example/x.jpg", "/media/none.jpg"):
        assert previews._opened(path) is None


def test_old_pictures_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "previews").mkdir()
    file = tmp_path / "previews" / "x.jpg"
    file.write_bytes(b"x")
    tasks.forget_old_previews()
    assert file.exists()
    import os

    os.utime(file, (0, 0))
    tasks.forget_old_previews()
    assert not file.exists()
