"""One line for each thing on a thread, by the template of the domain that tells it."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.utils import translation
from jinja2 import TemplateNotFound
from markupsafe import Markup

from nitka.ground import money
from nitka.ground.locale import format_money
from nitka.ground.web.pages import template
from nitka.people.thread.items import ThreadItem
from nitka.people.thread.visits import text

# Other programs' names for what our own module tells.
_ALSO = {
    "rage_click": "rage_clicked", "dead_click": "dead_clicked", "scroll_depth": "page_scrolled",
    "web_vitals": "web_vital_measured",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What an item says, and its knot: done, promised, danger, or quiet for what is said beside the story."""

    text: Markup
    knot: str


class Told:
    """An item as its template sees it; values that strangers sent come out as short texts or not at all."""

    def __init__(self, item: ThreadItem, language: str) -> None:
        self.at: datetime = item.at
        self.name, self.kind, self.data, self.more, self.context = (
            item.name, item.kind, item.data, item.more, item.context,
        )  # fmt: skip
        self.evidence: UUID | None = item.evidence
        self.language = language

    def text(self, *names: str) -> str:
        """The first of these properties that says something."""
        return text(self.data, *names)

    def count(self, *names: str) -> int | None:
        """The first of these properties that is a whole number, or the length of the first that is a list."""
        for name in names:
            found = self.data.get(name)
            if isinstance(found, list):
                return len(found)
            if isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 10**9:
                return int(found)
        return None

    def sum(self, *names: str) -> str:
        """An amount of the ecommerce convention (a decimal number and `currency`) as the language writes it."""
        written, currency = self.text(*names), self.text("currency").upper()
        if not written or not re.fullmatch("[A-Z]{3}", currency):
            return ""
        try:
            return format_money(money.parse(written, currency), currency, self.language)
        except (ValueError, KeyError):
            return ""

    def page(self, *names: str) -> str:
        """What the context says of the page."""
        return text(self.context.get("page"), *names)


def line_of(item: ThreadItem, language: str) -> Line:
    """The item as one line in that language, with its knot."""
    with translation.override(language):
        made = template(template_of(item)).make_module({"item": Told(item, language), "language": language})
    return Line(Markup(str(made).strip()), str(getattr(made, "knot", "done")))  # noqa: S704


def template_of(item: ThreadItem) -> str:
    """The template that draws the item; a general one for what nobody has drawn."""
    if item.source == "event":
        name = item.kind if item.kind != "track" else re.sub(r"[^a-z0-9]+", "_", item.name.lower()).strip("_")
        name = _ALSO.get(name, name)
        return f"events/thread/{name if name in drawn_events() else 'other'}.html"
    return template_of_fact(item.kind) or "thread/other.html"


@cache
def template_of_fact(kind: str) -> str:
    """The template of a kind of facts; empty where there is none."""
    name = f"{kind.partition('.')[0]}/thread/{kind.partition('.')[2]}.html"
    try:
        template(name)
    except TemplateNotFound:
        return ""
    return name


@cache
def drawn_events() -> frozenset[str]:
    """The events that have a line of their own. Asked of the folder, since names of events come from strangers."""
    folder = Path(apps.get_app_config("events").path) / "jinja2" / "events" / "thread"
    return frozenset(path.stem for path in folder.glob("*.html"))
