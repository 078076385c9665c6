"""What can be done with posts for social networks, and with what is said of us there."""

from nitka.growth.campaigns.actions.draft import draft_news
from nitka.growth.campaigns.actions.listen import (
    clear_old_mentions,
    forget_mention,
    link_mention,
    read_mentions,
    set_mention_done,
)
from nitka.growth.campaigns.actions.send import send_due, send_post
from nitka.growth.campaigns.actions.write import delete_post, put_post, schedule_post, send_now, take_back

__all__ = [
    "clear_old_mentions", "delete_post", "draft_news", "forget_mention", "link_mention", "put_post", "read_mentions",
    "schedule_post", "send_due", "send_now", "send_post", "set_mention_done", "take_back",
]  # fmt: skip
