"""What events tells of its sources. What shoppers do are events, not facts."""

from dataclasses import dataclass

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class SourceMade(Fact, kind="events.source_made", subject="source_code"):
    """Somebody new may send events."""

    source_code: str
    source_kind: str
    trusted: bool


@dataclass(frozen=True, kw_only=True)
class SourceEnded(Fact, kind="events.source_ended", subject="source_code"):
    """A write key is no longer taken."""

    source_code: str
