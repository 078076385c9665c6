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
from nitka.people.events.actions.sources import SourceProblem, end_source, put_built_in_sources, put_source

__all__ = [
    "ChannelRuleProblem",
    "SourceProblem",
    "end_source",
    "move_channel_rule",
    "put_built_in_sources",
    "put_channel_rule",
    "put_source",
    "reapply_channels",
    "remove_channel_rule",
    "restore_channel_rules",
    "set_quiet_hosts",
]
