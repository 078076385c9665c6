"""What somebody holds in their hand, from the words that their browser says of itself."""

import re
from functools import lru_cache
from typing import Any

# The order matters: Edge calls itself Chrome as well, and Chrome calls itself Safari.
_BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"), ("Opera", r"\bOPR/|\bOpera\b"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Yandex", r"YaBrowser/"), ("Vivaldi", r"Vivaldi/"), ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Version/[\d.]+.*Safari/"), ("App", r"CFNetwork|okhttp|Dart/"),
)  # fmt: skip
_SYSTEMS = (
    ("iOS", r"iPhone|iPad|iPod"), ("Android", r"Android"), ("Windows", r"Windows"), ("macOS", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"), ("Linux", r"Linux|X11"),
)  # fmt: skip
OTHER = "other"


@lru_cache(maxsize=4096)
def of_user_agent(text: str) -> str:
    """`phone|Safari|iOS`: kind (phone, tablet, computer, other), browser and system. No version: it names nobody."""
    if not text:
        return f"{OTHER}||"
    browser = _first(_BROWSERS, text)
    system = _first(_SYSTEMS, text)
    return f"{_kind(text, system)}|{browser}|{system}"


def of_context(context: dict[str, Any]) -> str:
    """The device that an event's context tells of; empty where it tells nothing (events of a server)."""
    return of_user_agent(text) if isinstance(text := context.get("userAgent"), str) and text else ""


def _kind(text: str, system: str) -> str:
    if re.search(r"iPad|Tablet|Silk/", text) or (system == "Android" and "Mobile" not in text):
        return "tablet"
    if re.search(r"Mobi|iPhone|iPod", text):
        return "phone"
    return "computer" if system else OTHER


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, text)), "")
