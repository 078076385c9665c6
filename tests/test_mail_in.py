"""A mail through the pipe of a mail server, and through our own small one."""

import asyncio
import io
import smtplib
import threading
from collections.abc import Iterator

import pytest

from nitka.care.desk.models import Message
from nitka.care.desk.tests.makers import raw
from nitka.config.cli import inbound_mail, mail_in

ADDRESS = "reply+x@shop.example"


@pytest.fixture(autouse=True)
def inbound(settings) -> None:
    settings.NITKA_INBOUND_ADDRESS = "reply@shop.example"


@pytest.mark.django_db
def test_the_pipe_says_what_became_of_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbound_mail.start, "start_database", lambda: None)
    monkeypatch.setattr(inbound_mail.start, "setup_django", lambda: None)
    mail = b"From anna@example.com Mon Nov  2 10:00:00 2026\n" + raw("Hello")
    assert inbound_mail.take_in(io.BytesIO(mail), (ADDRESS,)) == 0
    assert inbound_mail.take_in(io.BytesIO(b"no sender"), ()) == inbound_mail.BAD_MAIL
    monkeypatch.setattr("nitka.care.desk.actions.take_in_mail", lambda **_more: 1 / 0)
    assert inbound_mail.take_in(io.BytesIO(mail), ()) == inbound_mail.TRY_LATER
    assert Message.objects.get().text == "Hello"


@pytest.fixture(params=[False, True], ids=["smtp", "lmtp"])
def server(request) -> Iterator[smtplib.SMTP]:
    heard, held = threading.Event(), {}

    def ready(port: int, stop) -> None:
        held.update(port=port, stop=stop)
        heard.set()

    thread = threading.Thread(
        target=lambda: asyncio.run(mail_in.serve("127.0.0.1", 0, lmtp=request.param, ready=ready))
    )
    thread.start()
    assert heard.wait(10)
    client = (smtplib.LMTP if request.param else smtplib.SMTP)("127.0.0.1", held["port"])
    yield client
    client.close()
    held["stop"]()
    thread.join(10)


@pytest.mark.django_db(transaction=True)
def test_the_small_server_keeps_what_is_for_us_and_relays_nothing(server: smtplib.SMTP) -> None:
    server.sendmail("anna@example.com", [ADDRESS], raw("By the door", message_id="<door@example.com>"))
    assert Message.objects.get().text == "By the door"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        server.sendmail("anna@example.com", ["friend@elsewhere.example"], raw("Pass it on"))
    with pytest.raises(smtplib.SMTPDataError) as refused:
        server.sendmail("anna@example.com", [ADDRESS], b"no sender")
    assert refused.value.smtp_code == 554


@pytest.mark.django_db(transaction=True)
def test_a_huge_mail_is_refused_at_the_door(server: smtplib.SMTP) -> None:
    with pytest.raises((smtplib.SMTPSenderRefused, smtplib.SMTPDataError)) as refused:
        server.sendmail("anna@example.com", [ADDRESS], b"From: a@b.example\n\n" + b"x\n" * (13 * 1024 * 1024))
    assert refused.value.smtp_code == 552 and not Message.objects.exists()
