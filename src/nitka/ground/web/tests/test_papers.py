"""Papers in the letters of six languages, from fonts of ours, and nothing fetched for them."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from nitka.ground.web import papers
from nitka.ground.web.assets import VENDOR

WORDS = "Zażółć gęślą jaźń; Номер заказа NK-1; Հաշիվ և գումար; 1 234,00 ₽; på gjensyn"


def test_words_of_every_alphabet_stand_in_our_own_fonts_with_their_spaces() -> None:
    if not (VENDOR / "fonts").is_dir():
        pytest.skip("bin/setup has not fetched the fonts.")
    drawn = papers.draw(f"<style>html {{ font: 10pt var(--text) }}</style><p>{WORDS}</p><b>{WORDS}</b>")
    page = PdfReader(io.BytesIO(drawn)).pages[0]
    fonts = {str(each.get_object()["/BaseFont"]) for each in page["/Resources"]["/Font"].values()}
    assert fonts and all("noto-sans" in name for name in fonts), fonts
    assert page.extract_text().split() == [*WORDS.split(), *WORDS.split()]


def test_nothing_is_fetched_not_even_a_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    picture = tmp_path / "picture.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    for address in (picture.as_uri(), "http://127.0.0.1:9/picture.png"):
        assert papers.draw(f'<img src="{address}">').startswith(b"%PDF-")
        assert "uses disallowed protocol" in caplog.messages[-1]


def test_threads_draw_at_once() -> None:
    html = f"<style>html {{ font: 10pt var(--text) }}</style><p>{WORDS}</p>"
    with ThreadPoolExecutor(8) as crowd:
        drawn = list(crowd.map(lambda _turn: papers.draw(html), range(16)))
    texts = {PdfReader(io.BytesIO(each)).pages[0].extract_text() for each in drawn}
    assert len(texts) == 1
