"""What a page said at each save, and links to look at what is not shown yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Max

from nitka.shelf.content.document import Document, document_of
from nitka.shelf.content.models import Page, PageVersion

PREVIEW_DAYS = 7
_SALT = "content.preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A save of a page. `live`: shoppers see it; `due_at`: it waits for that moment."""

    number: int
    document: Document
    made_at: datetime
    made_by: UUID | None
    due_at: datetime | None
    live: bool


def versions(slug: str) -> list[VersionView]:
    """All saves of the page, newest first; a page from before there were versions has none."""
    rows = PageVersion.objects.filter(page__slug=slug).select_related("page").order_by("-number")
    return [_view(row) for row in rows]


def newest_version(slug: str) -> int:
    """The number of the page's last save; 0 where there is none."""
    last = PageVersion.objects.filter(page__slug=slug).aggregate(last=Max("number"))["last"]
    return last or 0


def due_pages() -> dict[UUID, datetime]:
    """Page → when what waits for its time will be shown. One query."""
    rows = PageVersion.objects.filter(due_at__isnull=False).order_by("-due_at")
    return {page_id: due for page_id, due in rows.values_list("page_id", "due_at") if due}


def draft_of(row: Page) -> Document:
    """What is being written: the newest version, or what is shown where there is none."""
    newest = PageVersion.objects.filter(page=row).order_by("-number").first()
    return Document(**newest.document) if newest else document_of(row)


def preview_token(slug: str, number: int) -> str:
    """What a preview link carries; it opens that version for a week, for whoever has it."""
    return signing.dumps([slug, number], salt=_SALT)


def version_of_token(token: str) -> tuple[Page, Document] | None:
    """The page and version of a preview link; None for a link that is over or was not made here."""
    try:
        slug, number = signing.loads(token, salt=_SALT, max_age=PREVIEW_DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    row = PageVersion.objects.filter(page__slug=slug, number=number).select_related("page").first()
    return (row.page, Document(**row.document)) if row else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One text that two versions say differently: what it is ("title", "3 faq.answer"), its language, both texts."""

    what: str
    language: str
    before: str
    after: str


def differences(before: Document, after: Document) -> list[Difference]:
    """What one version says differently from another, text by text, in the order of the page."""
    old, new = _flat(before), _flat(after)
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Difference(what, language, old.get((what, language), ""), new.get((what, language), ""))
        for what, language in keys
        if old.get((what, language), "") != new.get((what, language), "")
    ]


def _flat(document: Document) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name in ("title", "description", "body", "slugs"):
        found |= {(name, language): text for language, text in getattr(document, name).items()}
    found["shown in", ""] = ", ".join(document.published)
    for place, block in enumerate(document.blocks, 1):
        _flatten({name: value for name, value in block.items() if name != "id"}, f"{place} {block['kind']}", found)
    return found


def _flatten(value: Any, what: str, found: dict[tuple[str, str], str]) -> None:
    if isinstance(value, dict) and value and all(len(key) == 2 and isinstance(value[key], str) for key in value):
        found |= {(what, language): text for language, text in value.items()}
    elif isinstance(value, dict):
        for name, each in value.items():
            _flatten(each, f"{what}.{name}", found)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for place, each in enumerate(value, 1):
            _flatten(each, f"{what} {place}", found)
    else:
        found[what, ""] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _view(row: PageVersion) -> VersionView:
    return VersionView(
        number=row.number, document=Document(**row.document), made_at=row.made_at, made_by=row.made_by,
        due_at=row.due_at, live=row.page.live_version == row.number,
    )  # fmt: skip
