"""Products, many at a time."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell, tell_history
from nitka.ground.ids import new_id
from nitka.shelf.catalog import cleaning, retelling, rows
from nitka.shelf.catalog.actions.put_categories import categories_at
from nitka.shelf.catalog.actions.put_collections import put_relations
from nitka.shelf.catalog.drafts import AttributeDraft, Outcome, ProductDraft, Put, Refusal
from nitka.shelf.catalog.facts import ProductChanged
from nitka.shelf.catalog.files import digest_of
from nitka.shelf.catalog.gallery import put_media, troubles_of
from nitka.shelf.catalog.lock import lock_catalog
from nitka.shelf.catalog.models import Attribute, Media, OwedRebuild, Product, Variant
from nitka.shelf.catalog.problems import DraftRefused, FileRefused


@transaction.atomic
def put_products(*, drafts: Sequence[ProductDraft], history: bool = False, by_hand: bool = False) -> list[Put]:
    """Make or change products, matched by handle (or by the SKUs of their variants), variants by SKU.

    Variants that a draft leaves out are taken off sale; files, relations and texts in languages that it does not speak
    stay. A draft that is the same as the last one put changes nothing. `by_hand` is for what a person changed: it is
    written in any case, and the last file is remembered, so that the same file again leaves it alone. Tells
    ProductChanged for each that changed; as `history` without jobs, and the caller rebuilds what depends on products
    and says so by `rebuilt`. Raises DraftRefused, and then nothing was put.
    """
    outcome = _put(drafts, history, "hand" if by_hand else "whole")
    for refusal in outcome.refusals:
        raise DraftRefused(refusal.reason, handle=refusal.handle, sku=refusal.sku)
    return list(outcome.puts)


@transaction.atomic
def put_sound_products(*, drafts: Sequence[ProductDraft], history: bool = False) -> Outcome:
    """The same for a file, but drafts that cannot be put are named in the outcome, and the others go in.

    Of a product that a file spoke of before only that changes which this file says otherwise: words, options, variants
    and files that were set by hand since stay. A product whose picture alone is refused goes in without it and is in
    both lists.
    """
    return _put(drafts, history, "file")


@transaction.atomic
def rebuilt(*, product_ids: Sequence[UUID]) -> None:
    """Say that what depends on these products was rebuilt after they were put as history."""
    OwedRebuild.objects.filter(product_id__in=product_ids).delete()


def look_at_products(*, drafts: Sequence[ProductDraft], attributes: Sequence[AttributeDraft] = ()) -> Outcome:
    """What `put_sound_products` would answer if these attributes were put before; nothing is written.

    The ids of products and variants that would be made are of no use.
    """
    batch = _read(drafts)
    sound = _sound(batch, {draft.code: (draft.kind, draft.choices) for draft in attributes})
    puts = []
    for draft, row in sound:
        changed = row is None or row.digest != _digest(draft)
        for trouble in troubles_of(draft) if changed else ():
            batch.refuse(draft, trouble)
        known = batch.variants
        ids = {each.sku: known[each.sku][0] if each.sku in known else new_id() for each in draft.variants}
        puts.append(_as_put(row, row or Product(handle=draft.handle), changed, ids))
    return Outcome(puts=tuple(puts), refusals=tuple(batch.refusals))


@dataclass(slots=True)
class _Batch:
    """Drafts on their way in: what they meet in the database, and what becomes of them."""

    drafts: list[ProductDraft]
    products: dict[str, Product]
    variants: dict[str, tuple[UUID, UUID]]
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, draft: ProductDraft, reason: str, sku: str = "") -> None:
        self.refusals.append(Refusal(handle=draft.handle, sku=sku, reason=reason))


def _put(drafts: Sequence[ProductDraft], history: bool, way: str) -> Outcome:
    lock_catalog()
    batch = _read(drafts)
    sound = _sound(batch, {})
    marks: dict[str, rows.Mark] = {}
    changed = []
    for draft, row in sound:
        by_hand = way == "hand"
        digest = (row.digest if row else "") if by_hand else _digest(draft)
        if row is None or row.digest != digest or by_hand:
            changed.append((draft, row))
            marks[draft.handle] = rows.Mark(digest, row.told if row and by_hand else {})
    merged, news = _retold(changed, marks, batch) if way == "file" else (changed, {})
    saved = _save(merged, marks, batch, history)
    puts = []
    for draft, row in sound:
        product = saved.get(draft.handle) or row
        assert product is not None
        ids = {variant.sku: batch.variants[variant.sku][0] for variant in draft.variants}
        put = _as_put(row, product, draft.handle in saved, ids)
        puts.append(replace(put, news=news.get(draft.handle, frozenset(ids) if put.changed else frozenset())))
    _tell([put.product_id for put in puts if put.changed], history)
    return Outcome(puts=tuple(puts), refusals=tuple(batch.refusals))


def _retold(
    changed: list[tuple[ProductDraft, Product | None]], marks: dict[str, rows.Mark], batch: _Batch
) -> tuple[list[tuple[ProductDraft, Product | None]], dict[str, frozenset[str]]]:
    """The drafts with what is in the shop and stays, and which SKUs of each have news."""
    ids = [row.id for _draft, row in changed if row]
    variants, media = defaultdict(list), defaultdict(list)
    for variant in Variant.objects.filter(product_id__in=ids).order_by("position", "sku"):
        variants[variant.product_id].append(variant)
        batch.variants[variant.sku] = (variant.id, variant.product_id)
    for each in Media.objects.filter(product_id__in=ids).order_by("position"):
        media[each.product_id].append(each)
    merged, news = [], {}
    for draft, row in changed:
        told = retelling.told_by(draft)
        marks[draft.handle] = rows.Mark(marks[draft.handle].digest, told)
        if row is not None:
            found = retelling.retold(draft, told, row, variants[row.id], media[row.id])
            draft, news[draft.handle] = found.draft, found.news
        merged.append((draft, row))
    return merged, news


def _as_put(row: Product | None, product: Product, changed: bool, ids: Mapping[str, UUID]) -> Put:
    return Put(product_id=product.id, handle=product.handle, created=row is None, changed=changed, variants=ids)


def _read(drafts: Sequence[ProductDraft]) -> _Batch:
    skus = [cleaning.plain(variant.sku) for draft in drafts for variant in draft.variants]
    known = Variant.objects.filter(sku__in=skus).values_list("sku", "id", "product_id")
    variants = {sku: (id_, product_id) for sku, id_, product_id in known}
    handles = [cleaning.plain(draft.handle) for draft in drafts]
    every = Product.objects.select_related("category", "brand")
    products = {row.handle: row for row in every.filter(handle__in=handles)}
    owners = {product_id for _id, product_id in variants.values()} - {row.id for row in products.values()}
    products |= {row.handle: row for row in every.filter(id__in=owners)}
    return _Batch(drafts=list(drafts), products=products, variants=variants)


def _sound(batch: _Batch, coming: Mapping[str, Any]) -> list[tuple[ProductDraft, Product | None]]:
    codes = {code for draft in batch.drafts for code in draft.attributes}
    attributes = Attribute.objects.filter(code__in=codes).values_list("code", "kind", "choices")
    kinds = {**coming, **{code: (kind, choices) for code, kind, choices in attributes}}
    by_id = {row.id: row for row in batch.products.values()}
    sound: list[tuple[ProductDraft, Product | None]] = []
    met: set[Any] = set()
    for draft in batch.drafts:
        row = batch.products.get(draft.handle) or _by_sku(draft, batch, by_id)
        reason, sku = cleaning.objection(draft, kinds), ""
        if not reason:
            reason, sku = _clash(draft, row, batch, met)
        if reason:
            batch.refuse(draft, reason, sku)
            continue
        met |= {
            draft.handle,
            row.id if row else None,
            *(("sku", variant.sku) for variant in draft.variants),
        } - {None}
        sound.append((draft, row))
    return sound


def _by_sku(draft: ProductDraft, batch: _Batch, by_id: Mapping[UUID, Product]) -> Product | None:
    owners = {batch.variants[variant.sku][1] for variant in draft.variants if variant.sku in batch.variants}
    return by_id[owners.pop()] if len(owners) == 1 else None


def _clash(draft: ProductDraft, row: Product | None, batch: _Batch, met: set[Any]) -> tuple[str, str]:
    if draft.handle in met or (row and row.id in met):
        return _("The product occurs twice."), ""
    for variant in draft.variants:
        owner = batch.variants.get(variant.sku, (None, None))[1]
        if ("sku", variant.sku) in met or (owner is not None and (row is None or owner != row.id)):
            return _("The SKU %(sku)s belongs to another product.") % {"sku": variant.sku}, variant.sku
    return "", ""


def _digest(draft: ProductDraft) -> str:
    content = hashlib.sha256(orjson.dumps(draft, default=str, option=orjson.OPT_SORT_KEYS))
    for media in draft.media:
        if media.path is None:
            continue
        try:
            content.update(digest_of(media.path).encode())
        except FileRefused:
            content.update(b"unreadable")
    return content.hexdigest()


def _save(
    changed: list[tuple[ProductDraft, Product | None]],
    marks: Mapping[str, rows.Mark],
    batch: _Batch,
    history: bool,
) -> dict[str, Product]:
    if not changed:
        return {}
    now = clock.now()
    drafts = [draft for draft, _row in changed]
    places = rows.Places(
        categories=categories_at(((draft.category, draft.language) for draft in drafts), history=history),
        brands=rows.brands_named({draft.brand for draft in drafts if draft.brand}),
    )
    saved = {draft.handle: rows.product_row(draft, row, places, marks[draft.handle], now) for draft, row in changed}
    rows.give_slugs([(draft, saved[draft.handle]) for draft in drafts])
    rows.upsert_products(saved.values())
    rows.save_slugs(saved.values())
    batch.variants |= rows.upsert_variants([(draft, saved[draft.handle]) for draft in drafts], batch.variants)
    rows.put_in_collections([(draft, saved[draft.handle]) for draft in drafts])
    with_media = [(draft, saved[draft.handle]) for draft in drafts if draft.media]
    _note_bad_media(with_media, put_media(with_media), batch)
    related = [(row.handle, other, kind) for draft, row in _pairs(drafts, saved) for other, kind in draft.related]
    if related:
        put_relations(relations=related)
    return saved


def _pairs(drafts: Iterable[ProductDraft], saved: Mapping[str, Product]) -> list[tuple[ProductDraft, Product]]:
    return [(draft, saved[draft.handle]) for draft in drafts]


def _note_bad_media(
    pairs: list[tuple[ProductDraft, Product]], troubles: Mapping[UUID, list[str]], batch: _Batch
) -> None:
    for draft, row in pairs:
        for trouble in troubles.get(row.id, ()):
            batch.refuse(draft, trouble)
    # Without its digest the product is looked at again when the file is put next, and the picture may be mended.
    for _draft, row in pairs:
        if row.id in troubles:
            row.digest, row.told = "", {**row.told, "media": {"is": "", "files": []}} if row.told else {}
            row.save(update_fields=["digest", "told"])


def _tell(product_ids: list[UUID], history: bool) -> None:
    if history:
        now = clock.now()
        OwedRebuild.objects.bulk_create([OwedRebuild(product_id=one) for one in product_ids], ignore_conflicts=True)
        tell_history([(ProductChanged(product_id=product_id), now) for product_id in product_ids])
        return
    for product_id in product_ids:
        tell(ProductChanged(product_id=product_id))
