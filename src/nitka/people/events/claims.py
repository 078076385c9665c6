"""Who an event says it is about: evidence, and what links it. How far that is believed, customers decides."""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from nitka.people.contact import queries as contact
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people

CLAIMED, GIVEN, VERIFIED = 0, 1, 2
PROVED = 2
# What `context.externalIds[].type` may say, by the kind of evidence that it is.
EXTERNAL = {
    "email": "email", "phone": "phone", "user_id": "login", "anonymous_id": "device", "whatsapp": "whatsapp",
    "messenger": "messenger", "instagram": "instagram", "telegram": "telegram", "viber": "viber",
}  # fmt: skip


class Said(NamedTuple):
    """The ids that an event brought, as they were written; equal ones make one `Claims`."""

    source: str
    trusted: bool
    device: str | None
    login: str | None
    email: str | None = None
    phone: str | None = None
    previous: str | None = None
    external: tuple[tuple[str, str], ...] = ()
    mail: str | None = None


class Claims:
    """Evidence with its standing, and links. The object is its own key in the set of what was written already."""

    __slots__ = ("_said", "column", "device", "evidence", "guarded", "ids", "links", "marks")

    def __init__(self, said: Said) -> None:
        self._said = said
        self.marks: dict[UUID, tuple[str, str, int]] = {}
        self.links: list[tuple[UUID, UUID, str, int]] = []
        given = GIVEN if said.trusted else CLAIMED
        device = self._mark("device", said.device, CLAIMED)
        login = self._mark("login", said.login, given)
        mail = self._mark("email", said.mail, VERIFIED)
        email = self._mark("email", said.email, given)
        phone = self._mark("phone", said.phone, given)
        others = [self._mark(kind, value, given) for kind, value in said.external]
        self._link(device, mail, "mail_click", PROVED)
        anchor = login or email or device or phone
        previous = said.previous or ""
        earlier = self._mark("email" if "@" in previous else "device", previous, given if "@" in previous else CLAIMED)
        for each in (device, email, phone, *others, earlier):
            self._link(anchor, each, "event", given)
        # Whoever knows an address must not write upon its owner's thread: only a program of the merchant may.
        self.evidence = login or device or ((email or mail or phone) if said.trusted else None)
        self.device = device
        # A stranger who names a user of ours must not write upon that user's thread.
        self.guarded = login if login and not said.trusted else None
        self.ids = tuple(str(id) for id in self.marks)
        self.column = str(self.evidence)

    def _mark(self, kind: str, value: str | None, standing: int) -> UUID | None:
        normal = people.normal(kind, value) if value else None
        if normal is None:
            return None
        id = people.evidence_id(kind, normal)
        if id not in self.marks or self.marks[id][2] < standing:
            self.marks[id] = kind, normal, standing
        return id

    def _link(self, first: UUID | None, second: UUID | None, reason: str, trust: int) -> None:
        if first and second and first != second:
            self.links.append((first, second, reason, trust))

    def rows(self, at: datetime) -> tuple[list[customers.EvidenceRow], list[customers.LinkRow]]:
        """What customers keeps of it."""
        source = self._said.source
        evidence = [customers.EvidenceRow(id, *mark, source, at) for id, mark in self.marks.items()]
        return evidence, [customers.LinkRow(*link, source, at) for link in self.links]


@lru_cache(maxsize=50_000)
def claims(said: Said) -> Claims:
    """The same object for the same words, as long as it is remembered."""
    return Claims(said)


def word(value: Any) -> str | None:
    """An id as text: programs send numbers too. None for anything that cannot be one."""
    if type(value) is str:
        return value or None
    if type(value) is int:
        return str(value)
    if type(value) is float and value.is_integer():
        return str(int(value))
    return None


def external(said: Any) -> tuple[tuple[str, str], ...]:
    """The pairs of kind and value in `context.externalIds`, those that we know."""
    if type(said) is not list:
        return ()
    found = []
    for each in said[:20]:
        kind = EXTERNAL.get(str(each.get("type", "")).lower()) if type(each) is dict else None
        value = word(each["id"]) if kind and "id" in each else None
        if kind and value:
            found.append((kind, value))
    return tuple(found)


@lru_cache(maxsize=10_000)
def mail_address(token: str) -> str | None:
    """The e-mail address that a link of our own mails stands for; None for any other token, or an old one."""
    in_request = connection.in_atomic_block or connection.connection is not None
    try:
        return contact.mail_click(token)
    finally:
        if not in_request:
            connection.close()  # back to the pool: no request of Django's will do it for us
