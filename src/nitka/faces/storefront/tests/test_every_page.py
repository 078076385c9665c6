"""What holds for all pages: no inline script or style, one title, landmarks, names; security headers."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = [
    "/en/", "/hy/", "/en/c/textiles/", "/en/c/textiles/?f.colour=clay&sort=new", "/en/p/fonn-wool-blanket/",
    "/pl/p/koc-welniany-fonn/", "/en/search?q=lamp", "/en/search?q=qqqqqqqqqqq", "/en/help/delivery/",
    "/en/legal/privacy/", "/en/article/wool/", "/en/newsletter/confirm?token=x", "/en/nothing/here",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_or_a_style(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    text = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    for attributes in re.findall(r"<script([^>]*)>", text):
        assert "src=" in attributes or "application/ld+json" in attributes
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_title_one_heading_and_a_way_past_the_header(visitor: Client, path: str) -> None:
    text = visitor.get(path).content.decode()
    assert len(re.findall(r"<title>[^<]+</title>", text)) == 1
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert '<a class="skip" href="#main">' in text
    assert '<main id="main"' in text


@pytest.mark.parametrize("path", PAGES)
def test_every_picture_keeps_its_place_and_every_field_has_a_name(visitor: Client, path: str) -> None:
    text = visitor.get(path).content.decode()
    for tag in re.findall(r"<img[^>]*>", text):
        assert "alt=" in tag
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", text):
        if 'type="hidden"' not in tag:
            id_ = re.search(r'\bid="([^"]+)"', tag)
            assert "aria-label=" in tag or (id_ and f'for="{id_[1]}"' in text), tag


def test_ids_are_given_once(visitor: Client) -> None:
    for path in PAGES:
        ids = re.findall(r'\sid="([^"]+)"', visitor.get(path).content.decode())
        assert len(ids) == len(set(ids)), path


def test_a_visitor_without_a_cart_gets_no_cookie(visitor: Client) -> None:
    for path in PAGES:
        assert not visitor.get(path).cookies, path
