"""One product, changed by hand."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.shelf.catalog import cleaning, rows
from nitka.shelf.catalog.drafts import ProductDraft, Texts
from nitka.shelf.catalog.facts import ProductChanged
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Attribute, Category, Product
from nitka.shelf.catalog.problems import DraftRefused, UnknownProduct


@transaction.atomic
def publish(*, product_id: UUID) -> None:
    """Put the product on sale; the first time is remembered. Raises UnknownProduct."""
    _set_status(product_id, Product.Status.PUBLISHED)


@transaction.atomic
def unpublish(*, product_id: UUID) -> None:
    """Make it a draft again, which shoppers do not see. Raises UnknownProduct."""
    _set_status(product_id, Product.Status.DRAFT)


@transaction.atomic
def archive(*, product_id: UUID) -> None:
    """Take it off sale for good; orders go on knowing it. Raises UnknownProduct."""
    _set_status(product_id, Product.Status.ARCHIVED)


def _set_status(product_id: UUID, status: str) -> None:
    row = _locked(product_id)
    if row.status == status:
        return
    row.status, row.updated_at = status, clock.now()
    if status == Product.Status.PUBLISHED and row.published_at is None:
        row.published_at = row.updated_at
    row.save(update_fields=["status", "updated_at", "published_at"])
    tell(ProductChanged(product_id=product_id))


@transaction.atomic
def edit_product(
    *,
    product_id: UUID,
    title: Texts | None = None,
    summary: Texts | None = None,
    description: Texts | None = None,
    seo_title: Texts | None = None,
    seo_description: Texts | None = None,
    slug: Texts | None = None,
    category_id: UUID | None = None,
    brand: str | None = None,
    tags: Sequence[str] | None = None,
    attributes: Mapping[str, Any] | None = None,
    position: int | None = None,
    hs_code: str | None = None,
    origin_country: str | None = None,
    customs_name: str | None = None,
) -> None:
    """Change what is given and leave the rest. Texts are merged by language; an empty one goes.

    Attributes are merged by code; None takes one away. Raises UnknownProduct, or DraftRefused with the reason.
    """
    lock_catalog()
    row = _locked(product_id)
    plain = {"title": title, "summary": summary, "seo_title": seo_title, "seo_description": seo_description}
    _set_texts(row, plain, description)
    _set_customs(row, hs_code, origin_country, customs_name)
    if attributes is not None:
        row.attributes = _merged(row.attributes, attributes)
    if category_id is not None:
        row.category = _category(category_id)
    if brand is not None:
        row.brand_id = rows.brands_named({brand})[brand] if brand.strip() else None
    if tags is not None:
        row.tags = [tag[:200] for tag in dict.fromkeys(map(cleaning.plain, tags)) if tag]
    if title is not None or slug is not None:
        _readdress(row, slug or {})
    row.position, row.updated_at = row.position if position is None else position, clock.now()
    row.save()
    tell(ProductChanged(product_id=product_id))


def _set_texts(row: Product, plain: Mapping[str, Texts | None], description: Texts | None) -> None:
    for name, given in plain.items():
        if given is not None:
            setattr(row, name, cleaning.texts({**getattr(row, name), **given}))
    if description is not None:
        row.description = cleaning.html({**row.description, **description})
    if not row.title or max(map(len, row.title.values())) > cleaning.MAX_TITLE:
        raise DraftRefused(_("The title is missing or too long."))


def _set_customs(row: Product, hs_code: str | None, origin: str | None, name: str | None) -> None:
    """What customs ask: six to ten digits, the country where it was made, and plain English words."""
    told = cleaning.customs(hs_code, origin, name)
    if trouble := cleaning.customs_objection(told):
        raise DraftRefused(trouble)
    for field, value in told.items():
        if value is not None:
            setattr(row, field, value)


def _locked(product_id: UUID) -> Product:
    row = Product.objects.select_for_update().filter(id=product_id).first()
    if row is None:
        raise UnknownProduct(_("There is no such product."))
    return row


def _merged(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    known = Attribute.objects.filter(code__in=given).values_list("code", "kind", "choices")
    kinds = {code: (kind, choices) for code, kind, choices in known}
    trouble = cleaning.attributes_objection({code: value for code, value in given.items() if value is not None}, kinds)
    if trouble:
        raise DraftRefused(trouble)
    return cleaning.values({**before, **given})


def _category(category_id: UUID) -> Category:
    row = Category.objects.filter(id=category_id).first()
    if row is None:
        raise DraftRefused(_("There is no such category."))
    return row


def _readdress(row: Product, slug: Texts) -> None:
    draft = ProductDraft(handle=row.handle, title=row.title, slug=slug, variants=())
    rows.give_slugs([(draft, row)])
    rows.save_slugs([row])
