"""Texts of products as people type them: no HTML by hand, and none is lost."""

import json
from pathlib import Path

import pytest

from nitka.faces.backoffice import prose
from nitka.faces.backoffice.prose import _plain, shown, typed

PRODUCTS = sorted((Path(prose.__file__).parents[2] / "seeds" / "shop" / "products").glob("*.json"))


def test_paragraphs_lists_and_links_are_typed_in_marks():
    stored = (
        "<h2>Care</h2><p>Wipe it, <strong>never</strong> soak it.</p><ul><li>warm water</li><li>soap</li></ul>"
        '<p>See <a href="/en/help/care/">how</a>.</p>'
    )
    assert typed(stored) == (
        "## Care\n\nWipe it, **never** soak it.\n\n- warm water\n- soap\n\nSee [how](/en/help/care/)."
    )


def test_what_was_typed_comes_back_as_it_was_stored():
    stored = "<p>One.</p><p>Two &amp; three, 5 * 4 * 3 cm.</p>"
    assert _plain(shown(typed(stored))) == _plain(stored)


@pytest.mark.parametrize(
    "stored", ["<table><tr><td>1</td></tr></table>", '<p>a <img src="/x.png"> b</p>', "<div>x</div>"]
)
def test_what_has_no_mark_is_shown_as_the_html_it_is(stored):
    assert typed(stored) == stored
    assert _plain(shown(stored)) == _plain(stored)


def test_a_text_without_tags_stays_as_it_is():
    assert typed("Plain words &amp; more") == "Plain words & more"


def test_scripts_do_not_come_through():
    assert "script" not in shown("Hello <script>alert(1)</script> **you**")


@pytest.mark.parametrize("file", PRODUCTS, ids=lambda file: file.stem)
def test_nobody_meets_a_tag_in_the_demo(file):
    for language, text in json.loads(file.read_text())["description"].items():
        assert "<p>" not in typed(text), language
