"""One raw mail as a value, whatever its sender did to it."""

import email
import email.policy
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from typing import Any

from django.utils.translation import gettext as _

from nitka.care.desk.files import File
from nitka.care.desk.incoming.cutting import cut
from nitka.care.desk.incoming.machines import written_by_machine
from nitka.care.desk.incoming.wording import decoded, text_of_html
from nitka.care.desk.problems import MailRefused, TooLargeMail
from nitka.ground.problem import Problem
from nitka.people.customers import actions as customers

MOST_BYTES = 25 * 1024 * 1024
MOST_PARTS = 200
MOST_DEPTH = 50
MOST_FILES = 30
_ID = re.compile(r"<[^<>\s]{1,500}>")
# Where mail servers write whom a mail was for; the To of a person may name somebody else.
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "x-envelope-to", "x-forwarded-to", "envelope-to",
               "resent-to")  # fmt: skip


@dataclass(frozen=True)
class Mail:
    """What a mail says. `machine` is "", "machine" or "bounce"; `text` what is new in it, `whole` all its words."""

    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    references: tuple[str, ...]
    machine: str
    text: str
    whole: str
    files: tuple[File, ...]
    language: str
    failed_for_good: bool = False


def read(raw: bytes) -> Mail:
    """Read it. Raises TooLargeMail, and MailRefused where nobody can be answered or nothing can be read."""
    if len(raw) > MOST_BYTES:
        raise TooLargeMail(_("This mail is too large. Please send us less than 25 MB."))
    try:
        message: Any = email.message_from_bytes(raw, policy=email.policy.default)
        parts = list(_leaves(message))
    except (RecursionError, MemoryError):
        raise MailRefused("A mail within a mail within a mail, too often.") from None
    sender_name, sender = _sender(message)
    headers = {name: _header(message, name) for name in {str(each).lower() for each, _value in message.raw_items()}}
    machine = written_by_machine(headers, sender=sender, content_type=_or("", message.get_content_type))
    if not sender and not machine:
        raise MailRefused("This mail names no sender.")
    text, whole = _words(parts)
    own = _first_id(headers.get("message-id", ""))
    return Mail(
        sender=sender, sender_name=sender_name, recipients=_recipients(message), subject=_line(headers.get("subject")),
        message_id=own or f"<{hashlib.sha256(raw).hexdigest()[:40]}@no-message-id.invalid>",
        references=_references(message, parts, machine), machine=machine, text=text, whole=whole,
        files=tuple(_files(parts)), language=headers.get("content-language", "")[:2].lower(),
        failed_for_good=machine == "bounce" and _failed_for_good(parts),
    )  # fmt: skip


def _or[Value](otherwise: Value, ask: Callable[[], Value]) -> Value:
    """What `ask` answers; the other value where a broken header makes the library stumble."""
    try:
        return ask()
    except Exception:  # the parsers of headers raise whatever they like
        return otherwise


def _header(message: EmailMessage, name: str) -> str:
    found = _or(None, lambda: message[name])
    if found is None:
        found = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return _or("", lambda: str(found)).replace("\x00", "")


def _line(text: str | None) -> str:
    return " ".join((text or "").encode("utf-8", "replace").decode().split())[:300]


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Name and address. Reply-To counts before From, as for every mail program."""
    for header in ("reply-to", "from"):
        name, address = _or(("", ""), lambda header=header: parseaddr(_header(message, header)))  # type: ignore[misc]
        try:
            return _line(name)[:120], customers.check_email(email=address)
        except Problem:
            continue
    return "", ""


def _recipients(message: EmailMessage) -> tuple[str, ...]:
    found: list[str] = []
    for name, value in message.raw_items():
        if name.lower() in _RECIPIENTS:
            found += [address.lower() for _name, address in _addresses(str(value))]
    return tuple(found[:100])


def _addresses(text: str) -> list[tuple[str, str]]:
    nobody: list[tuple[str, str]] = []
    return _or(nobody, lambda: getaddresses([text]))


def _first_id(text: str) -> str:
    found = _ID.search(text)
    return found.group() if found else ""


def _references(message: EmailMessage, parts: list[EmailMessage], machine: str) -> tuple[str, ...]:
    """The Message-IDs that it answers to; for a mail that came back, also those inside of it."""
    said = _header(message, "in-reply-to") + " " + _header(message, "references")[-20_000:]
    found = _ID.findall(said)
    if machine == "bounce":
        for part in parts[:20]:
            found += _ID.findall(decoded(_bytes(part)[:20_000]))[:20]
    return tuple(dict.fromkeys(found))[:100]


def _failed_for_good(parts: list[EmailMessage]) -> bool:
    """Whether the report (RFC 3464) says 5.x.x for somebody: its lines are read as headers of a part."""
    return any(_header(part, "status").strip().startswith("5.") for part in parts[:50])


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in their order, without recursion and not endlessly many."""
    waiting, seen = [(message, 0)], 0
    while waiting and seen < MOST_PARTS:
        part, depth = waiting.pop()
        seen += 1
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and depth < MOST_DEPTH:
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, EmailMessage)]
        else:
            yield part


def _bytes(part: EmailMessage) -> bytes:
    found = _or(None, lambda: part.get_payload(decode=True))
    if isinstance(found, bytes):
        return found
    return _or(b"", lambda: str(part.get_payload()).encode("utf-8", "replace")) if not part.is_multipart() else b""


def _is_file(part: EmailMessage) -> bool:
    kind = _or("application/octet-stream", part.get_content_type)
    attached = _or("", lambda: part.get_content_disposition() or "") == "attachment"
    return attached or (not kind.startswith("text/") and not kind.startswith(("message/", "multipart/")))


def _words(parts: list[EmailMessage]) -> tuple[str, str]:
    """What is new, and all of it: of the plain parts, else of the HTML ones."""
    plain: list[str] = []
    html: list[str] = []
    for part in parts:
        kind = _or("text/plain", part.get_content_type)
        if _is_file(part) or not kind.startswith("text/") or kind == "text/rfc822-headers":
            continue
        charset = _or("", lambda part=part: str(part.get_param("charset") or ""))  # type: ignore[misc]
        (html if kind == "text/html" else plain).append(decoded(_bytes(part), charset))
    whole = "\n\n".join(plain).replace("\r\n", "\n").strip()
    if whole:
        return cut(whole), whole
    all_words, said = text_of_html("\n".join(html))
    return (cut(said) if said else cut(all_words)), all_words


def _files(parts: list[EmailMessage]) -> Iterator[File]:
    for number, part in enumerate([part for part in parts if _is_file(part)][:MOST_FILES], 1):
        name = _or("", lambda part=part: part.get_filename() or "")  # type: ignore[misc]
        content = _bytes(part)
        if content:
            yield File(name or f"file-{number}", content)
