"""Pictures that are broken on purpose: refused or shown, never a fault of ours that leaves the upload lying."""

import io
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from nitka.ground import pictures
from nitka.shelf.reviews import picture_files


def encoded(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#884422").save(out, kind, **options)
    return out.getvalue()


def hollow_avif() -> bytes:
    """All boxes as they should be, and nothing but noughts in the last."""
    whole = encoded("AVIF")
    start = whole.index(b"mdat") + 4
    return whole[:start] + bytes(len(whole) - start)


def headless_avif() -> bytes:
    """The box that says which picture is the first names another."""
    whole = bytearray(encoded("AVIF"))
    start = whole.index(b"pitm")
    whole[start + 8 : start + 10] = b"\x00\x63"
    return bytes(whole)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("content", [hollow_avif(), headless_avif()])
def test_a_broken_picture_is_refused_in_words(content: bytes) -> None:
    assert picture_files.fault(content) in ("", "kind")
    assert picture_files.draw(content) is None
    with pytest.raises(pictures.FileRefused):
        pictures.opened(content, "a.avif")


def test_broken_notes_of_a_camera_do_not_matter_to_the_picture() -> None:
    image = pictures.opened(encoded("WEBP", exif=b"Exif\0\0XX\0*\0\0\0\x08"), "a.webp")
    assert pictures.upright(image).size == (64, 48)
    assert pictures.placeholder_of(image).startswith("data:image/webp;base64,")
