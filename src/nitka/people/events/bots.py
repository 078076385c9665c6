"""Machines among the visitors, by what they say of themselves. Flagged, kept apart, never dropped.

What they do (too fast, in bursts, without reading) is judged over a visit, in `visits`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

# Browsers that nobody sits before, and programs that are no browsers, beyond the published list.
MARKS = (
    r"headless", r"phantomjs", r"electron(?=.*playwright)", r"playwright", r"puppeteer", r"selenium", r"webdriver",
    r"cypress", r"\bbot\b", r"crawler", r"spider", r"scrapy", r"lighthouse", r"pagespeed", r"chrome-lighthouse",
    r"^mozilla/5\.0$", r"^mozilla/4\.0$", r"^-$", r"\(compatible;?\)$", r"httpclient", r"^curl/", r"^wget/",
    r"python-requests", r"python-urllib", r"aiohttp", r"^go-http-client", r"^java/", r"okhttp/?$", r"libwww",
)  # fmt: skip


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    published = [each["pattern"] for each in CRAWLER_USER_AGENTS_DATA]
    # A few dozen at a time: one pattern of all is slower to search than several of some.
    groups = [published[start : start + 40] for start in range(0, len(published), 40)]
    return (re.compile("|".join(MARKS), re.IGNORECASE), *(re.compile("|".join(group)) for group in groups))


@lru_cache(maxsize=50_000)
def is_bot(user_agent: str) -> bool:
    """Whether a user agent is empty, names itself a machine, or bears the marks of a browser without a person."""
    text = user_agent.strip()
    return not text or any(pattern.search(text) for pattern in _patterns())


def judge(header: str, context: Mapping[str, Any], *, from_browser: bool) -> bool:
    """Whether an event came from a machine.

    From a browser's source the event's own user agent counts, else the request's `User-Agent` header, and an empty one
    is a mark. From a server's source the header is the server's: only what the event says of its visitor counts.
    """
    said = context.get("userAgent")
    agent = said[:1000] if isinstance(said, str) else ""
    if context.get("webdriver") is True:
        return True
    if from_browser:
        return is_bot(agent or header[:1000])
    return bool(agent) and is_bot(agent)
