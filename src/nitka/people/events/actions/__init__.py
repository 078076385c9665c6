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
from nitka.people.events.actions.erasing import erase_in_archive
from nitka.people.events.actions.keeping import (
    ArchiveProblem,
    Exported,
    Replayed,
    export_events,
    let_go,
    make_months_ready,
    read_months,
    replay_events,
)
from nitka.people.events.actions.sources import SourceProblem, end_source, put_built_in_sources, put_source

__all__ = [
    "ArchiveProblem",
    "BadBody",
    "ChannelRuleProblem",
    "Exported",
    "NotNow",
    "Replayed",
    "SourceProblem",
    "collect",
    "end_source",
    "erase_in_archive",
    "export_events",
    "let_go",
    "make_months_ready",
    "move_channel_rule",
    "open_body",
    "put_built_in_sources",
    "put_channel_rule",
    "put_source",
    "read_months",
    "reapply_channels",
    "remove_channel_rule",
    "replay_events",
    "restore_channel_rules",
    "set_quiet_hosts",
]
