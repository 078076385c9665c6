"""A page as it shall be shown, at once or at its time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from nitka.ground import clock
from nitka.shelf.content.checked_document import checked_document, page_to_write
from nitka.shelf.content.document import Document, Draft
from nitka.shelf.content.models import Page
from nitka.shelf.content.publishing import add_version, lay_out, shows


@transaction.atomic
def put_page(
    *,
    draft: Draft,
    position: int = 0,
    publish_at: datetime | None = None,
    unpublish_at: datetime | None = None,
    made_by: UUID | None = None,
) -> UUID:
    """Make or change a page, found by its slug, and show it.

    With `publish_at` in the future it is kept as a version until then; after `unpublish_at` nobody sees the page.
    Putting what is there changes nothing.

    Raises ContentProblem for an unknown kind, language, block or filling, a language published without title and
    text, or an address that another page has or had.
    """
    document = checked_document(draft)
    row = page_to_write(slug=draft.slug, kind=draft.kind, document=document, position=position)
    _put(row, document, (draft.kind, position, unpublish_at), publish_at, made_by)
    return row.id


def _put(
    row: Page, document: Document, place: tuple[str, int, datetime | None], publish_at: datetime | None,
    made_by: UUID | None,
) -> None:  # fmt: skip
    before = (row.kind, row.position, row.unpublish_at)
    row.kind, row.position, row.unpublish_at = place
    waits = publish_at is not None and publish_at > clock.now()
    version = add_version(row, document, made_by=made_by, due_at=publish_at if waits else None)
    if waits:
        row.save(update_fields=["kind", "position", "unpublish_at"])
    elif not shows(row, version) or before != place:
        lay_out(row, version)
