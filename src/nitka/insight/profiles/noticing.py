"""What one event tells: the words of Segment's e-commerce events, and of the shop's own pages."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

# Name of an event, small letters and without spaces → what we call the step.
STEPS = {
    "productviewed": "product", "productlistviewed": "category", "productlistfiltered": "category",
    "productssearched": "search", "productadded": "add", "cartviewed": "cart", "checkoutstarted": "checkout",
    "checkoutstepviewed": "checkout", "ordercompleted": "order", "productaddedtowishlist": "wish",
}  # fmt: skip
_PAGES = (
    ("home", r"^/?$"), ("category", r"^/c/"), ("product", r"^/p/"), ("search", r"^/search"), ("cart", r"^/cart"),
    ("checkout", r"^/checkout"), ("order", r"^/order"), ("account", r"^/account"), ("help", r"^/(help|contact|legal)"),
    ("article", r"^/article"),
)  # fmt: skip
_LANGUAGE = re.compile(r"^/[a-z]{2}(?=/|$)")

# Parts of names of events → what it is to the person.
TROUBLES = (
    ("rage_click", "rageclick"), ("dead_click", "deadclick"), ("form_error", "formerror"),
    ("form_error", "formfielderror"), ("script_error", "javascripterror"), ("script_error", "jserror"),
)  # fmt: skip
NO_RESULTS, SLOW_PAGE = "no_results", "slow_page"
# web-vitals: what is called poor; in milliseconds.
SLOW = {"LCP": 4000, "INP": 500, "FCP": 3000, "TTFB": 1800}


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """The name of an event without case, spaces and marks. (Old names became today's when the event was stored.)"""
    return re.sub(r"[^a-z]", "", name.lower())


@lru_cache(maxsize=8192)
def step_of(kind: str, name: str, path: str) -> str:
    """The step on somebody's way that an event is; empty where it is none."""
    if kind == "track":
        return STEPS.get(name, "")
    if kind not in ("page", "screen"):
        return ""
    bare = _LANGUAGE.sub("", path) or "/"
    return next((word for word, pattern in _PAGES if re.search(pattern, bare)), "other")


def trouble_of(name: str, said: dict[str, Any]) -> str:
    """What went wrong for the person; empty where nothing did."""
    if name == "productssearched":
        return NO_RESULTS if results_of(said) == 0 else ""
    if "webvital" in name:
        return SLOW_PAGE if _is_slow(said) else ""
    return next((word for word, part in TROUBLES if part in name), "")


def results_of(said: dict[str, Any]) -> int | None:
    """How many results a search had; None where the event does not say."""
    for name in ("results", "result_count", "results_count", "resultCount", "count"):
        value = said.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return None


def _is_slow(said: dict[str, Any]) -> bool:
    """Whether a measurement (or one of several in one event) is what web-vitals calls poor."""
    named = str(said.get("metric") or said.get("name") or "").upper()
    measured = {**{str(key).upper(): value for key, value in said.items()}, named: said.get("value")}
    return any(isinstance(measured.get(key), int | float) and measured[key] > limit for key, limit in SLOW.items())


def by_price(said: dict[str, Any]) -> bool:
    """Whether a list was sorted with the cheapest first."""
    sorts = said.get("sorts")
    words = [str(each) for each in sorts] if isinstance(sorts, list) else []
    words.append(str(said.get("sort") or ""))
    return any(re.search(r"price.*(asc|low)|cheap|price_up|\bprice\b(?!.*desc)", word.lower()) for word in words)


def path_of(said: dict[str, Any], context: dict[str, Any]) -> str:
    """The path of the page that an event came from, without its query."""
    page = context.get("page")
    page = page if isinstance(page, dict) else {}
    raw = said.get("path") or page.get("path") or _path_in(text(said.get("url") or page.get("url"), 2000))
    return text(raw, 200).split("?")[0]


@lru_cache(maxsize=8192)
def _path_in(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def touch_of(said: dict[str, Any], context: dict[str, Any]) -> tuple[str, str, str, str]:
    """Source, medium, campaign, and the host that somebody came from; empty where it was none or ourselves."""
    campaign = context.get("campaign")
    campaign = campaign if isinstance(campaign, dict) else {}
    page = context.get("page")
    page = page if isinstance(page, dict) else {}
    own = _host(said.get("url") or page.get("url"))
    referrer = _host(said.get("referrer") or page.get("referrer"))
    return (
        text(campaign.get("source"), 80), text(campaign.get("medium"), 80), text(campaign.get("name"), 120),
        referrer if referrer != own else "",
    )  # fmt: skip


def text(value: Any, most: int = 120) -> str:
    """A short text, whatever was sent."""
    if isinstance(value, str):
        return " ".join(value.replace("\x00", "").split())[:most]
    return str(value)[:most] if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _host(value: Any) -> str:
    return _host_in(value) if isinstance(value, str) and value else ""


@lru_cache(maxsize=8192)
def _host_in(address: str) -> str:
    try:
        return (urlsplit(text(address, 2000)).hostname or "").removeprefix("www.")[:120]
    except ValueError:
        return ""
