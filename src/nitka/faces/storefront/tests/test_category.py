"""GET /<language>/c/<slug>/"""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from nitka.faces.storefront.tests.makers import address, forget, more_lamps

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_it_shows_its_goods_with_prices(visitor: Client) -> None:
    text = page(visitor, "/en/c/textiles/")
    assert "<h1>Textiles</h1>" in text
    assert "Fonn wool blanket" in text
    assert "€129.00" in text
    assert "Stone cup" not in text


def test_an_address_of_another_language_leads_to_its_own(visitor: Client) -> None:
    answer = visitor.get("/pl/c/textiles/")
    assert (answer.status_code, answer["Location"]) == (301, "/pl/c/tkaniny/")
    assert f'hreflang="pl" href="{address("/pl/c/tkaniny/")}"' in page(visitor, "/en/c/textiles/")


@pytest.mark.parametrize("price", ["0-" + "9" * 29, "9" * 4400 + "-1", "²-³", "-", "1-2-3", "<b>"])
def test_a_price_that_is_none_narrows_nothing(visitor: Client, price: str) -> None:
    assert "Fonn wool blanket" in page(visitor, f"/en/c/textiles/?{urlencode({'f.price': price})}")


def test_a_facet_is_a_link_and_narrows(visitor: Client) -> None:
    text = page(visitor, "/en/c/textiles/")
    (href,) = re.findall(r'<a href="([^"]*f\.colour=clay)"', text)
    narrowed = page(visitor, href)
    assert "Fonn wool blanket" in narrowed
    assert "Brass lamp" not in narrowed
    assert 'content="noindex, follow"' in narrowed
    assert '<span class="spoken">Remove </span>' in narrowed


def test_a_price_in_whole_units_narrows(visitor: Client) -> None:
    text = page(visitor, "/en/c/textiles/?price_from=100&price_to=")
    assert "Fonn wool blanket" in text
    assert "Brass lamp" not in text


def test_sorting_is_a_link_in_words(visitor: Client) -> None:
    text = page(visitor, "/en/c/textiles/?sort=price_up")
    assert text.index("Brass lamp") < text.index("Fonn wool blanket")
    assert re.search(
        r'<a href="/en/c/textiles/\?sort=price_up" rel="nofollow" aria-current="true">the cheapest</a>', text
    )


def test_pages_can_be_linked(visitor: Client) -> None:
    more_lamps(30)
    text = page(visitor, "/en/c/textiles/?page=2")
    assert f'rel="canonical" href="{address("/en/c/textiles/?page=2")}"' in text
    assert 'rel="prev"' in text
    assert visitor.get("/en/c/textiles/?page=9").status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999", "sort=zzz", "f.=1", "f.none=1",
                                   "price_from=abc", "price_from=1e9", "f.price=a-b"])  # fmt: skip
def test_an_odd_address_does_no_harm(visitor: Client, query: str) -> None:
    assert visitor.get(f"/en/c/textiles/?{query}").status_code in (200, 400, 404)


def test_an_unknown_category_is_no_page(visitor: Client) -> None:
    assert visitor.get("/en/c/nothing/").status_code == 404


def test_more_goods_cost_no_more_questions(visitor: Client, django_assert_max_num_queries) -> None:
    visitor.get("/en/c/textiles/")
    with django_assert_max_num_queries(1):
        visitor.get("/en/c/textiles/")
    more_lamps(23)
    visitor.get("/en/c/textiles/")
    with django_assert_max_num_queries(1):
        assert visitor.get("/en/c/textiles/").content.count(b'<li class="card">') == 24
    forget()
    with django_assert_max_num_queries(10):
        visitor.get("/en/c/textiles/")
