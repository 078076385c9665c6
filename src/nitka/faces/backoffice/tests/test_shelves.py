"""Categories and collections, made and filled by hand."""

from dataclasses import replace

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.tests import makers as goods
from nitka.shelf.content import actions as content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


@pytest.fixture
def owner() -> Client:
    return makers.signed_in("owner")


def handles(collection: str) -> list[str]:
    found = next(each for each in catalog.collections() if each.handle == collection)
    by_id = dict(catalog.product_rows().values_list("id", "handle"))
    return [by_id[id_] for id_ in catalog.products_in_collection(found.id)]


def test_a_category_is_made_from_its_name_alone(owner: Client) -> None:
    answer = owner.post("/back/categories/new/", {"name.en": "Garden lamps", "parent": "", "position": "3"})
    assert answer["Location"] == "/back/categories/garden-lamps/"
    made = catalog.category_tree()[0]
    assert (made.handle, made.name["en"], made.position, made.slug["en"]) == (
        "garden-lamps", "Garden lamps", 3, "garden-lamps",
    )  # fmt: skip
    assert "Garden lamps" in owner.get("/back/categories/").text


def test_a_category_without_a_name_is_refused_and_nothing_typed_is_lost(owner: Client) -> None:
    answer = owner.post("/back/categories/new/", {"name.en": "", "intro.en": "Light outside."})
    assert answer.status_code == 200
    assert "Light outside." in answer.text
    assert not catalog.category_tree()


def test_a_category_moves_below_another_but_never_below_itself(owner: Client) -> None:
    owner.post("/back/categories/new/", {"name.en": "Lamps"})
    owner.post("/back/categories/new/", {"name.en": "Table lamps", "parent": "lamps"})
    tree = {each.handle: each.depth for each in catalog.category_tree()}
    assert tree == {"lamps": 0, "table-lamps": 1}
    page = owner.get("/back/categories/lamps/").text
    assert 'value="table-lamps"' not in page
    owner.post("/back/categories/lamps/", {"name.en": "Lamps", "parent": "table-lamps"})
    assert {each.handle: each.depth for each in catalog.category_tree()} == tree


def test_a_collection_is_filled_ordered_and_emptied(owner: Client) -> None:
    for handle in ("chair", "lamp", "rug"):
        goods.put_product(handle)
    answer = owner.post("/back/collections/new/", {"name.en": "A quiet evening", "add": "chair, lamp"})
    assert answer["Location"] == "/back/collections/a-quiet-evening/"
    assert handles("a-quiet-evening") == ["chair", "lamp"]
    owner.post(answer["Location"], {
        "name.en": "A quiet evening", "product": ["chair", "lamp"], "place.chair": "2", "place.lamp": "1", "add": "rug",
    })  # fmt: skip
    assert handles("a-quiet-evening") == ["lamp", "chair", "rug"]
    owner.post(answer["Location"], {
        "name.en": "A quiet evening", "product": ["lamp", "chair", "rug"], "out": ["chair"],
    })  # fmt: skip
    assert handles("a-quiet-evening") == ["lamp", "rug"]


def test_texts_of_languages_that_the_form_does_not_show_stay(owner: Client) -> None:
    owner.post("/back/collections/new/", {"name.en": "Spring", "name.pl": "Wiosna", "intro.en": "New **light**."})
    owner.post("/back/collections/spring/", {"name.en": "Early spring"})
    found = catalog.collections()[0]
    assert found.name == {"en": "Early spring", "pl": "Wiosna"}
    assert found.intro["en"] == "<p>New <strong>light</strong>.</p>"


def test_a_product_is_put_into_a_collection_on_its_own_page(owner: Client) -> None:
    chair = goods.put_product("chair")
    goods.put_product("lamp")
    owner.post("/back/collections/new/", {"name.en": "Spring", "add": "lamp"})
    address = f"/back/products/{chair.product_id}/place"
    owner.post(address, {"brand": "", "tags": "", "collections": "1", "collection": "spring"})
    assert handles("spring") == ["lamp", "chair"]
    owner.post(address, {"brand": "", "tags": "", "collections": "1"})
    assert handles("spring") == ["lamp"]


def test_the_warehouse_may_not(db: None) -> None:
    client = makers.signed_in("warehouse")
    assert client.get("/back/collections/").status_code == 403
    assert client.post("/back/categories/new/", {"name.en": "X"}).status_code == 403


def deleted(owner: Client, kind: str, handle: str) -> str:
    """The page after the press of the button."""
    return owner.get(owner.post(f"/back/{kind}/{handle}/delete")["Location"]).text


def test_an_empty_category_is_deleted_and_its_address_leads_above(owner: Client) -> None:
    owner.post("/back/categories/new/", {"name.en": "Lamps"})
    owner.post("/back/categories/new/", {"name.en": "Table lamps", "parent": "lamps"})
    for handle, said in (("lamps", "Move or delete them first"), ("table-lamps", "Deleted.")):
        assert said in deleted(owner, "categories", handle)
    assert [each.handle for each in catalog.category_tree()] == ["lamps"]
    assert catalog.category_by_old_slug("table-lamps") == "lamps"
    owner.post("/back/categories/lamps/delete")
    assert not catalog.category_tree() and makers.audit("category.delete") == ["lamps", "table-lamps"]
    assert Client().get("/en/c/lamps/")["Location"] == "/en/"
    assert Client().get("/en/c/never/").status_code == 404


def test_a_category_with_products_and_what_a_menu_leads_to_stay(owner: Client) -> None:
    owner.post("/back/categories/new/", {"name.en": "Chairs"})
    goods.put_product("lind", category=("chairs",))
    assert "Products stand in this category" in deleted(owner, "categories", "chairs")
    owner.post("/back/collections/new/", {"name.en": "Winter"})
    content.put_menu(place="header", entries=[{"label": {"en": "More"}, "entries": [{"to": "collection:winter"}]}])
    assert "A menu leads here" in deleted(owner, "collections", "winter")
    content.put_menu(place="header", entries=[])
    block = {"kind": "products", "title": {"en": "Wool"}, "goods": {"collection": "winter"}}
    draft = content.Draft(slug="warm", kind="landing", title={"en": "Keep warm"}, blocks=[block])
    content.put_page(draft=draft)
    assert "The page “Keep warm” shows it." in deleted(owner, "collections", "winter")
    content.put_page(draft=replace(draft, blocks=[{"kind": "text", "text": {"en": "Gone"}}]))
    assert "Deleted." in deleted(owner, "collections", "winter")
    assert not catalog.collections() and Client().get("/en/collections/winter/")["Location"] == "/en/"
