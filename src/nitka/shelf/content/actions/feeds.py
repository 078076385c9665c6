"""What can be done with feeds of products."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from nitka.ground import clock
from nitka.shelf.content.feed_models import Feed, FeedReport, GoodsClass
from nitka.shelf.content.feeds import FeedView, feed

_LONGEST_CLASS = 300


@transaction.atomic
def set_feed_access(*, kind: str, market: str, language: str, access: str) -> FeedView:
    """Hand a feed out to everybody ("open"), to who knows its address ("secret"), or not at all ("off")."""
    row = _row(kind, market, language)
    row.access = Feed.Access(access)
    if row.access == Feed.Access.SECRET and not row.key:
        row.key = _new_key()
    row.changed_at = clock.now()
    row.save()
    return feed(kind, market, language)


@transaction.atomic
def new_feed_key(*, kind: str, market: str, language: str) -> FeedView:
    """Give a feed another secret address; the old one leads nowhere from now on."""
    row = _row(kind, market, language)
    row.key, row.access, row.changed_at = _new_key(), Feed.Access.SECRET, clock.now()
    row.save()
    return feed(kind, market, language)


@transaction.atomic
def ask_for_feed_check(*, kind: str, market: str, language: str) -> None:
    """Note that the feed is to be looked through."""
    row = _row(kind, market, language)
    row.asked_at = clock.now()
    row.save(update_fields=["asked_at"])


@transaction.atomic
def keep_feed_report(
    *, kind: str, market: str, language: str, items: int, left_out: int, counts: Mapping[str, int],
    findings: Sequence[Mapping[str, Any]],
) -> None:  # fmt: skip
    """Keep what was found, in place of what was found before."""
    row = _row(kind, market, language)
    row.items, row.left_out, row.counts, row.checked_at = items, left_out, dict(counts), clock.now()
    row.save(update_fields=["items", "left_out", "counts", "checked_at"])
    FeedReport.objects.update_or_create(feed=row, defaults={"findings": [dict(each) for each in findings]})


@transaction.atomic
def put_goods_classes(*, classes: Mapping[str, str]) -> None:
    """Say what these categories (by handle) are in Google's taxonomy; an empty name takes it back."""
    said = {handle: " ".join(name.split())[:_LONGEST_CLASS] for handle, name in classes.items()}
    GoodsClass.objects.filter(category__in=[handle for handle, name in said.items() if not name]).delete()
    GoodsClass.objects.bulk_create(
        [GoodsClass(category=handle, name=name) for handle, name in said.items() if name],
        update_conflicts=True, unique_fields=["category"], update_fields=["name"],
    )  # fmt: skip


def _row(kind: str, market: str, language: str) -> Feed:
    Feed.objects.bulk_create([Feed(kind=kind, market=market, language=language)], ignore_conflicts=True)
    return Feed.objects.select_for_update().get(kind=kind, market=market, language=language)


def _new_key() -> str:
    return secrets.token_urlsafe(24)
