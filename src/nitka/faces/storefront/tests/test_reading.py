"""GET /<language>/{help,legal,article}/<slug>/"""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_help_page_shows_its_text_and_its_neighbours(visitor: Client) -> None:
    text = visitor.get("/en/help/delivery/").content.decode()
    assert "<h1>Delivery</h1>" in text
    assert "<h2>All about delivery</h2>" in text
    assert 'href="/en/help/returns/"' in text


@pytest.mark.parametrize("path", ["/en/help/nothing/", "/en/legal/delivery/", "/en/help/privacy/"])
def test_a_page_of_another_kind_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_every_page_links_help_and_legal(visitor: Client) -> None:
    text = visitor.get("/en/article/wool/").content.decode()
    assert 'href="/en/legal/privacy/"' in text
    assert 'href="/en/help/delivery/"' in text
