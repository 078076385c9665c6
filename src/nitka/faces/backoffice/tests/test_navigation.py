"""Which section a page belongs to, and what lies beside it."""

import re

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "section", "beside"),
    [
        ("/back/", "Today", None),
        ("/back/reviews/", "Reviews", "Mentions"),
        ("/back/social/mentions/", "Reviews", "Questions"),
        ("/back/social/", "Marketing", "Feeds"),
        ("/back/settings/promotions/", "Marketing", "Social posts"),
        ("/back/settings/taxes/", "Settings", None),
        ("/back/content/menus/", "Content", "Pictures"),
        ("/back/collections/", "Products", "Categories"),
        ("/back/collection/", "Settings", None),
    ],
)
def test_every_page_lies_in_one_section(address: str, section: str, beside: str | None) -> None:
    makers.a_shop()
    page = makers.signed_in().get(address).text
    menu, _more = page.split('<div class="whoami">')
    assert re.findall(r'aria-current="\w+" data-go="\w">([^<]+)<', menu) == [section]
    row = re.search(r'<nav class="beside".*?</nav>', page, re.DOTALL)
    assert (row is None) == (beside is None)
    assert not row or f">{beside}<" in row[0]


def test_the_warehouse_sees_no_section_that_it_may_not_open() -> None:
    makers.a_shop()
    page = makers.signed_in("warehouse").get("/back/").text
    assert ">Marketing<" not in page
    assert ">Reviews<" not in page
    assert ">Stock<" in page


def test_an_address_with_nothing_at_it_stays_in_the_back_office() -> None:
    makers.a_shop()
    owner = makers.signed_in()
    for path in ("/back/nowhere/at/all/", "/back/content/nowhere/", "/back/orders/NK-0000-00/"):
        answer = owner.get(path)
        text = answer.content.decode()
        assert answer.status_code == 404 and "There is nothing here" in text and 'href="/back/"' in text, path
        assert answer["Cache-Control"] == "no-store"
    for path in ("/back/nowhere/at/all/", "/en/nowhere/at/all/"):
        answer = Client().get(path)
        assert answer.status_code == 404 and "This page has come loose" in answer.content.decode()
