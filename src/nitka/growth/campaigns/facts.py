"""What campaigns tells."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class SocialPostSent(Fact, kind="campaigns.social_post_sent", subject="post_id"):
    """A post stands in a network. Told once for each post, and never for what was only kept."""

    post_id: UUID
    network: str


@dataclass(frozen=True, kw_only=True)
class SocialPostFailed(Fact, kind="campaigns.social_post_failed", subject="post_id"):
    """A post was given up; its page says why and what to do."""

    post_id: UUID
    network: str


@dataclass(frozen=True, kw_only=True)
class MentionSeen(Fact, kind="campaigns.mention_seen", subject="mention_id"):
    """Somebody wrote about us in a network. Their words stay in the table."""

    mention_id: UUID
    network: str
    mention_kind: str
