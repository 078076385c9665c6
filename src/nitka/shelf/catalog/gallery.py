"""The files of many products at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from nitka.ground.facts import jobs
from nitka.ground.ids import new_id
from nitka.shelf.catalog import cleaning
from nitka.shelf.catalog.drafts import MediaDraft, ProductDraft
from nitka.shelf.catalog.files import Stored, check, store
from nitka.shelf.catalog.models import Media, Product
from nitka.shelf.catalog.problems import FileRefused

_Key = tuple[str, str, tuple[tuple[str, str], ...]]


def put_media(pairs: Sequence[tuple[ProductDraft, Product]]) -> dict[UUID, list[str]]:
    """Give the products the files of their drafts, in place of those they had. Product → why a file was refused."""
    troubles: dict[UUID, list[str]] = defaultdict(list)
    old: dict[UUID, dict[_Key, Media]] = defaultdict(dict)
    for media in Media.objects.filter(product_id__in=[row.id for _draft, row in pairs]):
        old[media.product_id][_key(media.kind, media.file, media.options)] = media
    rows: list[Media] = []
    for draft, product in pairs:
        for place, part in enumerate(draft.media):
            if part.path is None:
                continue  # an address alone: nothing is fetched
            try:
                stored = store(part.path, part.kind)
            except FileRefused as refusal:
                troubles[product.id].append(refusal.message)
                continue
            was = old[product.id].pop(_key(part.kind, stored.file, part.options), None)
            rows.append(row_of(part, stored, product, place, was))
    Media.objects.filter(id__in=[media.id for left in old.values() for media in left.values()]).delete()
    Media.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["alt", "title", "position", "outline"],
        batch_size=500,
    )
    order_renditions(row.product_id for row in rows if row.kind == Media.Kind.PICTURE and row.made_at is None)
    return dict(troubles)


def troubles_of(draft: ProductDraft) -> list[str]:
    """Why files of the draft would be refused."""
    found = []
    for part in draft.media:
        try:
            if part.path is not None:
                check(part.path, part.kind)
        except FileRefused as refusal:
            found.append(refusal.message)
    return found


def row_of(draft: MediaDraft, stored: Stored, product: Product, place: int, was: Media | None) -> Media:
    """The row of a file that is kept."""
    return Media(
        id=was.id if was else new_id(), product_id=product.id, kind=draft.kind, file=stored.file,
        alt=cleaning.texts(draft.alt) or product.title, title=cleaning.texts(draft.title), options=dict(draft.options),
        position=draft.position or place, size=stored.size, width=stored.width, height=stored.height,
        placeholder=stored.placeholder, renditions=was.renditions if was else {}, made_at=was.made_at if was else None,
        outline=list(draft.outline),
    )  # fmt: skip


def order_renditions(product_ids: Iterable[UUID]) -> None:
    """Have a worker make the sizes of these products' pictures."""
    from nitka.shelf.catalog.tasks import make_renditions

    jobs.enqueue(
        jobs.job(make_renditions.name, queue="media", lock=None, arguments={"product_id": str(product_id)})
        for product_id in dict.fromkeys(product_ids)
    )


def _key(kind: str, file: str, options: object) -> _Key:
    return kind, file, tuple(sorted(dict(options).items()))  # type: ignore[call-overload]
