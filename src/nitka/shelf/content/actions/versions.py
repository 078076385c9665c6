"""Writing without showing, showing later, and bringing back what was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.shelf.content.checked_document import checked_document, page_to_write
from nitka.shelf.content.document import Document, Draft
from nitka.shelf.content.models import Page, PageVersion
from nitka.shelf.content.problems import NewerVersion, UnknownPage
from nitka.shelf.content.publishing import add_version, lay_out, tell_changed


@transaction.atomic
def save_draft(
    *,
    draft: Draft,
    made_by: UUID | None = None,
    begun: int | None = None,
) -> int:
    """Keep what is being written as a new version that shoppers do not see; returns its number.

    Makes the page (shown nowhere) where there is none. `begun` is the version that the writer started from (0: there
    was none); None writes over whatever is newest. Raises ContentProblem as `put_page` does, and NewerVersion where
    somebody saved something else since then.
    """
    document = checked_document(draft)
    row = page_to_write(slug=draft.slug, kind=draft.kind, document=document)
    if begun is not None:
        _refuse_older(row, document, begun)
    return add_version(row, document, made_by=made_by).number


def _refuse_older(page: Page, document: Document, begun: int) -> None:
    newest = PageVersion.objects.filter(page=page).order_by("-number").first()
    if newest is not None and newest.number > begun and newest.document != document.as_json():
        raise NewerVersion(
            _("Somebody saved this page while you were writing. Your text stands here and is not saved yet: look at"
              " what they changed, then save again to put yours in its place. Both stay among the versions."),
            newest=newest.number,
        )  # fmt: skip


@transaction.atomic
def publish_version(*, slug: str, number: int, at: datetime | None = None) -> None:
    """Show a version of the page to shoppers: now, or at a moment to come. Raises UnknownPage, ContentProblem."""
    page, version = _version(slug, number)
    if at is not None and at > clock.now():
        PageVersion.objects.filter(page=page, due_at__isnull=False).update(due_at=None)
        PageVersion.objects.filter(id=version.id).update(due_at=at)
        return
    lay_out(page, version)


@transaction.atomic
def bring_back(*, slug: str, number: int, made_by: UUID | None = None) -> int:
    """Make what an old version said the newest version; it is shown once that is published. Returns its number."""
    page, version = _version(slug, number)
    return add_version(page, Document(**version.document), made_by=made_by).number


@transaction.atomic
def place_page(*, slug: str, position: int, unpublish_at: datetime | None) -> None:
    """Say where a page stands among those of its kind, and until when it is shown. Raises UnknownPage."""
    page = Page.objects.select_for_update().filter(slug=slug).first()
    if page is None:
        raise UnknownPage(_("There is no such page."))
    if (page.position, page.unpublish_at) != (position, unpublish_at):
        page.position, page.unpublish_at, page.changed_at = min(position, 30_000), unpublish_at, clock.now()
        page.save(update_fields=["position", "unpublish_at", "changed_at"])
        tell_changed(page)


def publish_due() -> int:
    """Show what is due, and say of pages whose time is over that they changed. Returns how many; the clock asks."""
    due = PageVersion.objects.filter(due_at__lte=clock.now()).order_by("due_at", "number")
    done = sum(_publish_one(slug, number) for slug, number in due.values_list("page__slug", "number"))
    over = Q(unpublish_at__lte=clock.now()) & ~Q(published=[])
    return done + sum(_end_one(id_) for id_ in Page.objects.filter(over).values_list("id", flat=True))


@transaction.atomic
def _publish_one(slug: str, number: int) -> int:
    page, version = _version(slug, number)
    if version.due_at is None or version.due_at > clock.now():
        return 0  # another worker was here, or it was put off
    lay_out(page, version)
    return 1


@transaction.atomic
def _end_one(page_id: UUID) -> int:
    page = Page.objects.select_for_update().get(id=page_id)
    if not page.published or page.unpublish_at is None or page.unpublish_at > clock.now():
        return 0
    page.published, page.changed_at = [], clock.now()
    page.save(update_fields=["published", "changed_at"])
    tell_changed(page)
    return 1


def _version(slug: str, number: int) -> tuple[Page, PageVersion]:
    page = Page.objects.select_for_update().filter(slug=slug).first()
    version = PageVersion.objects.filter(page=page, number=number).first() if page else None
    if page is None or version is None:
        raise UnknownPage(_("There is no such version of this page. Reload to see which there are."))
    return page, version
