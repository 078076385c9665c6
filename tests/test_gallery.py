"""The gallery of docs/ is whole: each picture has its words and each word its picture, and it is light."""

from tests.gallery import document


def test_every_picture_has_a_caption_and_every_caption_a_picture() -> None:
    assert document.faults() == []


def test_the_page_says_what_the_captions_say() -> None:
    assert document.DOCUMENT.read_text(encoding="utf-8") == document.text(), "run bin/screenshots"
