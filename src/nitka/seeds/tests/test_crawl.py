"""The demo shop as a search engine walks it: from the front pages over every link, in all six languages.

It is loaded and walked once, in this process; the tests look at what was seen.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from nitka.faces.storefront.tests import makers
from nitka.ground import locale
from nitka.seeds import load
from nitka.shelf.search import follow
from tests.vocabulary.listings import all_faults

HOST = "http://testserver"
_LINK = re.compile(r"<a ([^>]*)>")
_HREF = re.compile(r'href="([^"]*)"')
_FILES = re.compile(r'(?:src|href)="(/media/[^"]+)"')
# What robots.txt keeps search engines from, and what is one person's own.
_OWN = re.compile(r"^/\w\w/(cart|checkout|order|account|consent|contact|search|alert|newsletter|compare)\b|^/mailbox")


@dataclass
class Page:
    """What was seen at an address."""

    status: int
    to: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    hidden: bool = False
    faults: list[str] = field(default_factory=list)
    headings: int = 0
    lost_files: list[str] = field(default_factory=list)


@dataclass
class Site:
    pages: dict[str, Page]
    mapped: list[str]

    def to_be_found(self) -> dict[str, Page]:
        """Pages that search engines shall know, each at its own address."""
        return {path: page for path, page in self.pages.items() if page.status == 200 and page.canonical == path}


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("crawl")
    own = {"MEDIA_ROOT": folder / "media", "NITKA_HOME": folder, "NITKA_PUBLIC_URL": HOST, "NITKA_RATE_LIMITS": False}
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(**own),
    ):
        load.load_demo_shop()
        makers.index_again()
        yield _walked(Client(headers={"Accept-Language": "en-DE"}))
        transaction.set_rollback(True)
    for _shelf, follower in follow._shelves.values():
        follower.close()
    follow._shelves.clear()
    makers.forget()


def _walked(client: Client) -> Site:
    pages: dict[str, Page] = {}
    todo = [f"/{code}/" for code in locale.LANGUAGES]
    while todo:
        path = todo.pop()
        if path not in pages:
            pages[path] = page = _seen(client, path)
            todo += [page.to] if page.to else page.links
    maps = re.findall("<loc>([^<]+)", client.get("/sitemap.xml").content.decode())
    text = "".join(client.get(each.removeprefix(HOST)).getvalue().decode() for each in maps)
    return Site(pages, [html.unescape(each).removeprefix(HOST) for each in re.findall("<loc>([^<]+)", text)])


def _seen(client: Client, path: str) -> Page:
    answer = client.get(path)
    if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
        return Page(answer.status_code, to=answer.headers.get("Location", "").partition("#")[0].removeprefix(HOST))
    text = answer.content.decode()
    own = not _OWN.match(path)
    return Page(
        200, title=_one(r"<title>([^<]*)</title>", text), description=_one(r'<meta name="description" content="([^"]*)"', text),
        canonical=_one(r'<link rel="canonical" href="([^"]*)"', text).removeprefix(HOST),
        alternates=dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"', text)),
        links=sorted(set(_links(text, path))) if own else [], hidden='content="noindex' in text,
        faults=all_faults(text), headings=len(re.findall(r"<h1[ >]", text)), lost_files=_lost(text),
    )  # fmt: skip


def _one(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return html.unescape(found[1]) if found else ""


def _links(text: str, path: str) -> Iterator[str]:
    for attributes in _LINK.findall(text):
        found = _HREF.search(attributes)
        href = html.unescape(found[1]).partition("#")[0].removeprefix(HOST) if found else ""
        if "nofollow" in attributes or href.startswith(("/media/", "/static/")):
            continue
        href = path.partition("?")[0] + href if href.startswith("?") else href
        if href.startswith("/"):
            yield href


def _lost(text: str) -> list[str]:
    files = {html.unescape(each).removeprefix(settings.MEDIA_URL) for each in _FILES.findall(text)}
    return sorted(each for each in files if not (Path(settings.MEDIA_ROOT) / each).exists())


def test_no_link_is_broken(site: Site) -> None:
    broken = {path for path, page in site.pages.items() if page.status not in (200, 301, 302)}
    assert {path: [by for by, page in site.pages.items() if path in page.links][:3] for path in broken} == {}


def test_no_link_goes_a_long_way_round(site: Site) -> None:
    """Our own links lead straight to where things are, but for what asks who one is."""
    moved = {path: page.to for path, page in site.pages.items() if page.status in (301, 302) and not _OWN.match(path)}
    assert moved == {}


def test_every_picture_and_paper_is_there(site: Site) -> None:
    assert {path: page.lost_files for path, page in site.pages.items() if page.lost_files} == {}


def test_every_page_of_the_maps_is_reached_by_links_and_every_page_to_be_found_is_in_the_maps(site: Site) -> None:
    found = site.to_be_found()
    assert len(site.mapped) == len(set(site.mapped)) > 200
    assert sorted(set(site.mapped) - set(found)) == []
    assert sorted(path for path in set(found) - set(site.mapped) if "?page=" not in path) == []


@pytest.mark.parametrize("what", ["title", "description"])
def test_no_two_pages_of_a_language_say_the_same_of_themselves(site: Site, what: str) -> None:
    counted: dict[str, list[str]] = defaultdict(list)
    for path, page in site.to_be_found().items():
        counted[f"{path[:3]} {getattr(page, what)}"].append(path)
    assert {words: paths for words, paths in counted.items() if len(paths) > 1} == {}
    missing = [path for path, page in site.to_be_found().items() if not getattr(page, what) and "?page=" not in path]
    assert missing == []


def test_each_language_knows_the_others_and_is_known_by_them(site: Site) -> None:
    for path, page in site.to_be_found().items():
        others = {code: href.removeprefix(HOST) for code, href in page.alternates.items()}
        assert others[path[1:3]] == path
        assert set(others) == {*locale.LANGUAGES, "x-default"}, path
        assert others["x-default"] == others["en"]
        for code, other in others.items():
            there = site.pages.get(other)
            assert there is not None and there.status == 200 and there.canonical == other, f"{path}: {code} {other}"
            assert there.alternates == page.alternates, f"{path} and {other} disagree"


def test_what_is_told_to_search_engines_is_what_schema_org_defines(site: Site) -> None:
    assert {path: page.faults for path, page in site.pages.items() if page.faults} == {}


def test_every_page_has_one_heading_and_pages_of_one_person_are_not_to_be_found(site: Site) -> None:
    assert [path for path, page in site.pages.items() if page.status == 200 and page.headings != 1] == []
    assert [path for path, page in site.to_be_found().items() if page.hidden] == []
    assert Counter(path[1:3] for path in site.to_be_found()).keys() == set(locale.LANGUAGES)
