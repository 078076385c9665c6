"""From a version to what shoppers see."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.shelf.content.checked_document import refuse_taken_slugs
from nitka.shelf.content.document import Document
from nitka.shelf.content.facts import PageChanged
from nitka.shelf.content.forgetting import forget_now_and_later
from nitka.shelf.content.models import Page, PageSlug, PageVersion


def add_version(
    page: Page, document: Document, *, made_by: UUID | None = None, due_at: datetime | None = None
) -> PageVersion:
    """Keep what was saved. The same as the newest version is that version again, so repeated loads add none."""
    newest = PageVersion.objects.filter(page=page).order_by("-number").first()
    said = document.as_json()
    if newest is not None and newest.document == said:
        if newest.due_at != due_at:
            newest.due_at = due_at
            newest.save(update_fields=["due_at"])
        return newest
    number = (PageVersion.objects.filter(page=page).aggregate(last=Max("number"))["last"] or 0) + 1
    # What a later save says comes instead of what waited.
    PageVersion.objects.filter(page=page, due_at__isnull=False).update(due_at=None)
    return PageVersion.objects.create(
        page=page, number=number, document=said, made_by=made_by, due_at=due_at, made_at=clock.now()
    )


def shows(page: Page, version: PageVersion) -> bool:
    """Whether shoppers see this very version."""
    return page.live_version == version.number and page.published == version.document["published"]


def lay_out(page: Page, version: PageVersion) -> None:
    """Show the version. Its addresses and all before lead to the page for ever."""
    document = Document(**version.document)
    refuse_taken_slugs(document, page, page.slug)
    for name in ("title", "description", "body", "slugs"):
        setattr(page, name, dict(getattr(document, name)))
    page.blocks = list(document.blocks)
    page.written = document.written
    page.published = [each for each in document.published if each in page.written]
    page.live_version, page.changed_at = version.number, clock.now()
    page.save()
    PageSlug.objects.bulk_create(
        [PageSlug(slug=slug, page=page) for slug in sorted({page.slug, *page.slugs.values()})], ignore_conflicts=True
    )
    PageVersion.objects.filter(page=page, due_at__isnull=False, number__lte=version.number).update(due_at=None)
    tell_changed(page)


def tell_changed(page: Page) -> None:
    """Say that shoppers see something else now."""
    tell(PageChanged(page_id=page.id, slug=page.slug))
    forget_now_and_later()
