"""Channels and their conditions in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_SHOWN = 4


def channel_name(channel: str) -> str:
    """A built-in channel in the reader's language; one that the merchant made as they wrote it."""
    names = {
        "direct": _("Direct"), "cross_network": _("Across networks"), "paid_shopping": _("Paid shopping"),
        "paid_search": _("Paid search"), "paid_social": _("Paid social"), "paid_video": _("Paid video"),
        "display": _("Display"), "paid_other": _("Other paid"), "ai_assistants": _("AI assistants"),
        "email": _("E-mail"), "affiliates": _("Affiliates"), "organic_shopping": _("Shopping sites"),
        "organic_social": _("Social media"), "organic_video": _("Video"), "organic_search": _("Search"),
        "referral": _("Other sites"), "audio": _("Audio"), "sms": _("SMS"), "push": _("Push messages"),
        "unassigned": _("Unassigned"),
    }  # fmt: skip
    return names.get(channel, channel)


def field_names() -> dict[str, str]:
    """What a rule can look at."""
    return {
        "source": _("Source"), "medium": _("Medium"), "campaign": _("Campaign"), "click": _("Click id"),
        "referrer": _("Came from"),
    }  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """One condition of a rule: what it looks at, the first patterns, and how many more there are."""

    name: str
    patterns: Sequence[str]
    more: int


def conditions(of: Mapping[str, Sequence[str]]) -> list[Condition]:
    """The conditions of a rule, for its line in the list."""
    names = field_names()
    return [
        Condition(names[field], patterns[:MOST_SHOWN], max(0, len(patterns) - MOST_SHOWN))
        for field, patterns in of.items()
    ]
