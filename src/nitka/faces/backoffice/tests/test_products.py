"""Products: the list, and one product with all its parts."""

import io
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog import actions
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import AttributeDraft, ProductSource
from nitka.shelf.catalog.tests import makers as goods
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import queries as stock
from nitka.shelf.pricing import queries as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


@pytest.fixture
def lamp() -> UUID:
    makers.goods_on_shelf(2)
    found = catalog.product_by_handle("lamp")
    assert found
    return found


def source(product_id: UUID) -> ProductSource:
    return catalog.product_source([product_id])[0]


def post(client: Client, product_id: UUID, part: str, body: dict[str, Any]) -> str:
    answer = client.post(f"/back/products/{product_id}/{part}", body)
    assert answer.status_code == 303
    return client.get(f"/back/products/{product_id}/").content.decode()


def test_the_list_filters_by_state_category_and_stock(lamp: UUID) -> None:
    goods.put_product("oak-table")
    goods.put_product("draft-bench", status="draft")
    client = makers.signed_in()
    assert "Draft Bench" not in client.get("/back/products/?status=published").content.decode()
    category = source(catalog.product_by_handle("oak-table")).category_id  # type: ignore[arg-type]
    page = client.get(f"/back/products/?category={category}").content.decode()
    assert "Oak Table" in page and "/back/products/" + str(lamp) not in page
    out = client.get("/back/products/?out=1").content.decode()
    assert "Oak Table" in out and str(lamp) not in out
    assert str(lamp) in client.get("/back/products/?q=lamp-1").content.decode()


def test_it_asks_no_more_for_fifty_products_than_for_one() -> None:
    client = makers.signed_in()
    goods.put_product("one")
    client.get("/back/products/")
    with CaptureQueriesContext(connection) as one:
        client.get("/back/products/")
    for number in range(49):
        goods.put_product(f"table-{number}")
    client.get("/back/products/")  # what is remembered for two seconds may be older by now
    with CaptureQueriesContext(connection) as fifty:
        client.get("/back/products/")
    assert len(fifty) <= len(one) <= 14


def test_everybody_may_look_but_the_warehouse_may_not_edit(lamp: UUID) -> None:
    client = makers.signed_in("warehouse")
    assert client.get(f"/back/products/{lamp}/").status_code == 200
    for part in ("words", "place", "status", "variants", "prices", "pictures", "upload"):
        assert client.post(f"/back/products/{lamp}/{part}").status_code == 403


def test_a_new_product_begins_as_a_draft() -> None:
    client = makers.signed_in()
    answer = client.post("/back/products/new", {"title": "Brass hook", "sku": "HOOK-1"})
    made = source(catalog.product_by_handle("brass-hook"))  # type: ignore[arg-type]
    assert answer["Location"].endswith(f"{made.id}/") and made.status == "draft"
    assert makers.audit("product.create") == ["brass-hook"]


def test_a_sku_that_is_taken_is_refused_in_words(lamp: UUID) -> None:
    page = makers.signed_in().post("/back/products/new", {"title": "Thief", "sku": "lamp-0"}).content.decode()
    assert "belongs to another product" in page and "Thief" in page
    assert makers.audit("product.create") == [] and source(lamp).title == {"en": "Lamp"}


def test_texts_change_in_the_languages_that_were_written(lamp: UUID) -> None:
    body = {"title.en": "Lamp", "title.pl": "Lampa", "description.en": "<p>Warm</p><script>x</script>", "slug.en": ""}
    post(makers.signed_in(), lamp, "words", body)
    after = source(lamp)
    assert after.title["pl"] == "Lampa" and after.title["en"] == "Lamp"
    assert "<script" not in after.description["en"]
    assert makers.audit("product.words") == ["lamp"]


def test_place_brand_and_tags_are_kept(lamp: UUID) -> None:
    goods.put_product("oak-table")
    category = source(catalog.product_by_handle("oak-table")).category_id  # type: ignore[arg-type]
    post(makers.signed_in(), lamp, "place", {"category": str(category), "brand": "Tråd", "tags": "new, warm"})
    after = source(lamp)
    assert (after.category_id, after.brand, after.tags) == (category, "Tråd", ("new", "warm"))


def test_an_attribute_may_have_several_of_its_choices(lamp: UUID) -> None:
    woods = {"oak": {"en": "Oak"}, "ash": {"en": "Ash"}, "elm": {"en": "Elm"}}
    actions.put_attributes(drafts=[AttributeDraft(code="wood", name={"en": "Wood"}, kind="choice", choices=woods)])
    client = makers.signed_in()
    for ticked, kept in ((["", "oak", "ash"], ["oak", "ash"]), (["", "elm"], "elm"), ([""], None)):
        post(client, lamp, "place", {"attribute.wood": ticked})
        assert source(lamp).attributes.get("wood") == kept
        page = client.get(f"/back/products/{lamp}/").content.decode()
        assert set(re.findall(r'name="attribute.wood" value="(\w+)" checked', page)) == {*ticked} - {""}


def test_it_is_put_on_sale_and_archived(lamp: UUID) -> None:
    client = makers.signed_in()
    for wish, state in (("unpublish", "draft"), ("publish", "published"), ("archive", "archived")):
        post(client, lamp, "status", {"to": wish})
        assert source(lamp).status == state
        assert makers.audit(f"product.{wish}") == ["lamp"]


def test_variants_change_and_one_is_added(lamp: UUID) -> None:
    first = source(lamp).variants[0]
    body = {
        f"gtin.{first.id}": "5901234123457",
        f"weight.{first.id}": "1250",
        "new.sku": "lamp-new",
        "new.option.size": "s1",
    }
    post(makers.signed_in(), lamp, "variants", body)
    after = {each.sku: each for each in source(lamp).variants}
    assert (after[first.sku].gtin, after[first.sku].weight_g, after[first.sku].active) == ("5901234123457", 1250, False)
    assert "lamp-new" in after and len(after) == 3


def test_prices_change_by_market_and_nothing_else(lamp: UUID) -> None:
    variant = source(lamp).variants[0]
    key = f"{variant.id}:eu"
    body = {f"price.{key}": "39,90", f"compare.{key}": "49.00", f"was.price.{key}": "49.00", f"was.compare.{key}": ""}
    post(makers.signed_in(), lamp, "prices", body)
    after = pricing.all_prices([variant.id])[variant.id]
    assert (after["eu"].minor, after["eu"].compare_at_minor, after["pl"].minor) == (3990, 4900, 4900)
    assert makers.audit("product.prices") == ["lamp"]


def test_what_is_no_price_is_refused_in_words(lamp: UUID) -> None:
    variant = source(lamp).variants[0]
    page = post(makers.signed_in(), lamp, "prices", {f"price.{variant.id}:eu": "cheap"})
    assert "“cheap” is no price in EUR" in page and makers.audit("product.prices") == []


def test_the_warehouse_counts_stock_on_the_page_of_the_product(lamp: UUID) -> None:
    variant = source(lamp).variants[0]
    key = f"{variant.id}:gdansk"
    post(makers.signed_in("warehouse"), lamp, "stock", {f"count.{key}": "7", f"was.{key}": "50"})
    assert stock.levels([variant.id])[variant.id][0].on_hand == 7
    assert makers.audit("stock.count") == ["lamp"]


def test_a_count_of_stock_that_moved_meanwhile_is_not_written(lamp: UUID) -> None:
    variant = source(lamp).variants[0]
    inventory.set_stock(levels=[(variant.id, "gdansk", 49)])
    key = f"{variant.id}:gdansk"
    page = post(makers.signed_in(), lamp, "stock", {f"count.{key}": "7", f"was.{key}": "50"})
    assert stock.levels([variant.id])[variant.id][0].on_hand == 49 and "Look again" in page


def picture(colour: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return SimpleUploadedFile(f"{colour}.png", out.getvalue(), "image/png")


def test_pictures_are_added_ordered_described_and_removed(lamp: UUID, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = makers.signed_in()
    post(client, lamp, "upload", {"files": [picture("red"), picture("blue")]})
    red, blue = source(lamp).media
    body = {f"position.{red.id}": "2", f"position.{blue.id}": "1", f"alt.{red.id}": "A red lamp", f"alt.{blue.id}": ""}
    post(client, lamp, "pictures", body)
    after = source(lamp).media
    assert [each.id for each in after] == [blue.id, red.id] and after[1].alt["en"] == "A red lamp"
    post(client, lamp, f"pictures/{blue.id}/remove", {})
    assert [each.id for each in source(lamp).media] == [red.id]
    assert makers.audit("product.picture") == ["lamp", "lamp"]


def test_a_file_that_is_no_picture_is_refused(lamp: UUID, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = post(makers.signed_in(), lamp, "upload", {"files": [SimpleUploadedFile("a.png", b"<svg/>", "image/png")]})
    assert source(lamp).media == () and 'data-kind="error"' in page


def test_the_csv_has_a_line_for_each_variant(lamp: UUID) -> None:
    text = b"".join(makers.signed_in().get("/back/products/products.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert text.count("\nlamp,") == 2 and "49.00" in text


def test_models_are_known_by_their_endings_and_looked_into(lamp: UUID) -> None:
    client = makers.signed_in()
    glb = SimpleUploadedFile("lamp.GLB", b"glTF\x02\0\0\0\x0c\0\0\0", "application/octet-stream")
    text = SimpleUploadedFile("lamp.usdz", b"no model at all", "model/vnd.usdz+zip")
    page = post(client, lamp, "upload", {"files": [glb, text]})
    assert [(each.kind, each.file[-4:]) for each in source(lamp).media] == [("model", ".glb")]
    assert "lamp.usdz is not a file of the kind" in page and "3-D model" in page


def test_where_the_goods_stand_in_a_picture_outlives_a_new_order(lamp: UUID) -> None:
    client = makers.signed_in()
    post(client, lamp, "upload", {"files": [picture("red")]})
    red = source(lamp).media[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_media SET outline = '[0.1, 0.2, 0.9, 0.8]' WHERE id = %s", [red.id])
    post(client, lamp, "pictures", {f"position.{red.id}": "1", f"alt.{red.id}": "A red lamp from the front"})
    assert source(lamp).media[0].outline == (0.1, 0.2, 0.9, 0.8)


def test_what_is_put_on_sale_without_price_or_picture_is_said_at_once() -> None:
    client = makers.signed_in()
    bench = goods.put_product("bench", status="draft").product_id
    client.post(f"/back/products/{bench}/status", {"to": "publish"})
    page = client.get(f"/back/products/{bench}/").text
    assert "It has no price yet, so nobody can buy it." in page
    assert "It has no picture yet." in page


def test_no_tag_is_seen_or_typed_in_the_texts_of_a_product() -> None:
    client = makers.signed_in()
    bench = goods.put_product("bench", description={"en": "<p>One.</p><ul><li>oak</li></ul>"}).product_id
    assert "One.\n\n- oak</textarea>" in client.get(f"/back/products/{bench}/").text
    client.post(f"/back/products/{bench}/words", {"description.en": "One.\r\n\r\n- oak"})
    assert source(bench).description["en"] == "<p>One.</p><ul><li>oak</li></ul>"
    client.post(f"/back/products/{bench}/words", {"description.en": "Two **oaks**."})
    assert source(bench).description["en"] == "<p>Two <strong>oaks</strong>.</p>"
