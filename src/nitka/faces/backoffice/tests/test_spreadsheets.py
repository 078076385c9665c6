"""Cells that a spreadsheet opens without running anything."""

from decimal import Decimal

import pytest

from nitka.faces.backoffice.spreadsheets import cell


@pytest.mark.parametrize("text", ["=1+1", "+48512", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_text_that_would_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize(("value", "shown"), [(-5, "-5"), (Decimal("-1.50"), "-1.50"), (None, ""), ("Anna", "Anna")])
def test_numbers_and_plain_words_stay_as_they_are(value: object, shown: str) -> None:
    assert cell(value) == shown
