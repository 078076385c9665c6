"""From what a sender wrote to a row that PostgreSQL cannot refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from nitka.people.events import bots
from nitka.people.events.claims import Claims, Said, claims, external, mail_address, word
from nitka.people.events.ecommerce import NEW_NAMES
from nitka.people.events.letters import json_column, text_column
from nitka.people.events.moments import happened, moment
from nitka.people.events.permission import allowed
from nitka.people.events.queries import ANALYTICS, BOT, NUMBERS, SourceView

EVENT_BYTES = 32 * 1024
MESSAGE_ID = 100
NAME = 500
_NOWHERE = "\\N"


class Refused(ValueError):
    """This event is not stored; its text is the reason, for the debugger."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What all events of a request share: who sent it, when, and what its headers and its envelope say."""

    source: SourceView
    received: datetime
    user_agent: str = ""
    gpc: bool = False
    dnt: bool = False
    sent: datetime | None = None
    context: Mapping[str, Any] | None = None
    integrations: Any = None


class Row:
    """An event on its way into the table: COPY's line around the evidence, which may still change."""

    __slots__ = ("after", "before", "claims", "device", "key", "kind", "name")

    def __init__(self, key: tuple[int, str], kind: str, name: str, claims: Claims, before: bytes, after: bytes) -> None:
        self.key, self.kind, self.name, self.claims, self.before, self.after = key, kind, name, claims, before, after

    def line(self, evidence: str) -> bytes:
        return b"%b\t%b\t%b\n" % (self.before, evidence.encode(), self.after)


def read(item: Any, kind: str, arrival: Arrival) -> Row:
    """The row of one event. Raises Refused."""
    if type(item) is not dict:
        raise Refused("not an object")
    source = arrival.source
    context = _context(item, arrival)
    consent = allowed(
        context.get("consent"), asks=source.own, gpc=arrival.gpc, dnt=arrival.dnt and source.kind == "browser"
    )
    if not consent & ANALYTICS:
        raise Refused("no consent")  # before all else, since of other mistakes an excerpt is kept
    if kind not in NUMBERS:
        raise Refused("unknown type")
    name, properties = _content(item, kind, context)
    who = _who(item, kind, context, properties, source)
    flags = BOT if bots.judge(arrival.user_agent, context, from_browser=source.kind == "browser") else 0
    if "mailToken" in context:
        context["mailToken"] = True  # that it came from a mail is kept, the token is not
    message_id = _message_id(item)
    before, after = _columns(item, (arrival, message_id, NUMBERS[kind], name, who, flags, consent))
    content = json_column(properties) + b"\t" + json_column(context)
    if len(content) + len(before) > EVENT_BYTES:
        raise Refused("larger than 32 KB")
    return Row((source.id, message_id), kind, name, who, before, after + content)


def _columns(item: dict[str, Any], told: tuple[Any, ...]) -> tuple[bytes, bytes]:
    arrival, message_id, kind, name, who, flags, consent = told
    received = arrival.received
    sent = arrival.sent or moment(item.get("sentAt"))
    original = moment(item.get("originalTimestamp") or item.get("timestamp"))
    shift: timedelta | None = received - sent if sent else None
    at, clock_flags = happened(original, received, shift)
    before = f"{at.isoformat()}\t{arrival.source.id}\t{text_column(message_id)}\t{kind}\t{text_column(name)}"
    after = (
        f"{who.device or _NOWHERE}\t{flags | clock_flags}\t{consent}\t{received.isoformat()}\t"
        f"{sent.isoformat() if sent else _NOWHERE}\t{original.isoformat() if original else _NOWHERE}\t"
    )
    return before.encode(), after.encode()


def _context(item: dict[str, Any], arrival: Arrival) -> dict[str, Any]:
    own = item.get("context")
    context: dict[str, Any] = {**arrival.context} if arrival.context else {}
    if type(own) is dict:
        context |= own
    context.pop("ip", None)  # where somebody sits is not ours to keep
    if arrival.source.kind == "browser" and arrival.user_agent and "userAgent" not in context:
        context["userAgent"] = arrival.user_agent[:1000]
    integrations = item.get("integrations") or arrival.integrations
    if type(integrations) is dict and integrations and integrations != {"All": True}:
        context["integrations"] = integrations
    channel = item.get("channel")
    if type(channel) is str and "channel" not in context:
        context["channel"] = channel
    return context


def _content(item: dict[str, Any], kind: str, context: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Name and properties (or traits) of one event."""
    if kind == "track":
        name = word(item.get("event"))
        if not name or not name.strip():
            raise Refused("no event name")
        return _name(NEW_NAMES.get(name, name)), _object(item.get("properties"))
    if kind in {"page", "screen"}:
        properties = _object(item.get("properties"))
        if item.get("category") and "category" not in properties:
            properties["category"] = item["category"]
        return _name(word(item.get("name")) or word(item.get("category")) or ""), properties
    if kind == "alias":
        return "", {"previousId": item.get("previousId")}
    traits = _object(item.get("traits"))
    if kind == "group":
        group = word(item.get("groupId"))
        if not group:
            raise Refused("no groupId")
        return "", {**traits, "groupId": group}
    told = context.get("traits")
    return "", ({**told, **traits} if type(told) is dict else traits)


def _object(said: Any) -> dict[str, Any]:
    if type(said) is dict:
        return said
    return {} if said is None else {"value": said}


def _name(text: str) -> str:
    if len(text) > NAME:
        raise Refused("name too long")
    return text


def _message_id(item: dict[str, Any]) -> str:
    message_id = word(item.get("messageId"))
    if not message_id:
        return f"nitka-{uuid4()}"
    if len(message_id) > MESSAGE_ID:
        raise Refused("messageId longer than 100")
    return message_id.replace("\0", "")


def _who(
    item: dict[str, Any], kind: str, context: dict[str, Any], properties: dict[str, Any], source: SourceView
) -> Claims:
    device, login = word(item.get("anonymousId")), word(item.get("userId"))
    traits = properties if kind == "identify" else context.get("traits")
    known = type(traits) is dict and ("email" in traits or "phone" in traits)
    token = context.get("mailToken")
    if not known and kind != "alias" and token is None and "externalIds" not in context:
        who = claims(Said(source.code, source.trusted, device, login))
    else:
        traits = traits if known and type(traits) is dict else {}
        mail = mail_address(token) if type(token) is str else None
        who = claims(
            Said(
                source.code, source.trusted, device, login, word(traits.get("email")), word(traits.get("phone")),
                word(item.get("previousId")), external(context.get("externalIds")), mail,
            )
        )  # fmt: skip
        if token is not None and mail is None:
            del context["mailToken"]
    if who.evidence is None or (device is None and login is None):
        raise Refused("no usable userId or anonymousId")
    return who
