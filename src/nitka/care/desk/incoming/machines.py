"""Mails that no person wrote, told by their headers. They are never answered and open nothing."""

from collections.abc import Mapping

_SENDERS = ("mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply")
_PRECEDENCE = ("bulk", "junk", "list", "auto_reply")
_MARKS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply", "x-loop", "list-id", "feedback-id")


def written_by_machine(headers: Mapping[str, str], *, sender: str, content_type: str) -> str:
    """ "bounce" where a mail server tells of a mail of ours, "machine" for all other machines, "" for people.

    `headers` have small names.
    """
    if content_type == "multipart/report" or sender.startswith(_SENDERS[:2]):
        return "bounce"
    said = headers.get("auto-submitted", "no").partition(";")[0].strip().lower()
    if said not in ("", "no"):
        return "machine"
    if headers.get("return-path", "").strip() == "<>":
        return "bounce"
    precedence = f"{headers.get('precedence', '')} {headers.get('x-precedence', '')}".lower()
    if any(word in precedence for word in _PRECEDENCE) or any(mark in headers for mark in _MARKS):
        return "machine"
    suppress = headers.get("x-auto-response-suppress", "").lower().replace(" ", "").split(",")
    if "all" in suppress and not headers.get("in-reply-to") and not headers.get("references"):
        # Exchange puts this on what people write as well, so it counts only where nothing is answered.
        return "machine"
    return "machine" if sender.startswith(_SENDERS[2:]) else ""
