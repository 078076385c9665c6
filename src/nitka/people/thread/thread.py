"""What the domains below the thread would say here themselves, if they could see it."""

from typing import Any
from uuid import UUID

from nitka.people.contact import queries as contact
from nitka.people.thread.actions import file_under, tells_more

file_under("identity", "accounts", "customers")
file_under("mail", "contact")


@tells_more("contact.mail_written", "contact.mail_failed")
def load_subjects(payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The subject of each mail, which no fact may hold; none for a mail that was erased."""
    ids = [UUID(payload["mail_id"]) for payload in payloads]
    found = contact.subjects_of(ids)
    return [{"subject": found.get(mail_id, "")} for mail_id in ids]
