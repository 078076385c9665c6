"""Verbs of events."""

from nitka.people.events.actions.collect import BadBody, NotNow, collect, open_body
from nitka.people.events.actions.sources import SourceProblem, end_source, put_built_in_sources, put_source

__all__ = [
    "BadBody",
    "NotNow",
    "SourceProblem",
    "collect",
    "end_source",
    "open_body",
    "put_built_in_sources",
    "put_source",
]
