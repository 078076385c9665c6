"""What is wrong in a feed"""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.faces.files.feeds import known
from nitka.faces.files.feeds.checking import KEPT_OF_A_TROUBLE, findings, report
from nitka.faces.files.feeds.items import Goods, Item, Picture
from nitka.faces.files.feeds.place import Delivery, Place
from nitka.faces.files.feeds.words import cut, is_gtin, plain, xml
from nitka.faces.files.tests.feed_shop import RIGHT, WRONG
from nitka.shelf.content.queries import Shop
from nitka.shelf.pricing.queries import MarketView

EUROPE = MarketView("eu", "Europe", "EUR", ("DE",), "gross", "line", ("en",), "DE", "UTC")
PICTURE = Picture("https://shop.example/a.jpg", "A chair", 800, 800)
ITEM = Item(
    id="LIND", variant_id=str(uuid4()), title="Lind chair", link="https://shop.example/en/p/lind/", minor=24900,
    before_minor=None, sale=None, in_stock=True, gtin=RIGHT, gtin_said=RIGHT, mpn="L1", options=(), fields={},
    pictures=(PICTURE,), weight_g=5400, sides_mm=(505, 520, 790),
)  # fmt: skip
GOODS = Goods(
    product_id=uuid4(), group="lind", title="Lind chair", description="A chair of oak.", link=ITEM.link, brand="Lind",
    categories=("chairs",), trail="Chairs", goods_class="Furniture > Chairs", model="", film="", rating=None,
    has_text=True, items=(ITEM,),
)  # fmt: skip


def here(ways: tuple[Delivery, ...] = (Delivery("Parcel", 500, 1, 1, 3),)) -> Place:
    return Place("https://shop.example", EUROPE, "en", "DE", Shop(), {}, "", {(24900, 5400): ways, (0, 5400): ways,
                                                                              (24900, 0): ways})  # fmt: skip


def troubles(kind: str = "google", place: Place | None = None, goods: Goods = GOODS, **changed: Any) -> list[str]:
    whole = replace(goods, items=(replace(ITEM, **changed),)) if changed else goods
    return [each.trouble for each in findings(kind, place or here(), whole)]


def test_what_is_well_is_not_named_by_any_reader() -> None:
    assert not any(troubles(kind) for kind in known.ENDINGS)


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"minor": 0}, "no_price"),
        ({"pictures": ()}, "no_picture"),
        ({"pictures": (replace(PICTURE, width=99),)}, "small_picture"),
        ({"id": "x" * 51}, "long_id"),
        ({"title": "x" * 151}, "long_title"),
        ({"gtin": "", "gtin_said": WRONG}, "bad_gtin"),
        ({"gtin": "", "gtin_said": "", "mpn": ""}, "no_identifier"),
        ({"weight_g": 0}, "no_weight"),
    ],
)
def test_what_google_would_refuse_or_like_less_is_named_with_its_variant(changed: dict[str, Any], trouble: str) -> None:
    assert troubles(**changed) == [trouble]


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"has_text": False, "items": ()}, "no_text"),
        ({"brand": ""}, "no_brand"),
        ({"description": ""}, "no_description"),
        ({"description": "x" * 5001}, "long_description"),
        ({"goods_class": ""}, "no_class"),
        ({"items": (ITEM, replace(ITEM, id="LIND-2"))}, "same_variants"),
    ],
)
def test_what_all_variants_share_is_named_once(changed: dict[str, Any], trouble: str) -> None:
    assert troubles(goods=replace(GOODS, **changed)) == [trouble]


def test_no_way_to_the_country_is_named() -> None:
    assert troubles(place=here(())) == ["no_delivery"]


def test_each_reader_has_limits_of_its_own() -> None:
    small = {"pictures": (replace(PICTURE, width=300, height=300),)}
    assert (troubles("meta", **small), troubles("google", **small)) == (["small_picture"], [])
    assert troubles("pinterest", title="x" * 400) == []


def test_all_are_counted_and_the_first_are_kept() -> None:
    many = [replace(GOODS, brand="", items=()), *[replace(GOODS, description="")] * (KEPT_OF_A_TROUBLE + 5)]
    found = report("google", here(), many)
    assert (found.items, found.left_out) == (KEPT_OF_A_TROUBLE + 5, 1)
    assert found.counts == {"no_description": KEPT_OF_A_TROUBLE + 5} and len(found.findings) == KEPT_OF_A_TROUBLE


@pytest.mark.parametrize("code", ["96385074", "036000291452", RIGHT, "10614141000415", "9780306406157"])
def test_numbers_printed_in_books_on_barcodes_are_right(code: str) -> None:
    assert is_gtin(code) and not is_gtin(code[:-1] + str((int(code[-1]) + 1) % 10))


@pytest.mark.parametrize("code", ["", "0000000000000", "2012345678900", "٤٠٠٦٣٨١٣٣٣٩٣١", "12345", "400638133393X"])
def test_numbers_of_one_shop_alone_and_what_is_no_number_are_wrong(code: str) -> None:
    assert not is_gtin(code)


@given(st.text(max_size=300), st.integers(2, 200))
def test_a_text_is_cut_to_its_room_and_stays_its_own_beginning(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most and (short == text or text.startswith(short[:-1]))


@given(st.text())
def test_any_text_stands_in_xml(text: str) -> None:
    from xml.etree import ElementTree

    ElementTree.fromstring(f"<a>{xml(text)}</a>".encode("utf-8", "replace"))


def test_markup_becomes_one_line() -> None:
    assert plain("<p>Oak &amp; <b>cord</b>.</p><ul><li>One</li><li>Two</li></ul>") == "Oak & cord. One Two"
