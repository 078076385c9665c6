"""Verbs of events."""

from nitka.people.events.actions.channels import (
    ChannelRuleProblem,
    move_channel_rule,
    put_channel_rule,
    reapply_channels,
    remove_channel_rule,
    restore_channel_rules,
    set_quiet_hosts,
)
from nitka.people.events.actions.collect import BadBody, NotNow, collect, open_body
from nitka.people.events.actions.sources import SourceProblem, end_source, put_built_in_sources, put_source

__all__ = [
    "BadBody",
    "ChannelRuleProblem",
    "NotNow",
    "SourceProblem",
    "collect",
    "end_source",
    "move_channel_rule",
    "open_body",
    "put_built_in_sources",
    "put_channel_rule",
    "put_source",
    "reapply_channels",
    "remove_channel_rule",
    "restore_channel_rules",
    "set_quiet_hosts",
]
