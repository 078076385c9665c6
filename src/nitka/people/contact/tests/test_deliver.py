import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from nitka.ground import clock
from nitka.ground.facts.models import FactRow
from nitka.people.contact import actions as contact
from nitka.people.contact.models import OutgoingMail
from nitka.people.contact.tests import makers
from nitka.people.contact.tests.makers import Postman
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def postman(settings) -> Iterator[Postman]:
    with makers.post_office(settings) as found:
        yield found


def test_a_mail_arrives_with_both_versions_and_its_file(postman: Postman) -> None:
    contact.set_sender(shop_name="Tråd", address="shop@trad.example", footer="Tråd sp. z o.o.\nGdańsk")
    file = contact.Attachment("invoice.pdf", "application/pdf", b"%PDF-1.7 x")
    mail_id = makers.mail(attachments=(file,), reply_to="help@trad.example")
    run_jobs()
    (got,) = postman.got
    assert got["To"] == "zofia@example.com" and got["Reply-To"] == "help@trad.example"
    assert got["From"].addresses[0].display_name == "Tråd"
    assert got["From"].addresses[0].addr_spec == "shop@trad.example"
    assert got["Message-ID"] == f"<{mail_id}@trad.example>" and got["Auto-Submitted"] == "auto-generated"
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert "123456" in text.get_content() and "Gdańsk" in html.get_content()
    assert [part.get_filename() for part in got.iter_attachments()] == ["invoice.pdf"]
    row = OutgoingMail.objects.get()
    assert (row.state, row.tries) == ("sent", 1) and row.sent_at is not None


def test_a_mail_is_delivered_once_although_its_job_runs_twice(postman: Postman) -> None:
    mail_id = makers.mail()
    run_jobs()
    contact.deliver(mail_id=mail_id)
    assert len(postman.got) == 1


def test_nothing_leaves_when_the_transaction_is_rolled_back(postman: Postman) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        makers.mail()
        raise ZeroDivisionError
    run_jobs()
    assert not postman.got and not OutgoingMail.objects.exists()


def test_a_mailbox_that_does_not_exist_ends_the_mail(postman: Postman) -> None:
    postman.answer_rcpt = "550 5.1.1 no such mailbox"
    makers.mail()
    run_jobs()
    row = OutgoingMail.objects.get()
    assert (row.state, row.tries) == ("failed", 1) and "no such mailbox" in row.last_error
    assert FactRow.objects.filter(kind="contact.mail_failed").count() == 1


def test_content_that_a_server_refuses_ends_the_mail(postman: Postman) -> None:
    postman.answer_data = "554 5.7.1 spam"
    makers.mail()
    run_jobs()
    assert OutgoingMail.objects.get().state == "failed"


@pytest.mark.parametrize("trouble", ["greylisted", "hangs up", "away"])
def test_a_server_in_trouble_gets_the_mail_when_it_recovers(postman: Postman, settings, trouble: str) -> None:
    port = settings.MAILERS["default"]["OPTIONS"]["port"]
    postman.answer_rcpt = "450 4.7.1 come back later" if trouble == "greylisted" else ""
    postman.hang_up = trouble == "hangs up"
    if trouble == "away":
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            makers.point_at(settings, closed.getsockname()[1])
    mail_id = makers.mail()
    now = clock.now()
    for tries in (1, 2, 3):
        with clock.freeze(now):
            run_jobs()
        row = OutgoingMail.objects.get()
        assert (row.state, row.tries) == ("queued", tries) and row.last_error
        now += timedelta(minutes=10)
    postman.answer_rcpt, postman.hang_up = "", False
    makers.point_at(settings, port)
    with clock.freeze(now):
        run_jobs()
    row = OutgoingMail.objects.get()
    assert (row.state, row.last_error) == ("sent", "")
    assert [got["Message-ID"] for got in postman.got] == [row.message_id] and str(mail_id) in row.message_id


def test_a_server_that_stays_away_ends_the_mail_after_days_of_trying(postman: Postman) -> None:
    postman.hang_up = True
    makers.mail()
    now = clock.now()
    for _ in range(20):
        with clock.freeze(now):
            run_jobs()
        now += timedelta(hours=17)
    assert OutgoingMail.objects.get().state == "failed" and not postman.got


def test_a_mail_in_other_hands_is_left_alone_until_its_lease_ends(postman: Postman) -> None:
    mail_id = makers.mail()
    OutgoingMail.objects.update(state="sending", leased_until=clock.now() + timedelta(minutes=5), tries=1)
    run_jobs()
    assert not postman.got
    with clock.freeze(clock.now() + timedelta(minutes=6)):
        run_jobs()
    assert [str(mail_id) in got["Message-ID"] for got in postman.got] == [True]


def test_a_subject_cannot_smuggle_headers(postman: Postman) -> None:
    contact.set_sender(shop_name="Shop\r\nBcc: all@example.com", address="shop@trad.example")
    makers.mail()
    run_jobs()
    assert OutgoingMail.objects.get().state in {"failed", "queued"} or "Bcc" not in postman.got[0]


def test_nothing_is_written_or_sent_to_who_was_erased(postman: Postman) -> None:
    waiting = makers.mail()
    OutgoingMail.objects.filter(id=waiting).update(to="erased-1@erased.invalid")
    meanwhile = makers.mail(to="erased-1@erased.invalid")
    run_jobs()
    contact.deliver(mail_id=meanwhile)
    assert postman.got == [] and set(OutgoingMail.objects.values_list("state", flat=True)) == {"dropped"}
    assert OutgoingMail.objects.get(id=meanwhile).text == ""
