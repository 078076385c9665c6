import pytest

from nitka.care.desk import actions as desk
from nitka.care.desk.tests.makers import PNG, asked, last_mail, seen
from nitka.ground.facts.models import FactRow
from nitka.people.contact import queries as contact
from nitka.people.contact.models import OutgoingMail
from nitka.people.customers import queries as customers

pytestmark = pytest.mark.django_db


def test_a_question_begins_a_conversation_on_the_askers_thread() -> None:
    found = seen(asked(context={"product": "lamp"}, name="Anna Nowak"))
    anna = customers.customer_by_email("anna@example.com")
    assert anna and found.customer_id == anna.id and found.state == "open" and found.channel == "form"
    assert [each.text for each in found.messages] == ["Is the lamp warm enough to read by?"]
    told = {row.kind: row for row in FactRow.objects.filter(subject=str(found.id))}
    assert told["desk.message_received"].whose == anna.id
    assert told["desk.conversation_caused"].payload["cause"] == "product"
    assert "lamp warm" not in str([row.payload for row in told.values()]), "facts hold no words"


def test_it_is_confirmed_with_its_code_and_a_signed_address_but_not_with_what_was_typed(settings) -> None:
    settings.NITKA_INBOUND_ADDRESS = "reply@shop.example"
    found = seen(asked(text="Buy cheap pills at http://spam.example", name="Cheap pills"))
    mail = last_mail()
    assert found.code in mail.subject and found.code in mail.text
    assert "pills" not in mail.text + mail.html + mail.subject
    assert mail.reply_to.endswith("@shop.example")
    assert contact.read_reply_address(mail.reply_to) == ("conversation", found.id)


def test_a_cause_that_is_chosen_wins_over_the_rule() -> None:
    assert seen(asked(text="Where is my parcel? The courier…")).cause == "delivery"
    chosen = seen(asked(text="Where is my parcel? The courier…", cause="payment", email="b@example.com"))
    assert (chosen.cause, chosen.cause_by) == ("payment", "asker")


def test_all_wrong_fields_are_said_at_once() -> None:
    with pytest.raises(desk.AskProblem) as refused:
        asked(text=" ", email="nobody", cause="weather")
    assert set(refused.value.detail["errors"]) == {"text", "email", "cause"}


def test_pictures_are_kept_and_known_by_their_bytes() -> None:
    found = seen(asked(pictures=(desk.File("../../../etc/pass\u202ewd.gpj.exe", PNG),)))
    (file,) = found.messages[0].files
    assert file.content_type == "image/png" and file.is_picture
    assert file.name.endswith(".png") and "/" not in file.name and "\u202e" not in file.name


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", b"<html>", b"MZ\x90", b"%PDF-1.7", PNG + b"0" * (5 * 1024 * 1024)]
)
def test_what_is_no_picture_or_too_large_is_refused_at_the_field(content: bytes) -> None:
    with pytest.raises(desk.AskProblem) as refused:
        asked(pictures=(desk.File("x.png", content),))
    assert set(refused.value.detail["errors"]) == {"pictures"}


def test_a_second_press_sends_nothing_twice() -> None:
    first, second = asked(once="form-1"), asked(once="form-1")
    assert first == second and len(seen(first).messages) == 1
    assert OutgoingMail.objects.count() == 1
    assert asked(once="form-2") != first
