"""Measures on the picture from the front: lines where the goods stand, in the customer's units, one for each size."""

from typing import Any

from nitka.faces.storefront import measured
from nitka.shelf.search.queries import VariantOnPage

FRONT: dict[str, Any] = {"outline": (0.1, 0.3, 0.9, 0.7), "width": 1024, "height": 1024, "options": {"wood": "oak"}}


def variant(sku: str, sides: tuple[int | None, ...], **options: str) -> VariantOnPage:
    return VariantOnPage(
        id=sku, sku=sku, gtin="", mpn="", options=options, option_text="", price_minor=100, compare_at_minor=None,
        lowest_30_days_minor=None, unit_price_minor=None, unit="", available="many", weight_g=1000, dimensions_mm=sides,
    )  # fmt: skip


def test_lines_run_along_the_goods_and_say_their_measures_in_the_units_of_the_customer() -> None:
    table = variant("T", (1600, 900, 740), wood="oak")
    [drawn] = measured.drawings(FRONT, [table], None, "metric", "en")
    assert (drawn.left, drawn.right, drawn.top, drawn.bottom) == (10, 90, 30, 70)
    assert (drawn.width, drawn.depth, drawn.height) == ("160 cm", "90 cm", "74 cm")
    [drawn] = measured.drawings(FRONT, [table], None, "imperial", "en")
    assert drawn.width == "63″"


def test_each_size_has_its_own_drawing_and_the_chosen_one_is_shown() -> None:
    small, large = variant("S", (1600, 900, 740), wood="oak"), variant("L", (2000, 900, 740), wood="oak")
    ash = variant("A", (1400, 900, 740), wood="ash")
    found = measured.drawings(FRONT, [small, large, ash], large, "metric", "nb")
    assert [(d.skus, d.shown) for d in found] == [("S", False), ("L", True)]


def test_what_lies_flat_is_seen_from_above_and_measured_along_its_depth() -> None:
    rug = {**FRONT, "outline": (0.2, 0.08, 0.8, 0.92)}
    [drawn] = measured.drawings(rug, [variant("R", (1400, 2000, 10), wood="oak")], None, "metric", "en")
    assert (drawn.width, drawn.depth, drawn.height) == ("140 cm", "", "200 cm")


def test_without_an_outline_or_measures_nothing_is_drawn() -> None:
    table = variant("T", (1600, 900, 740), wood="oak")
    assert measured.drawings({**FRONT, "outline": ()}, [table], None, "metric", "en") == []
    assert measured.drawings(FRONT, [variant("T", (), wood="oak")], None, "metric", "en") == []


def test_a_wide_picture_is_cut_to_its_square_and_the_lines_with_it() -> None:
    wide = {**FRONT, "outline": (0.25, 0.0, 0.75, 1.0), "width": 2000, "height": 1000}
    [drawn] = measured.drawings(wide, [variant("T", (1600, 900, 1600), wood="oak")], None, "metric", "en")
    assert (drawn.left, drawn.right) == (2, 98)


def test_an_outline_that_is_cut_away_whole_draws_nothing_wrong() -> None:
    aside = {**FRONT, "outline": (0.0, 0.0, 0.1, 1.0), "width": 4000, "height": 1000}
    [drawn] = measured.drawings(aside, [variant("T", (1600, 900, 740), wood="oak")], None, "metric", "en")
    assert drawn.left == drawn.right == 2
