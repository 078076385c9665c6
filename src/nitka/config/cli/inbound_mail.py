"""`nitka inbound-mail`: one mail from a mail server's pipe."""

import os
import sys

import click

from nitka.config.cli import start

# What mail servers read in the exit status of a pipe (sysexits.h).
TRY_LATER, BAD_MAIL = 75, 65


@click.command()
@click.argument("recipients", nargs=-1)
def command(recipients: tuple[str, ...]) -> None:
    """Take in one raw mail from standard input, for the RECIPIENTS that the mail server names.

    \b
    Postfix, main.cf:    recipient_delimiter = +
    Postfix, master.cf:  nitka unix - n n - - pipe user=nitka directory=/srv/shop
                           argv=/srv/shop/.venv/bin/nitka inbound-mail ${recipient}
    Postfix, transport:  reply@shop.example  nitka:

    Ends with 0 when the mail is kept, with 75 when it should be tried again, with 65 when it never will be taken.
    """
    sys.exit(take_in(sys.stdin.buffer, recipients))


def take_in(stream: object, recipients: tuple[str, ...]) -> int:
    """Read and keep the mail; the exit status."""
    try:
        start.start_database()
        start.setup_django()
        from nitka.care.desk import actions as desk
        from nitka.care.desk import queries as known

        raw = stream.read(known.MOST_MAIL_BYTES + 1)  # type: ignore[attr-defined]
    except Exception as trouble:
        return _say(TRY_LATER, trouble)
    try:
        taken = desk.take_in_mail(raw=_without_mbox_line(raw), envelope=recipients)
    except desk.TooManyMails as refused:
        return _say(TRY_LATER, refused)
    except desk.MailRefused as refused:
        return _say(BAD_MAIL, refused)
    except Exception as trouble:
        # Whatever it is, the mail server still has the mail.
        return _say(TRY_LATER, trouble)
    click.echo(taken.verdict)
    return 0


def _without_mbox_line(raw: bytes) -> bytes:
    """Pipes with the F flag put `From somebody Mon Nov …` before the headers."""
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw


def _say(status: int, trouble: Exception) -> int:
    click.echo(f"{type(trouble).__name__}: {trouble}".replace(os.linesep, " ")[:300], err=True)
    return status
