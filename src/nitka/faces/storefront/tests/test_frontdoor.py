"""robots.txt, the accent colour"""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from nitka.faces.storefront import accents
from nitka.faces.storefront.tests.makers import address
from nitka.ground import clock
from nitka.shelf.content import actions as content
from nitka.shelf.content import queries as shop_queries

pytestmark = pytest.mark.django_db


def test_robots_are_shown_the_sitemap_and_kept_from_carts(visitor: Client) -> None:
    text = visitor.get("/robots.txt").content.decode()
    assert f"Sitemap: {address('/sitemap.xml')}" in text
    assert "Disallow: /*/cart" in text


def test_who_finds_a_hole_is_told_whom_to_write_to(visitor: Client) -> None:
    content.set_shop(email="hello@traad.example")
    shop_queries.forget()
    lines = visitor.get("/.well-known/security.txt").content.decode().splitlines()
    said = dict(line.split(": ", 1) for line in reversed(lines))
    assert said["Contact"] == "mailto:hello@traad.example"
    assert clock.now() < datetime.fromisoformat(said["Expires"]) < clock.now() + timedelta(days=365)
    content.set_shop(email="")
    shop_queries.forget()
    assert visitor.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("accent", ["#ffee00", "#000000", "#b4472e", "#7777ff", "#ffffff"])
def test_an_accent_is_mended_until_it_can_be_read(accent: str) -> None:
    for ground in (accents.PAPER, accents.NIGHT):
        colour = accents.mended(accent, ground)
        assert accents.contrast(colour, ground) >= accents.ENOUGH
        assert accents.contrast(accents.ink_on(colour), colour) >= accents.ENOUGH


def test_the_shops_own_accent_is_linked(visitor: Client) -> None:
    content.set_shop(accent="#225588")
    shop_queries.forget()
    text = visitor.get("/en/help/delivery/").content.decode()
    href = text.split('<link rel="stylesheet" href="/accent-')[1].split('"')[0]
    answer = visitor.get("/accent-" + href)
    assert answer["Content-Type"].startswith("text/css")
    assert "--thread:#225588" in answer.content.decode()


def test_language_models_are_told_what_is_sold_and_where(visitor: Client) -> None:
    answer = visitor.get("/llms.txt")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith("# Tråd\n")
    assert f"- [Textiles]({address('/en/c/textiles/')}): To keep warm." in text
    for path in re.findall(r"\]\(" + re.escape(address("")) + r"([^)]+)\)", text):
        assert visitor.get(path).status_code == 200, path
