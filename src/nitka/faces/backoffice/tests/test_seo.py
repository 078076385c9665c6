"""/back/seo/: what search engines would miss"""

import pytest

from nitka.faces.backoffice.seo_report import DESCRIPTION_MOST, TITLE_MOST, Finding, Thing, findings
from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import CategoryDraft, ProductDraft, VariantDraft
from nitka.shelf.content import actions as content

GOOD = "A chair of oiled oak with a woven seat, made to be sat in every day of the week."


def thing(name: str = "Lind", **texts: str) -> Thing:
    title, description = texts.get("title", name), texts.get("description", f"{name}: {GOOD}")
    return Thing("Product", name, {"en": title}, {"en": description}, {"en": f"/en/p/{name}/"}, "/back/")


def troubles(*things: Thing) -> list[str]:
    return [each.trouble for each in findings(things, ["en"])]


def test_what_is_well_is_not_named() -> None:
    assert troubles(thing(), thing("Vik")) == []
    assert troubles(thing(title="x" * TITLE_MOST, description="y" * DESCRIPTION_MOST)) == []


@pytest.mark.parametrize(
    ("texts", "trouble"),
    [
        ({"title": "x" * (TITLE_MOST + 1)}, "long_title"),
        ({"description": "x" * (DESCRIPTION_MOST + 1)}, "long_description"),
        ({"description": "A chair."}, "short_description"),
        ({"description": ""}, "no_description"),
        ({"title": ""}, "no_text"),
    ],
)
def test_what_is_missing_or_too_long_is_named(texts: dict[str, str], trouble: str) -> None:
    assert troubles(thing(**texts)) == [trouble]


def test_what_is_there_twice_is_named_for_each() -> None:
    two = findings([thing("a", title="Chair"), thing("b", title="CHAIR")], ["en"])
    assert [(each.trouble, each.thing.name) for each in two] == [("double_title", "a"), ("double_title", "b")]
    other = Thing("Product", "c", {"pl": "Chair"}, {"pl": GOOD}, {}, "")
    assert not [each for each in findings([thing(title="Chair"), other], ["en"]) if each.trouble == "double_title"]


def test_a_language_without_text_is_one_finding_and_not_three() -> None:
    assert [(each.trouble, each.language) for each in findings([thing()], ["en", "pl"])] == [("no_text", "pl")]
    assert Finding("no_text", "pl", thing(), "").said == ""


@pytest.mark.django_db
def test_the_page_leads_to_where_each_is_mended() -> None:
    makers.a_shop()
    content.set_shop(languages=("en", "pl"))
    catalog.put_categories(drafts=[CategoryDraft(handle="lamps", name={"en": "Lamps"})])
    catalog.put_products(drafts=[ProductDraft(
        handle="m", title={"en": "Måne " * 20}, summary={"en": "<b>"}, variants=(VariantDraft(sku="M"),)
    )])  # fmt: skip
    content.put_page(draft=content.Draft(slug="about", kind="help", title={"en": "About us"}, body={"en": "Words."}))
    client = makers.signed_in("owner")
    text = client.get("/back/seo/").content.decode()
    assert "Title too long" in text and "/back/content/about/" in text and "/back/products/" in text
    assert 'href="/en/c/lamps/"' in text and "<b>&" not in text
    one = client.get("/back/seo/?trouble=no_text&language=pl").content.decode()
    assert "Not translated" in one and one.count("<tr>") == 4


@pytest.mark.django_db
def test_who_may_not_edit_the_catalogue_does_not_see_it() -> None:
    makers.a_shop()
    assert makers.signed_in("agent").get("/back/seo/").status_code in (302, 403)
