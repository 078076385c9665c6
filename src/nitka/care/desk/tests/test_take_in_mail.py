"""Mails as they come from the world: whom they belong to, and what becomes of hostile ones."""

import threading

import pytest
from django.db import connections

from nitka.care.desk import actions as desk
from nitka.care.desk.models import Conversation, Message
from nitka.care.desk.tests.makers import PNG, asked, last_mail, raw, seen
from nitka.people.contact.tests import makers as mails
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping import actions as shipping
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def inbound(settings) -> None:
    settings.NITKA_INBOUND_ADDRESS = "reply@shop.example"


def text_of(mail: bytes) -> str:
    return seen(desk.take_in_mail(raw=mail).conversation_id).messages[-1].text


def test_a_strangers_mail_begins_a_conversation() -> None:
    taken = desk.take_in_mail(raw=raw("Where is my parcel?", subject="Parcel"))
    found = seen(taken.conversation_id)
    assert taken.verdict == "new" and found.subject == "Parcel" and found.cause == "delivery"
    assert found.email == "anna@example.com" and found.name == "Anna" and found.messages[0].proof == 0


def test_the_signed_address_finds_the_conversation_and_proves_the_mailbox() -> None:
    conversation = asked()
    mail = raw("More.", to=f"Shop <{last_mail().reply_to.upper()}>")
    taken = desk.take_in_mail(raw=mail)
    assert (taken.verdict, taken.conversation_id) == ("joined", conversation)
    assert seen(conversation).messages[-1].proof == 1


def test_the_envelope_counts_where_the_header_names_somebody_else() -> None:
    conversation = asked()
    token = last_mail().reply_to
    mail = raw("More.", to="undisclosed-recipients:;", sender="other@example.com")
    assert desk.take_in_mail(raw=mail, envelope=[token]).conversation_id == conversation


def test_a_forged_or_broken_token_is_as_none() -> None:
    conversation = asked()
    token = last_mail().reply_to
    local, _at, domain = token.partition("@")
    for place, wrong in enumerate(
        (local[:-3] + "aaa", local[:20], "reply+", "reply+" + "c" * 43, "reply+ĉ" + "a" * 42)
    ):
        taken = desk.take_in_mail(raw=raw(str(place), sender=f"s{place}@example.org", to=f"x@{domain}"),
                                  envelope=[f"{wrong}@{domain}"])  # fmt: skip
        assert taken.verdict == "new" and taken.conversation_id != conversation


def test_in_reply_to_and_references_find_the_conversation() -> None:
    conversation = asked()
    ours = last_mail().message_id
    first = desk.take_in_mail(raw=raw("a", sender="other@example.com", in_reply_to=ours, message_id="<a@b>"))
    second = desk.take_in_mail(raw=raw("b", sender="third@example.com", references=f"<x@y> {ours} <z@z>"))
    third = desk.take_in_mail(raw=raw("c", sender="fourth@example.com", in_reply_to="<a@b>"))
    # The confirmation belongs to no message, so its answers are found by the conversation that began from them.
    assert {first.conversation_id, second.conversation_id, third.conversation_id} == {conversation}
    assert all(each.proof == 0 for each in seen(conversation).messages)


def test_an_answer_to_any_of_our_mails_is_about_that_mail() -> None:
    mail_id = mails.mail(to="anna@example.com")
    token = last_mail().reply_to
    assert token
    taken = desk.take_in_mail(raw=raw("What is this code?", to=token))
    assert taken.verdict == "new" and seen(taken.conversation_id).context["mail"]["id"] == str(mail_id)
    assert seen(taken.conversation_id).messages[0].proof == 1
    again = desk.take_in_mail(raw=raw("And?", sender="eve@example.org", to=token))
    assert again.conversation_id == taken.conversation_id


def test_an_order_is_linked_only_for_its_own_address() -> None:
    pricing.set_up_markets()
    shipping.put_built_in_options()
    placed = an_order((goods(), 1), email="anna@example.com")
    own = desk.take_in_mail(raw=raw("Where is it?", subject=f"Order {placed.code.lower()}"))
    assert seen(own.conversation_id).order_code == placed.code
    other = desk.take_in_mail(raw=raw("Where is it?", subject=f"Order {placed.code}", sender="eve@example.org"))
    assert seen(other.conversation_id).order_code == ""


def test_a_mail_without_marks_joins_the_senders_open_conversation_and_no_closed_one() -> None:
    conversation = asked()
    assert desk.take_in_mail(raw=raw("hm")).conversation_id == conversation
    desk.close_conversation(conversation_id=conversation)
    assert desk.take_in_mail(raw=raw("hm again")).verdict == "new"


def test_the_same_mail_twice_is_kept_once_and_another_sender_cannot_use_up_its_id() -> None:
    mail = raw("Hello", message_id="<same@example.com>")
    first, second = desk.take_in_mail(raw=mail), desk.take_in_mail(raw=mail)
    assert (second.verdict, second.message_id) == ("known", first.message_id)
    third = desk.take_in_mail(raw=raw("Other", message_id="<same@example.com>", sender="eve@example.org"))
    assert third.verdict == "new" and Message.objects.count() == 2


def test_a_mail_without_message_id_is_kept_once_too() -> None:
    mail = b"From: anna@example.com\r\nSubject: x\r\n\r\nHello\r\n"
    assert desk.take_in_mail(raw=mail).verdict == "new"
    assert desk.take_in_mail(raw=mail).verdict == "known"


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"}, {"precedence": "bulk"}, {"x_autoreply": "yes"}, {"x_loop": "us"},
        {"return_path": "<>"}, {"sender": "MAILER-DAEMON@example.com"}, {"sender": "noreply@example.com"},
        {"list_id": "<news.example.com>"}, {"x_auto_response_suppress": "All"},
    ],
)  # fmt: skip
def test_machines_open_nothing_and_are_kept_where_they_belong(headers: dict[str, str]) -> None:
    assert desk.take_in_mail(raw=raw("I am on holiday", **headers)).verdict == "ignored"
    conversation = asked()
    desk.close_conversation(conversation_id=conversation)
    taken = desk.take_in_mail(raw=raw("I am on holiday", to=last_mail().reply_to, **headers))
    found = seen(conversation)
    assert taken.verdict == "joined" and found.state == "closed" and found.messages[-1].kind in ("machine", "bounce")


def test_nothing_is_ever_answered_by_itself() -> None:
    asked()
    before = last_mail().id
    for number in range(5):
        desk.take_in_mail(raw=raw(f"{number}", to=last_mail().reply_to))
    assert last_mail().id == before


def test_our_own_mail_that_comes_back_is_refused() -> None:
    asked()
    mail = last_mail()
    for own in ({"message_id": mail.message_id}, {"sender": mail.reply_to}):
        with pytest.raises(desk.MailRefused):
            desk.take_in_mail(raw=raw("echo", **own))


def test_a_flood_from_one_address_ends() -> None:
    for number in range(60):
        desk.take_in_mail(raw=raw(f"{number}"))
    with pytest.raises(desk.TooManyMails):
        desk.take_in_mail(raw=raw("60"))
    assert desk.take_in_mail(raw=raw("hello", sender="kari@example.com")).verdict == "new"


def test_a_huge_mail_is_refused() -> None:
    with pytest.raises(desk.TooLargeMail):
        desk.take_in_mail(raw=b"From: a@example.com\n\n" + b"x" * (25 * 1024 * 1024))


def test_files_are_bounded_and_known_by_their_bytes() -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Message-ID"] = "anna@example.com", "<files@example.com>"
    message.set_content("See the pictures.")
    message.add_attachment(PNG, maintype="application", subtype="octet-stream", filename="lamp.jpg")
    message.add_attachment(b"MZ\x90evil", maintype="image", subtype="png", filename="lamp.png")
    message.add_attachment(PNG + b"0" * 6_000_000, maintype="image", subtype="png", filename="big.png")
    found = seen(desk.take_in_mail(raw=message.as_bytes()).conversation_id).messages[0]
    assert [(each.name, each.content_type) for each in found.files] == [("lamp.png", "image/png")]
    assert [(each["name"], each["why"]) for each in found.context["left_out"]] == [
        ("lamp.png", "kind"),
        ("big.png", "size"),
    ]
    assert Conversation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_mails_of_one_person_at_once_begin_one_conversation() -> None:
    def take(number: int) -> None:
        try:
            desk.take_in_mail(raw=raw(f"part {number}", message_id=f"<at-once-{number}@example.com>"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert Conversation.objects.count() == 1 and Message.objects.count() == 4
