"""GET /<language>/compare"""

import html
import re

import pytest
from django.test import Client

from nitka.faces.storefront.tests import makers
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog.queries import AttributeDraft, PriceDraft, ProductDraft, VariantDraft

pytestmark = pytest.mark.django_db


def compared(client: Client, query: str) -> str:
    answer = client.get(f"/en/compare?{query}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def row(text: str, label: str) -> list[str]:
    """The cells of a row, as they are read."""
    cells = re.search(rf'<th scope="row">{re.escape(label)}</th>(.*?)</tr>', text, re.DOTALL)
    assert cells, label
    return [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split())
        for cell in re.findall(r"<td.*?>(.*?)</td>", cells[1], re.DOTALL)
    ]


def lamps() -> None:
    """Two lamps: one is brighter, the other lighter and dearer."""
    catalog.put_attributes(drafts=[
        AttributeDraft(code="lumen", kind="number", unit="lm", name={"en": "Light"}, better="higher", position=1),
        AttributeDraft(code="noise", kind="number", unit="dB", name={"en": "Hum"}, better="lower", position=2),
        AttributeDraft(code="socket", kind="text", name={"en": "Socket"}, position=3),
    ])  # fmt: skip
    makers.offer([
        _lamp("bright", 9000, 900, lumen=800, noise=20, socket="E27"), _lamp("light", 12000, 400, lumen=450, noise=20),
    ])  # fmt: skip


def _lamp(handle: str, minor: int, grams: int, **attributes: object) -> ProductDraft:
    variant = VariantDraft(
        sku=handle.upper(), prices={"eu": PriceDraft(minor=minor)}, stock={"main": 9}, weight_g=grams
    )
    return ProductDraft(
        handle=handle, title={"en": f"A {handle} lamp"}, category=("textiles",), variants=(variant,),
        attributes=attributes,
    )  # fmt: skip


def test_products_stand_side_by_side_and_what_is_better_is_marked(visitor: Client) -> None:
    lamps()
    text = compared(visitor, "p=a-bright-lamp&p=a-light-lamp")
    assert row(text, "Price") == ["€90.00 the best of these", "€120.00"]
    assert row(text, "Light") == ["800 lm the best of these", "450 lm"]
    assert row(text, "Hum") == ["20 dB", "20 dB"]
    assert row(text, "Socket") == ["E27", "– not said"]
    assert row(text, "Weight") == ["900 g", "400 g"]
    assert re.search(r"Arrives", " ".join(row(text, "Delivery")))


def test_any_mix_can_be_compared_in_the_customers_language_and_units(visitor: Client) -> None:
    text = compared(visitor, "p=koc-welniany-fonn&p=stone-cup")
    assert row(text, "Width") == ["200 cm – 240 cm", "– not said"]
    assert row(text, "Colour") == ["Clay, Sand", "– not said"]
    visitor.cookies["nitka_prefs"] = "us.imperial"
    assert row(compared(visitor, "p=fonn-wool-blanket&p=stone-cup"), "Depth")[0] == "55″ – 78.5″"


def test_only_what_differs_can_be_shown_and_the_address_says_so(visitor: Client) -> None:
    lamps()
    text = compared(visitor, "p=a-bright-lamp&p=a-light-lamp&only=differences")
    assert '<th scope="row">Hum</th>' not in text and '<th scope="row">Light</th>' in text
    assert "/en/compare?p=a-bright-lamp&p=a-light-lamp" in text


def test_one_is_taken_away_by_a_link(visitor: Client) -> None:
    text = compared(visitor, "p=brass-lamp&p=stone-cup")
    assert 'href="/en/compare?p=stone-cup"' in text and 'aria-label="Take Brass lamp away"' in text


def test_four_at_most_each_once_and_unknown_ones_are_left_out(visitor: Client) -> None:
    makers.more_lamps(6)
    query = "&".join(f"p=lamp-number-{n}" for n in range(6)) + "&p=lamp-number-0&p=nothing"
    assert compared(visitor, query).count('scope="col"') == 4
    assert compared(visitor, "p=fonn-wool-blanket&p=koc-welniany-fonn").count('scope="col"') == 1


def test_without_javascript_another_is_found_by_its_name(visitor: Client) -> None:
    text = compared(visitor, "p=stone-cup&q=lamp")
    assert 'href="/en/compare?p=stone-cup&p=brass-lamp"' in text


def test_nothing_chosen_says_how_to_begin(visitor: Client) -> None:
    assert "Nothing to compare yet" in compared(visitor, "")
    assert "Nothing to compare yet" in compared(visitor, "p=&p=%20")


def test_search_engines_leave_it_alone_and_cards_lead_there(visitor: Client) -> None:
    assert 'content="noindex, follow"' in compared(visitor, "p=brass-lamp")
    cards = visitor.get("/en/c/tableware/").content.decode()
    assert 'href="/en/compare?p=stone-cup" rel="nofollow" data-compare="stone-cup"' in cards


def test_each_product_costs_one_query(visitor: Client, django_assert_max_num_queries) -> None:
    makers.more_lamps(4)
    path = "/en/compare?" + "&".join(f"p=lamp-number-{n}" for n in range(4))
    visitor.get(path)
    with django_assert_max_num_queries(6):
        visitor.get(path)
