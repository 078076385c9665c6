"""What a page may say: every document is checked when it is saved."""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from nitka.ground.locale import LANGUAGE_NAMES, LANGUAGES
from nitka.shelf.content import fillings, queries
from nitka.shelf.content.blocks.checked import checked, texts_of
from nitka.shelf.content.document import Document, Draft
from nitka.shelf.content.models import Page, PageSlug
from nitka.shelf.content.problems import ContentProblem

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80


def checked_document(given: Draft) -> Document:
    """The document, or ContentProblem. `published` None means every language that is written."""
    texts = {"title": given.title, "description": given.description, "body": given.body}
    if any(set(each) - set(LANGUAGES) for each in (*texts.values(), given.slugs)):
        raise ContentProblem(_("Write the page in the languages of the shop."), field="title")
    kept = {name: {code: text for code, text in by.items() if text} for name, by in texts.items()}
    draft = Document(
        title=kept["title"], description=kept["description"], body=kept["body"], blocks=checked(given.blocks),
        slugs=_checked_slugs(given.slugs),
    )  # fmt: skip
    ready = draft.written
    shown = ready if given.published is None else [each for each in LANGUAGES if each in given.published]
    if missing := [each for each in shown if each not in ready]:
        raise ContentProblem(
            _("The page has no title or no text in %(language)s yet.") % {"language": LANGUAGE_NAMES[missing[0]]},
            field="published",
        )
    _refuse_unknown_fillings(draft)
    return replace(draft, published=shown)


def _checked_slugs(slugs: Mapping[str, str]) -> dict[str, str]:
    found = {code: slug.strip() for code, slug in slugs.items() if slug and slug.strip()}
    if wrong := [slug for slug in found.values() if len(slug) > LONGEST_SLUG or not _SLUG.fullmatch(slug)]:
        raise ContentProblem(
            _("“%(slug)s” is no address: write small Latin letters, digits and hyphens.") % {"slug": wrong[0]},
            field="slugs",
        )
    return found


def _refuse_unknown_fillings(document: Document) -> None:
    texts = [*document.title.values(), *document.description.values(), *document.body.values()]
    texts += [text for _place, _field, by in texts_of(document.blocks) for text in by.values()]
    known = queries.fillings().keys()
    if unknown := sorted({name for text in texts for name in fillings.names_in(text)} - known):
        raise ContentProblem(
            _("Nothing is known that could stand for %(name)s.") % {"name": unknown[0]}, field="body", name=unknown[0]
        )


def page_to_write(*, slug: str, kind: str, document: Document, position: int = 0) -> Page:
    """The page that says this, locked; a new one where there is none. Raises ContentProblem."""
    if kind not in Page.Kind.values:
        raise ContentProblem(_("Choose what kind of page it is."), field="kind")
    row = Page.objects.select_for_update().filter(slug=slug).first()
    refuse_taken_slugs(document, row, slug)
    return row or Page.objects.create(slug=slug, kind=kind, position=position, title=document.title)


def refuse_taken_slugs(document: Document, page: Page | None, handle: str) -> None:
    """An address leads to one page for ever, so another page may not have what one once had."""
    wanted = {handle, *document.slugs.values()}
    taken = PageSlug.objects.filter(slug__in=wanted)
    others = Page.objects.filter(slug__in=document.slugs.values())
    if page is not None:
        taken, others = taken.exclude(page=page), others.exclude(id=page.id)
    clash = taken.values_list("slug", flat=True).first() or others.values_list("slug", flat=True).first()
    if clash:
        raise ContentProblem(
            _("The address %(slug)s belongs to another page. Choose another.") % {"slug": clash}, field="slugs"
        )
