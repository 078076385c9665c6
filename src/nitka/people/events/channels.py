"""Where a visit came from, and which channel that is: two pure functions, `arrival_of` and `channel_of`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from nitka.people.events.known_sites import is_below, is_in

DIRECT = ("(direct)", "(none)")
UNASSIGNED = "unassigned"
FIELDS = ("source", "medium", "campaign", "click", "referrer")
LONGEST = 200  # characters of one value; addresses are written by strangers

# Click id → what it stands for where the address names no source: the advertising of its house, unless it is known
# that the house puts the same id on links that nobody paid for.
CLICK_IDS: Mapping[str, tuple[str, str]] = {
    "gclid": ("google", "cpc"), "gbraid": ("google", "cpc"), "wbraid": ("google", "cpc"), "gclsrc": ("google", "cpc"),
    "gad_source": ("google", "cpc"), "gad_campaignid": ("google", "cpc"), "dclid": ("google", "display"),
    "srsltid": ("google-shopping", "organic"), "msclkid": ("bing", "cpc"), "yclid": ("yandex", "cpc"),
    "ttclid": ("tiktok", "paid"), "twclid": ("twitter", "paid"), "li_fat_id": ("linkedin", "paid"),
    "rdt_cid": ("reddit", "paid"), "qclid": ("quora", "paid"), "sccid": ("snapchat", "paid"),
    "fbclid": ("facebook", "social"), "igshid": ("instagram", "social"), "epik": ("pinterest", "social"),
    "mc_cid": ("mailchimp", "email"), "mc_eid": ("mailchimp", "email"), "_kx": ("klaviyo", "email"),
    "_hsenc": ("hubspot", "email"), "irclid": ("impact", "affiliate"),
}  # fmt: skip
_CAMPAIGN = re.compile(r"^(?:utm|mtm|pk|piwik)_(campaign|source|medium|term|kwd|keyword|content|id)$")
_MEANS = {"campaign": "name", "kwd": "term", "keyword": "term"}


@dataclass(frozen=True)
class Touch:
    """What brought somebody here. Values as they were written; rules compare them without regard to case."""

    source: str = DIRECT[0]
    medium: str = DIRECT[1]
    campaign: str = ""
    term: str = ""
    content: str = ""
    click: str = ""
    clicks: Mapping[str, str] = field(default_factory=dict, hash=False)
    referrer: str = ""
    tagged: bool = False  # by UTM values, a click id or a link in one of our own mails: a campaign

    def same_campaign(self, other: "Touch") -> bool:
        """Whether both are one and the same campaign."""
        mine = (self.source, self.medium, self.campaign, self.term, self.content, self.click)
        theirs = (other.source, other.medium, other.campaign, other.term, other.content, other.click)
        return [each.lower() for each in mine] == [each.lower() for each in theirs] and dict(self.clicks) == dict(
            other.clicks
        )


@dataclass(frozen=True)
class Arrival:
    """What an event says of where its page was come to from: a touch, a way back from paying, or nothing."""

    touch: Touch | None = None
    returning: bool = False


@dataclass(frozen=True)
class Rule:
    """All conditions that are given must hold; of one condition's patterns any. Without conditions it always holds.

    Patterns: a word; `*` for any letters; `@list` of known sites; `~` and a regular expression over the whole value.
    """

    channel: str
    source: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()
    click: tuple[str, ...] = ()
    referrer: tuple[str, ...] = ()

    def holds(self, touch: Touch) -> bool:
        """Whether the touch fits."""
        return all(
            any(_fits(pattern, getattr(touch, name).strip().lower()) for pattern in patterns)
            for name in FIELDS
            if (patterns := getattr(self, name))
        )


def channel_of(touch: Touch, rules: Sequence[Rule]) -> str:
    """The channel of the first rule that holds, or `unassigned`."""
    return next((rule.channel for rule in rules if rule.holds(touch)), UNASSIGNED)


def _fits(pattern: str, value: str) -> bool:
    if pattern.startswith("@"):
        return is_in(pattern[1:], value)
    return bool(_compiled(pattern).fullmatch(value))


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Raises re.error for a regular expression that is none; `check_pattern` says so before a rule is kept."""
    if pattern.startswith("~"):
        return re.compile(pattern[1:], re.IGNORECASE)
    return re.compile(".*".join(re.escape(part) for part in pattern.lower().split("*")), re.DOTALL)


# --- Where from ---------------------------------------------------------------------------------


def arrival_of(
    context: Mapping[str, Any], *, own: frozenset[str] = frozenset(), paying: frozenset[str] = frozenset()
) -> Arrival:
    """Read an event's context: campaign, click ids, referrer.

    `own` are further hosts of the shop, `paying` those where money is taken: coming from either says nothing new.
    """
    page = context.get("page")
    page = page if isinstance(page, Mapping) else {}
    asked = _query(page)
    tags, clicks = _tags(context, asked), _clicks(context, asked)
    here, there = _host(_text(page.get("url"))), _host(_text(page.get("referrer")))
    if there and (there == here or is_below(there, own)):
        there = ""
    returning = bool(there) and is_below(there, paying)
    if returning:
        there = ""
    click = next((name for name in CLICK_IDS if name in clicks), "")
    if tags.get("source") or tags.get("medium") or tags.get("name"):
        source, medium = _named(tags, click, there)
    elif click:
        source, medium = CLICK_IDS[click]
    elif context.get("mailToken"):
        source, medium = "nitka", "email"
    elif there:
        source, medium = there, "organic" if is_in("search", there) else "referral"
    else:
        return Arrival(None, returning)
    tagged = bool(tags or click or context.get("mailToken"))
    return Arrival(
        Touch(
            source, medium, tags.get("name", ""), tags.get("term", ""), tags.get("content", ""), click, clicks, there,
            tagged,
        ),
        returning,
    )  # fmt: skip


def _named(tags: Mapping[str, str], click: str, there: str) -> tuple[str, str]:
    """Source and medium as tagged; what the tags leave out is filled by click id or referrer."""
    by_click = CLICK_IDS.get(click, ("", ""))
    return tags.get("source") or by_click[0] or there or "(not set)", tags.get("medium") or by_click[1] or "(not set)"


def _query(page: Mapping[str, Any]) -> list[tuple[str, str]]:
    text = _text(page.get("search")).removeprefix("?")
    if not text:
        try:
            text = urlsplit(_text(page.get("url"))).query
        except ValueError:
            return []
    return parse_qsl(text[:4000], max_num_fields=100) if text.count("&") < 100 else []


def _tags(context: Mapping[str, Any], asked: Sequence[tuple[str, str]]) -> dict[str, str]:
    given = context.get("campaign")
    if isinstance(given, Mapping):
        tags = {name: _text(given.get(name)) for name in ("name", "source", "medium", "term", "content")}
        if any(tags.values()):
            return {name: value for name, value in tags.items() if value}
    found: dict[str, str] = {}
    for name, value in asked:
        if (match := _CAMPAIGN.match(name.lower())) and value.strip():
            found.setdefault(_MEANS.get(match[1], match[1]), value.strip()[:LONGEST])
    return found


def _clicks(context: Mapping[str, Any], asked: Sequence[tuple[str, str]]) -> dict[str, str]:
    given = context.get("clickIds")
    pairs = list(given.items()) if isinstance(given, Mapping) else []
    return {
        name.lower(): _text(value) for name, value in [*pairs, *asked] if isinstance(name, str)
        and name.lower() in CLICK_IDS and _text(value)
    }  # fmt: skip


def _text(value: object) -> str:
    return value.strip()[:4000] if isinstance(value, str) else ""


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")[:LONGEST]
