"""Machines among the visitors, by what they say of themselves."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_MARKS = re.compile(r"bot\b|crawl|spider|headless|lighthouse|curl/|wget/|python-requests", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def is_bot(user_agent: str) -> bool:
    """Whether a user agent is empty or names itself a machine."""
    return not user_agent.strip() or bool(_MARKS.search(user_agent))


def judge(header: str, context: Mapping[str, Any], *, from_browser: bool) -> bool:
    """Whether an event came from a machine: what it says itself counts, and from browsers the request's header."""
    said = context.get("userAgent")
    agent = said[:1000] if isinstance(said, str) else ""
    if from_browser:
        return is_bot(agent or header[:1000])
    return bool(agent) and is_bot(agent)
