"""A language that the merchant left out is nowhere in the shop."""

import pytest
from django.test import Client

from nitka.faces.storefront.tests import makers
from nitka.faces.storefront.tests.makers import address
from nitka.shelf.content import actions as content

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilingual(visitor: Client) -> Client:
    content.set_shop(languages=("pl", "nb"))
    makers.forget()
    return visitor


def test_a_page_in_a_language_left_out_leads_to_the_first_that_is_spoken(bilingual: Client) -> None:
    answer = bilingual.get("/ru/help/delivery/?a=%C5%82")
    assert (answer.status_code, answer["Location"]) == (302, "/nb/help/delivery/?a=%C5%82")
    assert bilingual.get("/nb/help/delivery/").status_code == 200
    assert bilingual.get("/ru/").status_code == 302
    assert bilingual.get("/en/p/fonn-wool-blanket/", follow=True).redirect_chain[0][0].startswith("/nb/")


def test_it_never_leads_away(bilingual: Client) -> None:
    assert bilingual.get("/ru//evil.example/")["Location"].startswith("/nb//")


def test_a_form_sent_from_an_old_page_is_still_understood(bilingual: Client, shop: makers.Shop) -> None:
    answer = bilingual.post("/ru/cart/add", {"variant": shop.variants["STONE-CUP"]})
    assert (answer.status_code, answer["Location"]) == (303, "/nb/cart")


@pytest.mark.parametrize(
    ("accepted", "home"),
    [("pl-PL", "/pl/"), ("ru,pl;q=0.4", "/pl/"), ("de,pl;q=0.4", "/pl/"), ("en", "/nb/"), ("no", "/nb/"), ("", "/nb/"),
     ("pl;q=0", "/nb/")],
)  # fmt: skip
def test_the_front_door_knows_only_what_is_spoken(bilingual: Client, accepted: str, home: str) -> None:
    assert Client(headers={"Accept-Language": accepted}).get("/")["Location"] == home


@pytest.mark.parametrize(
    "path", ["/pl/", "/pl/c/tkaniny/", "/pl/p/koc-welniany-fonn/", "/pl/help/delivery/", "/pl/cart"]
)
def test_no_page_names_another_language(bilingual: Client, path: str) -> None:
    text = bilingual.get(path).content.decode()
    for code in ("en", "bg", "hy", "ru"):
        assert f'hreflang="{code}"' not in text and f'href="/{code}/' not in text
    assert 'hreflang="nb" lang="nb"' in text


def test_the_map_names_no_other_language(bilingual: Client) -> None:
    for path in ("/sitemap-pages.xml", "/sitemap-products-1.xml"):
        text = bilingual.get(path).getvalue().decode()
        assert address("/pl/") in text and address("/nb/") in text
        assert address("/en/") not in text and address("/ru/") not in text


def test_a_shop_of_one_language_offers_no_choice(visitor: Client) -> None:
    content.set_shop(languages=("pl",))
    makers.forget()
    assert 'class="languages"' not in visitor.get("/pl/").content.decode()


def test_another_language_cannot_be_chosen(bilingual: Client) -> None:
    answer = bilingual.post("/pl/preferences", {"language": "ru", "next": "/pl/cart"})
    assert answer["Location"] == "/pl/cart"


def test_staff_read_the_back_office_as_they_like(bilingual: Client) -> None:
    answer = Client(headers={"Accept-Language": "ru"}).get("/back/sign-in")
    assert '<html lang="ru"' in answer.content.decode()


def test_who_comes_costs_no_question_once_it_is_known(bilingual: Client, django_assert_num_queries) -> None:
    Client().get("/robots.txt")
    with django_assert_num_queries(0):
        Client(headers={"Accept-Language": "pl"}).get("/robots.txt")
