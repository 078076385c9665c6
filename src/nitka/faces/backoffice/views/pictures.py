"""Pictures of a product: upload, order, words for those who do not see them."""

from dataclasses import replace
from pathlib import PurePath
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.drafts import draft_of, media_drafts
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.pages import say
from nitka.faces.backoffice.views.product import back_to, found
from nitka.shelf.catalog import actions as catalog_actions

MOST_BYTES = 30 * 1024 * 1024
# By ending: browsers do not know what a model is and send it as anything. What is inside is looked at by the catalogue.
KINDS = {".pdf": "document", ".mp4": "video", ".webm": "video", ".glb": "model", ".usdz": "model"}


@require_POST
@staff("catalog.edit")
def upload(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Add files after those that are there."""
    source = found(product_id)
    files = request.FILES.getlist("files")
    if not files:
        say(request, _("Choose at least one file first."), "warn")
    taken = 0
    for file in files:
        if (file.size or 0) > MOST_BYTES:
            say(request, _("%(name)s is larger than 30 MB.") % {"name": file.name}, "error")
            continue
        content, name = file.read(), file.name or "file"
        kind = KINDS.get(PurePath(name).suffix.lower(), "picture")
        taken += do(
            request,
            lambda content=content, name=name, kind=kind: catalog_actions.add_media(  # type: ignore[misc]
                product_id=product_id, content=content, name=name, kind=kind
            ),
            verb="product.picture", subject=source.handle, detail={"file": name},
        ).done  # fmt: skip
    if taken:
        say(
            request,
            ngettext(
                "%(n)d file was added; its smaller sizes are being made.",
                "%(n)d files were added; their smaller sizes are being made.",
                taken,
            )
            % {"n": taken},
        )  # fmt: skip
    return back_to(product_id, "pictures")


@require_POST
@staff("catalog.edit")
def save(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Save order and alt texts, in the language of the page."""
    source = found(product_id)
    language = request.language  # type: ignore[attr-defined]
    drafts = media_drafts(source)
    for key, draft in drafts.items():
        alt = request.POST.get(f"alt.{key}")
        if alt is not None:
            drafts[key] = replace(draft, alt={**draft.alt, language: alt})

    def wish(key: str) -> tuple[float, int]:
        text = request.POST.get(f"position.{key}", "").replace(",", ".")
        try:
            return float(text), drafts[key].position
        except ValueError:
            return float("inf"), drafts[key].position

    ordered = [replace(drafts[key], position=place) for place, key in enumerate(sorted(drafts, key=wish))]
    do(
        request, lambda: catalog_actions.put_products(drafts=[draft_of(source, media=tuple(ordered))], by_hand=True),
        verb="product.pictures", subject=source.handle, said=_("Order and descriptions are saved."),
    )  # fmt: skip
    return back_to(product_id, "pictures")


@require_POST
@staff("catalog.edit")
def remove(request: HttpRequest, product_id: UUID, media_id: UUID) -> HttpResponse:
    """Take a file off the product."""
    source = found(product_id)
    if any(media.id == media_id for media in source.media):
        do(
            request, lambda: catalog_actions.remove_media(media_id=media_id), verb="product.picture_removed",
            subject=source.handle, said=_("The file is off the product."),
        )  # fmt: skip
    return back_to(product_id, "pictures")
