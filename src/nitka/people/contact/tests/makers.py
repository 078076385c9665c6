"""Mails and mail servers for tests."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from aiosmtpd.controller import Controller

from nitka.people.contact import actions as contact


def mail(to: str = "zofia@example.com", language: str = "pl", **more: Any) -> UUID:
    return contact.send_mail(
        to=to, language=language, template="contact/mail/sign_in_code", context={"code": "123456"}, **more
    )


class Postman:
    """A real SMTP server that keeps what it gets, and can be told to misbehave."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.answer_rcpt = self.answer_data = ""
        self.hang_up = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer_rcpt:
            return self.answer_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.hang_up:
            server.transport.abort()
            return "421 gone"
        if self.answer_data:
            return self.answer_data
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@contextmanager
def post_office(settings: Any) -> Iterator[Postman]:
    """An SMTP server on a free port, with the settings pointing at it."""
    postman = Postman()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    settings.NITKA_MAILBOX = False
    settings.MAILERS = _mailers(port)
    try:
        yield postman
    finally:
        controller.stop()


def _mailers(port: int) -> dict[str, Any]:
    options = {"host": "127.0.0.1", "port": port, "timeout": 2}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def point_at(settings: Any, port: int) -> None:
    """Let the settings name another port."""
    settings.MAILERS = _mailers(port)
