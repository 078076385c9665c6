"""Questions about posts and mentions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from nitka.growth.campaigns.links import link_of
from nitka.growth.campaigns.models import Mention, Network, SocialPost
from nitka.growth.campaigns.providers import provider_of

__all__ = ["NETWORKS", "PostView", "connected", "counts", "mention_rows", "new_mentions", "post", "post_rows"]

NETWORKS: Mapping[str, str] = {value: str(label) for value, label in Network.choices}


@dataclass(frozen=True, kw_only=True, slots=True)
class PostView:
    """A post as its page shows it. `link` is the whole address with its utm parameters."""

    id: UUID
    network: str
    language: str
    kind: str
    text: str
    path: str
    link: str
    picture: str
    picture_alt: str
    state: str
    scheduled_at: datetime | None
    due_at: datetime | None
    sent_at: datetime | None
    tries: int
    unsure: bool
    outside_address: str
    shown: str
    trouble: str

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in ("draft", "scheduled", "failed")


def post(post_id: UUID) -> PostView | None:
    """One post, or None."""
    row = SocialPost.objects.filter(id=post_id).first()
    if row is None:
        return None
    return PostView(
        id=row.id, network=row.network, language=row.language, kind=row.kind, text=row.text, path=row.path,
        link=link_of(row), picture=settings.MEDIA_URL + row.picture if row.picture else "",
        picture_alt=row.picture_alt, state=row.state, scheduled_at=row.scheduled_at, due_at=row.due_at,
        sent_at=row.sent_at, tries=row.tries, unsure=row.unsure, outside_address=row.outside_address,
        shown=row.shown, trouble=row.trouble,
    )  # fmt: skip


def post_rows(state: str = "") -> QuerySet[SocialPost]:
    """Posts for back-office tables, all or those in that state."""
    rows = SocialPost.objects.all()
    return rows.filter(state=state) if state else rows


def counts() -> dict[str, int]:
    """How many posts are in which state."""
    return dict(SocialPost.objects.values_list("state").annotate(n=Count("id")))


def connected() -> dict[str, bool]:
    """Network → whether what is due really leaves the house."""
    return {network: provider_of(network).NAME != "dry_run" for network in Network.values}


def mention_rows(state: str = "") -> QuerySet[Mention]:
    """Mentions for back-office tables, without those that were forgotten."""
    rows = Mention.objects.filter(forgotten=False)
    return rows.filter(state=state) if state else rows


def new_mentions() -> int:
    """How many nobody has looked at."""
    return mention_rows(Mention.State.NEW).count()
