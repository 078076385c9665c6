"""Words in curly braces that stand in a page's text for what the shop is: `{{ shop.legal_name }}`."""

import re
from collections.abc import Mapping

_FILLING = re.compile(r"\{\{\s*([\w.]{1,80})\s*\}\}")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")


def fill(text: str, values: Mapping[str, str], *, markdown: bool) -> str:
    """The text with its fillings; a name that is not in the list is left out. In markdown, values stay plain text."""

    def value_of(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        return _plain(value) if markdown else value

    return _FILLING.sub(value_of, text)


def names_in(text: str) -> set[str]:
    """The names that a text asks for."""
    return set(_FILLING.findall(text))


def _plain(value: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\1", value)
    return "  \n".join(line.strip() for line in escaped.splitlines()) if "\n" in escaped else escaped
