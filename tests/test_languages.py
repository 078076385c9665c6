"""The eyes of five languages on their own words: all plural forms, and their own quotation marks."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.plurals import PLURALS

import nitka
from nitka.config.translations import OTHERS, read
from nitka.ground.locale import cldr

# CLDR, delimiters: what opens and closes a quotation, and one within it.
QUOTES = {"bg": "„“’", "hy": "«»", "nb": "«»‘’", "pl": "„”«»", "ru": "«»„“", "en": "“”‘’"}
# A quotation mark of any language; straight ones are a typewriter's.
ANY = re.compile('["“”„«»‚‹›]')
# Numbers of each form, by CLDR's rules of plurals.
SHOP = Path(nitka.__file__).parent / "seeds" / "shop"


@pytest.mark.parametrize("language", OTHERS)
def test_every_counted_sentence_has_all_forms_of_the_language(language: str) -> None:
    catalog = read(language)
    counted = [message for message in catalog if isinstance(message.id, tuple)]
    assert len(counted) > 40 and catalog.num_plurals == PLURALS[language][0] == {"pl": 3, "ru": 3}.get(language, 2)
    for message in counted:
        assert len(message.string) == catalog.num_plurals and all(message.string), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_the_forms_are_chosen_as_cldr_chooses_them(language: str) -> None:
    """gettext's rule and CLDR's name the same group for every whole number."""
    from gettext import c2py

    chosen, group_of = c2py(read(language).plural_expr), cldr(language).plural_form
    groups: dict[int, set[str]] = {}
    for number in range(1200):
        groups.setdefault(chosen(number), set()).add(group_of(number))
    assert all(len(names) == 1 for names in groups.values()), groups
    assert len({next(iter(names)) for names in groups.values()}) == len(groups)


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_of_the_pages_quote_as_the_language_does(language: str) -> None:
    for message in read(language):
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            plain = re.sub(r"<[^>]*>", "", text) if message.id else ""
            assert set(ANY.findall(plain)) <= set(QUOTES[language]), text


def texts(value: Any, language: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a file of the demo shop with its language."""
    if isinstance(value, str) and language:
        yield language, value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, language)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each, key if key in QUOTES else language)


def test_the_demo_shop_quotes_as_each_language_does() -> None:
    wrong = []
    for path in sorted(SHOP.rglob("*.json")):
        for language, text in texts(json.loads(path.read_text("utf-8"))):
            found = set(ANY.findall(re.sub(r"<[^>]*>|\]\([^)]*\)", "", text))) - set(QUOTES[language])
            if found:
                wrong.append((path.name, language, "".join(found), text[:60]))
    assert not wrong, wrong[:10]
