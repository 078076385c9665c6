"""Passing a page on: plain links that say where they were shared, the same for everybody."""

from html import unescape
from re import findall
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from nitka.shelf.content import actions as content

pytestmark = pytest.mark.django_db


def shared(page: str) -> dict[str, str]:
    part = page[page.index('<details class="share"') :].partition("</details>")[0]
    assert "onclick" not in part and "<script" not in part
    return {urlsplit(each).hostname or "mail": each for each in map(unescape, findall(r'<a href="([^"]+)"', part))}


def test_a_product_is_passed_on_by_plain_links(visitor: Client) -> None:
    links = shared(visitor.get("/en/p/fonn-wool-blanket/").content.decode())
    assert {"mail", "wa.me", "t.me", "www.facebook.com", "www.pinterest.com", "x.com"} == set(links)
    told = parse_qs(urlsplit(links["x.com"]).query)["url"][0]
    assert "/en/p/" in told and told.endswith("utm_source=x&utm_medium=share")
    assert "%20" in links["mail"] and all("+" not in each for each in links.values())


def test_articles_have_it_and_legal_pages_do_not(visitor: Client) -> None:
    for kind, slug in (("article", "wool"), ("legal", "small-print")):
        content.put_page(
            draft=content.Draft(slug=slug, kind=kind, title={"en": 'Wool & "warmth"'}, body={"en": "Words."})
        )
    assert shared(visitor.get("/en/article/wool/").content.decode())["t.me"]
    assert "data-share" not in visitor.get("/en/legal/small-print/").content.decode()
