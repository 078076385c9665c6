"""GET /feeds/<kind>/<market>-<language>.<ext>: each kind, read by another's parser, against what its reader requires"""

import csv
import gzip
import io
import json
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from nitka.faces.files.feeds import ready, views
from nitka.faces.files.feeds.known import path_of
from nitka.faces.files.tests.feed_shop import RIGHT, address
from nitka.shelf.content import actions as content

pytestmark = pytest.mark.django_db
G = "{http://base.google.com/ns/1.0}"
# What each reader refuses an entry without. Google: support.google.com/merchants/answer/7052112; Microsoft:
# help.ads.microsoft.com/#apex/ads/en/51084; Meta: developers.facebook.com/docs/commerce-platform/catalog/fields;
# Pinterest: help.pinterest.com/en/business/article/before-you-get-started-with-catalogs; OpenAI:
# developers.openai.com/commerce/specs/file-upload/products.
GOOGLE = {"id", "title", "description", "link", "image_link", "availability", "price", "condition", "brand"}
MICROSOFT = {"id", "title", "description", "link", "image_link", "price", "availability", "brand"}
META = {"id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand"}
PINTEREST = {"id", "title", "description", "link", "image_link", "price", "availability"}
OPENAI = {
    "is_eligible_search", "is_eligible_checkout", "item_id", "title", "description", "url", "brand", "image_url",
    "price", "availability", "group_id", "listing_has_variations", "seller_name", "seller_url", "return_policy",
    "target_countries", "store_country",
}  # fmt: skip
# All that the schema of ACP 2026-04-17 lets a product and a variant say ("additionalProperties": false).
ACP_PRODUCT = {"id", "title", "description", "url", "media", "variants"}
ACP_VARIANT = {
    "id", "title", "description", "url", "barcodes", "price", "list_price", "unit_price", "availability", "categories",
    "condition", "variant_options", "media", "seller", "marketplace",
}  # fmt: skip


def entries(reader: Client, path: str) -> dict[str, ElementTree.Element]:
    answer = reader.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = ElementTree.fromstring(answer.getvalue())
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    return {str(each.findtext(f"{G}id")): each for each in root.iterfind("channel/item")}


def rows(reader: Client, path: str) -> dict[str, dict[str, str]]:
    text = reader.get(path).getvalue().decode()
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}


def documents(reader: Client, path: str) -> Iterator[dict[str, Any]]:
    for line in reader.get(path).getvalue().decode().splitlines():
        yield json.loads(line)


def test_google_is_told_all_it_requires_of_a_chair_with_pictures(reader: Client) -> None:
    found = entries(reader, "/feeds/google/eu-en.xml")
    assert len(found) == 5
    oak, ash = found["LIND-OAK"], found["LIND-ASH"]
    assert {each.tag.removeprefix(G) for each in oak} >= GOOGLE
    said = {each.tag.removeprefix(G): each.text for each in oak}
    assert said["title"] == "Lind <chair> & “friends”, Oak"
    assert said["description"] == 'Solid wood & paper cord. Made, slowly; by "hand".'
    assert said["link"] == address("/en/p/lind-chair-friends/?market=eu&variant=LIND-OAK")
    assert (said["availability"], said["condition"], said["price"]) == ("in_stock", "new", "249.00 EUR")
    assert (said["gtin"], said["mpn"], said["item_group_id"], said["material"]) == (RIGHT, "L1-oak", "lind", "Oak")
    assert found["FONN-CLAY"].findtext(f"{G}material") == "Wool/Linen"
    assert (said["shipping_weight"], said["product_width"], said["product_height"]) == ("5400 g", "50.5 cm", "79 cm")
    assert str(said["virtual_model_link"]).endswith(".glb")
    assert (ash.findtext(f"{G}availability"), ash.findtext(f"{G}gtin")) == ("out_of_stock", None)
    assert len(oak.findall(f"{G}shipping")) >= 1
    way = oak.find(f"{G}shipping")
    assert way is not None and way.findtext(f"{G}country") == "DE"
    assert str(way.findtext(f"{G}price")).endswith(" EUR") and int(str(way.findtext(f"{G}max_transit_time"))) > 0


def test_a_picture_shows_its_own_variant_and_is_a_jpeg_where_few_could_read_it(reader: Client) -> None:
    found = entries(reader, "/feeds/google/eu-en.xml")
    oak, ash = (str(found[sku].findtext(f"{G}image_link")) for sku in ("LIND-OAK", "LIND-ASH"))
    assert (
        oak.endswith(".png")
        and ash.endswith(".webp.jpg")
        and not found["LIND-OAK"].findall(f"{G}additional_image_link")
    )
    drawn = reader.get(ash.removeprefix(address("")))
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/jpeg")
    assert drawn.getvalue()[:3] == b"\xff\xd8\xff"
    for path in ("../secret.webp", "products/../../x.webp", "products/ab/" + "0" * 32 + ".webp"):
        assert reader.get(f"/feeds/pictures/{path}.jpg").status_code == 404


def test_what_was_more_before_says_so_and_a_sale_says_how_long(reader: Client) -> None:
    clay = entries(reader, "/feeds/google/eu-en.xml")["FONN-CLAY"]
    assert (clay.findtext(f"{G}price"), clay.findtext(f"{G}sale_price")) == ("159.00 EUR", "129.00 EUR")
    assert clay.find(f"{G}sale_price_effective_date") is None
    assert clay.findtext(f"{G}unit_pricing_measure") == "2.21 sqm"
    assert clay.findtext(f"{G}unit_pricing_base_measure") == "1 sqm"
    assert clay.findtext(f"{G}google_product_category") == "Home & Garden > Linens & Bedding"
    assert clay.findtext(f"{G}identifier_exists") == "no"
    oak = entries(reader, "/feeds/google/us-en.xml")["LIND-OAK"]
    assert (oak.findtext(f"{G}price"), oak.findtext(f"{G}sale_price")) == ("299.00 USD", "269.10 USD")
    start, end = str(oak.findtext(f"{G}sale_price_effective_date")).split("/")
    assert (datetime.fromisoformat(end) - datetime.fromisoformat(start)).days == 7


def test_a_feed_speaks_one_language_and_leaves_out_what_is_not_written_in_it(reader: Client) -> None:
    found = entries(reader, "/feeds/google/eu-pl.xml")
    assert set(found) == {sku for sku in entries(reader, "/feeds/google/eu-en.xml") if sku.startswith(("FONN", "LIND"))}
    assert found["LIND-ASH"].findtext(f"{G}title") == "Krzesło Lind, Jesion"
    assert found["LIND-ASH"].findtext(f"{G}link") == address("/pl/p/krzeslo-lind/?market=eu&variant=LIND-ASH")


def test_delivery_is_told_for_another_country_of_the_market_when_it_is_asked_for(reader: Client) -> None:
    found = entries(reader, "/feeds/google/eu-en.xml?country=pl")
    assert {each.text for each in found["LIND-OAK"].iter(f"{G}country")} == {"PL"}
    assert reader.get("/feeds/google/eu-en.xml?country=US").status_code == 404


def test_microsoft_reads_the_same_with_less_in_it(reader: Client) -> None:
    oak = entries(reader, "/feeds/microsoft/eu-en.xml")["LIND-OAK"]
    names = {each.tag.removeprefix(G) for each in oak.iter()}
    assert names >= MICROSOFT and not names & {"max_transit_time", "product_width", "virtual_model_link"}
    assert oak.findtext(f"{G}availability") == "in stock"


def test_meta_and_pinterest_read_tables(reader: Client) -> None:
    for kind, required in (("meta", META), ("pinterest", PINTEREST)):
        found = rows(reader, f"/feeds/{kind}/us-en.csv")
        oak = found["LIND-OAK"]
        assert len(found) == 5 and all(oak[name] for name in required), kind
        assert (oak["availability"], oak["price"], oak["sale_price"]) == ("in stock", "299.00 USD", "269.10 USD")
        assert oak["title"] == "Lind <chair> & “friends”, Oak" and oak["item_group_id"] == "lind"
        assert oak["shipping"].startswith("US::") and oak["shipping"].count(":") >= 3


def test_agents_read_lines_of_the_protocol_and_nothing_its_schema_does_not_name(reader: Client) -> None:
    found = {each["id"]: each for each in documents(reader, "/feeds/acp/us-en.jsonl")}
    assert len(found) == 3
    for product in found.values():
        assert product.keys() <= ACP_PRODUCT and product["variants"]
        assert all(variant.keys() <= ACP_VARIANT and variant["title"] for variant in product["variants"])
    oak = found["lind"]["variants"][0]
    assert oak["price"] == {"amount": 26910, "currency": "USD"} and oak["list_price"]["amount"] == 29900
    assert oak["barcodes"] == [{"type": "GTIN", "value": RIGHT}]
    assert oak["variant_options"] == [{"name": "Wood", "value": "Oak"}]
    assert {"type": "model"}.items() <= found["lind"]["media"][-1].items()


def test_openai_reads_a_line_for_each_variant_with_its_flags(reader: Client) -> None:
    found = {each["item_id"]: each for each in documents(reader, "/feeds/openai/us-en.jsonl")}
    oak = found["LIND-OAK"]
    assert oak.keys() >= OPENAI and (oak["is_eligible_search"], oak["is_eligible_checkout"]) == (True, False)
    assert (oak["group_id"], oak["listing_has_variations"], oak["price"]) == ("lind", True, "299.00 USD")
    assert oak["return_policy"] == address("/en/help/returns/") and oak["target_countries"] == ["US"]


def test_what_was_read_is_not_sent_again_until_something_changes(reader: Client) -> None:
    path = "/feeds/google/eu-en.xml"
    first = reader.get(path)
    assert "no-cache" in first["Cache-Control"] and first.getvalue()
    tag = first["ETag"]
    assert reader.get(path, headers={"If-None-Match": tag}).status_code == 304
    asked = reader.head(path)
    assert asked["ETag"] == tag
    assert "Content-Length" not in asked, "it is none of nothing"
    content.put_goods_classes(classes={"tableware": "Home & Garden > Kitchen & Dining > Tableware"})
    assert reader.get(path, headers={"If-None-Match": tag}).getvalue()


def test_it_is_packed_for_who_can_unpack(reader: Client) -> None:
    plain = reader.get("/feeds/meta/eu-en.csv").getvalue()
    packed = reader.get("/feeds/meta/eu-en.csv", headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip" and gzip.decompress(packed.getvalue()) == plain


def test_a_secret_feed_is_found_by_its_key_alone_and_one_that_is_off_by_nobody(reader: Client) -> None:
    one = {"kind": "meta", "market": "eu", "language": "en"}
    found = content.set_feed_access(**one, access="secret")
    assert len(found.key) >= 32
    answer = reader.get(path_of(found))
    assert answer.getvalue() and "private" in answer["Cache-Control"]
    for path in ("/feeds/meta/eu-en.csv", "/feeds/meta/wrong/eu-en.csv", f"/feeds/google/{found.key}/eu-en.xml"):
        assert reader.get(path).status_code == 404, path
    other = content.new_feed_key(**one)
    assert reader.get(path_of(found)).status_code == 404 and reader.get(path_of(other)).getvalue()
    content.set_feed_access(**one, access="off")
    assert reader.get(path_of(other)).status_code == 404


def test_there_are_no_feeds_but_those_of_our_markets_and_languages(reader: Client) -> None:
    for path in ("google/eu-hy.xml", "google/mars-en.xml", "google/eu-en.csv", "ebay/eu-en.xml", "google/euen.xml"):
        assert reader.get(f"/feeds/{path}").status_code == 404, path


def test_any_number_of_slow_readers_holds_nobody_up(reader: Client) -> None:
    whole = [reader.get("/feeds/google/eu-en.xml") for _reader in range(10)]
    assert all(each.status_code == 200 and not each.streaming for each in whole)


def test_a_feed_is_written_once_for_a_change(reader: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = reader.get("/feeds/google/eu-en.xml").getvalue()
    (file,) = settings.FEEDS_ROOT.iterdir()
    with monkeypatch.context() as context:
        context.setattr(views, "pieces", lambda *_all, **_more: pytest.fail("written twice"))
        assert reader.get("/feeds/google/eu-en.xml").getvalue() == first
    content.put_goods_classes(classes={"tableware": "Home & Garden > Kitchen & Dining > Tableware"})
    assert reader.get("/feeds/google/eu-en.xml").getvalue() != first
    os.utime(file, (1, 1))
    content.put_goods_classes(classes={"tableware": "Home & Garden > Kitchen & Dining"})
    assert reader.get("/feeds/google/eu-en.xml").getvalue() and not file.exists()


def test_what_is_too_big_is_told_to_few_at_a_time_and_not_for_ever(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, plain = "/feeds/google/eu-en.xml", reader.get("/feeds/google/eu-en.xml").getvalue()
    monkeypatch.setattr(ready, "WHOLE", 100)
    monkeypatch.setattr(ready, "PIECE", 64)
    slow = [reader.get(path) for _turn in range(ready.AT_A_TIME)]
    assert all(each.streaming for each in slow)
    refused = reader.get(path)
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    monkeypatch.setattr(ready, "STREAM_SECONDS", -1)
    assert reader.get(path).getvalue() == plain
    monkeypatch.setattr(ready, "STREAM_SECONDS", 300)
    with pytest.raises(TimeoutError):
        slow[0].getvalue()
    ready._told.clear()
    packed = reader.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.streaming and gzip.decompress(packed.getvalue()) == plain


def test_a_batch_costs_as_many_questions_as_a_product(
    reader: Client, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Always written anew.
    monkeypatch.setattr(ready, "_is_fresh", lambda _path: False)
    whole = reader.get("/feeds/google/us-en.xml").getvalue()
    # What is known of the feed, its classes, whether it changed; then the goods, and when their sale ends.
    with django_assert_num_queries(5):
        assert reader.get("/feeds/google/us-en.xml").getvalue() == whole
    monkeypatch.setattr("nitka.faces.files.feeds.items.AT_ONCE", 2)
    assert reader.get("/feeds/google/us-en.xml").getvalue() == whole
