"""Every text of the demo shop is there in six languages, each in its own words and its own script."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from nitka.ground.locale import LANGUAGES
from nitka.seeds import files

FILES = sorted(path.relative_to(files.SHOP).as_posix() for path in files.SHOP.rglob("*.json"))
PAGES = files.read("shop.json")["pages"]
SCRIPTS = {"bg": "[а-я]", "ru": "[а-я]", "hy": "[ա-ֆ]"}
# Words that are the same in several languages, measures, and names.
SHARED = re.compile(r"^[\W\d_]*(Lamp[er]*|Material|Form|Care|[\d ,×Øøcmgkl%€]+)[\W\d_]*$")


def texts_in(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(node, dict):
        if "en" in node:
            yield where, node
        else:
            for key, value in node.items():
                yield from texts_in(value, f"{where}.{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from texts_in(value, f"{where}[{place}]")


def all_texts() -> list[tuple[str, dict[str, str]]]:
    found = []
    for name in FILES:
        found += texts_in(json.loads((files.SHOP / name).read_text(encoding="utf-8")), name)
    for name in PAGES:
        page = files.page(*name.split("/"))
        for field in ("title", "description", "body"):
            found.append((f"{name}.{field}", {language: text[field] for language, text in page.items()}))
    return found


def test_every_text_has_all_six_languages() -> None:
    short = [where for where, texts in all_texts() if set(texts) != set(LANGUAGES) or not all(texts.values())]
    assert not short


def test_the_page_of_cookies_names_those_that_the_shop_sets(settings: Any) -> None:
    names = {settings.SESSION_COOKIE_NAME, settings.NITKA_CART_COOKIE, settings.NITKA_PREFS_COOKIE}
    for language, text in files.page("legal", "cookies").items():
        assert names - set(re.findall(r"\w+", text["body"])) == set(), language


def test_no_language_is_a_copy_of_english() -> None:
    copied = [
        (where, language, texts[language])
        for where, texts in all_texts()
        for language in LANGUAGES[1:]
        if texts[language] == texts["en"] and not SHARED.match(texts["en"]) and not where.endswith((".slug", ".who"))
    ]
    assert not copied


def test_each_language_is_written_in_its_own_script() -> None:
    foreign = [
        (where, language, texts[language])
        for where, texts in all_texts()
        for language, letters in SCRIPTS.items()
        if ".slug" not in where and not SHARED.match(texts["en"])
        if len(re.findall(letters, texts[language].lower())) < len(re.findall("[a-z]", _without_names(texts[language])))
    ]
    assert not foreign


def _without_names(text: str) -> str:
    return re.sub(r"\{\{.*?\}\}|\(/?\w*[:/].*?\)|nitka_\w+|cookie|[\w.]+@[\w.]+|[A-Z]\S*( [A-Z]\S*)*", "", text)


@pytest.mark.parametrize(
    ("language", "wrong"), [("en", "„«"), ("nb", "“„”"), ("pl", "“«»"), ("ru", "“”„"), ("hy", "“”„")]
)
def test_each_language_has_its_own_quotes(language: str, wrong: str) -> None:
    found = [where for where, texts in all_texts() if set(texts[language]) & set(wrong)]
    assert not found


def test_descriptions_for_search_engines_fit() -> None:
    long = [
        (product["handle"], language, len(product["seo_description"][language]))
        for product in files.products()
        for language in LANGUAGES
        if len(product["seo_description"][language]) > 190 or len(product["seo_title"][language]) > 90
    ]
    assert not long


def test_addresses_are_latin_and_unique_in_each_language() -> None:
    for language in LANGUAGES:
        slugs = [product["slug"][language] for product in files.products()]
        assert len(set(slugs)) == len(slugs)
        assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)


@pytest.mark.parametrize("name", PAGES)
def test_links_in_pages_lead_somewhere(name: str) -> None:
    for language, text in files.page(*name.split("/")).items():
        for target in re.findall(r"\]\((/[^)]*)\)", text["body"]):
            _, spoken, kind, slug, _ = target.split("/")
            slugs = {product["slug"][language] for product in files.products()}
            assert spoken == language
            assert slug in slugs if kind == "p" else f"{kind}/{slug}" in PAGES
