"""Stored HTML as people type it, in Markdown, wherever nothing of it is lost on the way; else as it is."""

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser

from nitka.ground.web.environment import clean_html, markdown

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### "}
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_BETWEEN = re.compile(r"\s+")


class _Foreign(Exception):
    """Something that Markdown has no mark for."""


class _Typist(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag in _HEADINGS:
            self.parts.append("\n\n" + _HEADINGS[tag])
        elif tag == "a" and not (link := dict(attrs).get("href") or "").count(")"):
            self.links.append(link)
            self.parts.append("[")
        elif tag in ("ul", "ol") and not self.lists:
            self.lists.append(1 if tag == "ol" else None)
            self.parts.append("\n")
        elif tag == "li" and self.lists:
            number = self.lists[-1]
            self.parts.append("\n- " if number is None else f"\n{number}. ")
            self.lists[-1] = None if number is None else number + 1
        elif tag == "p" and not self.lists:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\\\n")
        else:
            raise _Foreign

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a" and self.links:
            self.parts.append(f"]({self.links.pop()})")
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(_SPECIAL.sub(r"\\\1", _BETWEEN.sub(" ", data)) if data.strip() else " " * bool(data))


def typed(stored: str) -> str:
    """The text for a field of a form. What would come back as other HTML is shown as the HTML that it is."""
    if "<" not in stored:
        return html.unescape(stored)
    typist = _Typist()
    try:
        typist.feed(stored)
        typist.close()
    except _Foreign:
        return stored
    lines = [line.strip() for line in "".join(typist.parts).split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text if _plain(shown(text)) == _plain(stored) else stored


def typed_in_all(stored: Mapping[str, str]) -> dict[str, str]:
    """The same for each language."""
    return {language: typed(text) for language, text in stored.items()}


def shown(text: str) -> str:
    """What was typed as safe HTML; HTML in it stays what it is."""
    return str(markdown(text)).strip()


def _plain(text: str) -> str:
    """HTML without what makes no difference to a reader."""
    return re.sub(r"\s*(</?(?:p|ul|ol|li|h\d|br)\b[^>]*>)\s*", r"\1", _BETWEEN.sub(" ", clean_html(text))).strip()
