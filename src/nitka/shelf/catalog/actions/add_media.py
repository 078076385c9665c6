"""Files of one product."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.shelf.catalog.drafts import MediaDraft
from nitka.shelf.catalog.facts import ProductChanged
from nitka.shelf.catalog.files import store, store_content
from nitka.shelf.catalog.gallery import order_renditions, row_of
from nitka.shelf.catalog.models import Media, Product
from nitka.shelf.catalog.problems import FileRefused, UnknownProduct


@transaction.atomic
def add_media(
    *,
    product_id: UUID,
    path: Path | None = None,
    content: bytes | None = None,
    name: str = "",
    kind: str = "picture",
    alt: Mapping[str, str] | None = None,
    title: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
) -> UUID:
    """Add a file (by path, or the content of an upload) after the product's others. A second time changes nothing.

    Raises FileRefused for what is broken, too large or of another kind, UnknownProduct for an unknown product.
    """
    product = Product.objects.select_for_update().filter(id=product_id).first()
    if product is None:
        raise UnknownProduct(_("There is no such product."))
    if kind not in Media.Kind.values or (path is None) == (content is None):
        raise FileRefused(_("A file needs a kind, and either a path or a content."))
    stored = store(path, kind) if path else store_content(content or b"", kind, name or kind)
    own = Media.objects.filter(product_id=product_id)
    same = own.filter(file=stored.file, options=dict(options or {})).values_list("id", flat=True).first()
    if same is not None:
        return same
    last = own.aggregate(last=Max("position"))["last"]
    draft = MediaDraft(kind=kind, alt=alt or {}, title=title or {}, options=options or {})
    row = row_of(draft, stored, product, 0 if last is None else last + 1, None)
    row.save(force_insert=True)
    tell(ProductChanged(product_id=product_id))
    if kind == Media.Kind.PICTURE:
        order_renditions([product_id])
    return row.id


@transaction.atomic
def remove_media(*, media_id: UUID) -> None:
    """Take a file off its product. The file itself stays, since others may show it. Nothing happens twice."""
    row = Media.objects.filter(id=media_id).first()
    if row is not None:
        row.delete()
        tell(ProductChanged(product_id=row.product_id))
