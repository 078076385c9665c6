"""The merchant's own menus in the frame; where there are none, the frame shows categories, help and legal pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nitka.faces.storefront.leading import lead
from nitka.shelf.content import queries as content


@dataclass(frozen=True)
class Entry:
    """A link with its name, and what stands below it; no href for a mere heading."""

    name: str
    href: str
    below: Sequence["Entry"] = ()


def part(language: str) -> dict[str, Any]:
    """What the templates of the frame show instead of their own lists; empty lists where nothing is set."""
    return {
        "header_menu": _entries(content.menu("header", language), language),
        "footer_menu": _entries(content.menu("footer", language), language),
    }


def _entries(entries: Sequence[content.MenuEntry], language: str) -> list[Entry]:
    """What leads nowhere any more, and has nothing below it, is left out."""
    found = []
    for entry in entries:
        href, name = lead(entry.to, language) if entry.to else ("", "")
        below = _entries(entry.entries, language)
        called = entry.label or name
        if called and (href or below):
            found.append(Entry(called, href, below))
    return found
