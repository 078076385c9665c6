"""`nitka mail-in`: a small mail server for what comes in, by SMTP or LMTP."""

import asyncio
import signal
from typing import Any

import click

from nitka.config.cli import start


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8025, show_default=True, help="Port to listen on.")
@click.option("--lmtp", is_flag=True, help="Speak LMTP (Postfix: lmtp:inet:127.0.0.1:8025) instead of SMTP.")
def command(host: str, port: int, lmtp: bool) -> None:
    """Take in mail for NITKA_INBOUND_ADDRESS. It sends nothing on and answers for no other address.

    Put a mail server before it that keeps spam away, or let a provider's relay deliver here.
    """
    with start.database():
        start.setup_django()
        start.migrate()
        click.echo(f"Mail is taken in at {host}:{port} ({'LMTP' if lmtp else 'SMTP'}; Ctrl-C ends it).")
        asyncio.run(serve(host, port, lmtp=lmtp))


async def serve(host: str, port: int, *, lmtp: bool = False, ready: Any = None) -> None:
    """Listen until told to stop; `ready` is called with the port once mail can come."""
    from aiosmtpd.lmtp import LMTP
    from aiosmtpd.smtp import SMTP

    from nitka.care.desk import queries as desk

    kind = LMTP if lmtp else SMTP
    loop = asyncio.get_running_loop()
    limits = {"data_size_limit": desk.MOST_MAIL_BYTES, "ident": "Nitka", "enable_SMTPUTF8": True}
    server = await loop.create_server(lambda: kind(Door(), loop=loop, **limits), host, port)  # type: ignore[arg-type]
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(each, stop.set)
        except (ValueError, RuntimeError, NotImplementedError):
            break  # in a thread of a test
    async with server:
        if ready:
            ready(server.sockets[0].getsockname()[1], lambda: loop.call_soon_threadsafe(stop.set))
        await stop.wait()


class Door:
    """What the mail server asks us: is this address yours, and do you take this mail?"""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Our own addresses alone, so that this is no open relay."""
        if not is_ours(address):
            return "550 5.1.1 Nobody of that name is here"
        if len(envelope.rcpt_tos) >= 20:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Kept before the answer; anything but a refusal for good is tried again by the other side."""
        said = await asyncio.to_thread(take_in, bytes(envelope.content), tuple(envelope.rcpt_tos))
        # LMTP answers once for each recipient; one mail is one message all the same.
        return "\r\n".join([said] * len(envelope.rcpt_tos)) if type(server).__name__ == "LMTP" else said


def is_ours(address: str) -> bool:
    """Whether an address is the shop's for answers, with whatever token."""
    from django.conf import settings

    local, _at, domain = settings.NITKA_INBOUND_ADDRESS.partition("@")
    name, _at, host = address.strip("<> ").lower().rpartition("@")
    return bool(domain) and host == domain and (not local or name.partition("+")[0] == local)


def take_in(raw: bytes, recipients: tuple[str, ...]) -> str:
    """Keep one mail; the line that the other side reads."""
    from django.db import close_old_connections

    from nitka.care.desk import actions as desk

    close_old_connections()
    try:
        desk.take_in_mail(raw=raw, envelope=recipients)
    except desk.TooManyMails:
        return "451 4.7.1 Too many mails from this address, try later"
    except desk.TooLargeMail:
        return "552 5.3.4 This mail is too large"
    except desk.MailRefused:
        return "554 5.6.0 This mail cannot be taken in"
    except Exception as trouble:
        import structlog

        structlog.get_logger(__name__).warning("inbound_mail_failed", error=type(trouble).__name__)
        return "451 4.3.0 Not now, please try again"
    finally:
        close_old_connections()
    return "250 2.0.0 Kept"
