"""Verbs of events."""

from nitka.people.events.actions.sources import SourceProblem, end_source, put_built_in_sources, put_source

__all__ = ["SourceProblem", "end_source", "put_built_in_sources", "put_source"]
