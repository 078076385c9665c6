import pytest

from nitka.care.desk import actions as desk
from nitka.care.desk.tests.makers import asked, last_mail, raw, seen
from nitka.ground.ids import new_id
from nitka.people.contact import queries as contact
from nitka.people.customers import queries as customers

pytestmark = pytest.mark.django_db
ADAM = new_id()


@pytest.fixture(autouse=True)
def inbound(settings) -> None:
    settings.NITKA_INBOUND_ADDRESS = "reply@shop.example"


def test_an_answer_goes_out_in_the_thread_and_comes_back_into_the_same_conversation() -> None:
    begun = desk.take_in_mail(raw=raw("Is it oak?", subject="The table", message_id="<first@example.com>"))
    found = seen(begun.conversation_id)
    desk.answer(conversation_id=found.id, text="Yes, solid oak.", by=ADAM, seen=found.newest_words)
    mail = last_mail()
    assert mail.subject == "Re: The table" and "Yes, solid oak." in mail.text and "> Is it oak?" in mail.text
    assert mail.headers["In-Reply-To"] == "<first@example.com>" == mail.headers["References"]
    assert mail.headers["Auto-Submitted"] == "no"
    assert contact.read_reply_address(mail.reply_to) == ("conversation", found.id)
    again = raw("Thank you!", to=mail.reply_to, message_id="<second@example.com>")
    assert desk.take_in_mail(raw=again).conversation_id == found.id
    desk.answer(conversation_id=found.id, text="You are welcome.", by=ADAM)
    assert last_mail().headers["In-Reply-To"] == "<second@example.com>"
    assert last_mail().headers["References"].split()[0] == "<first@example.com>"
    after = seen(found.id)
    assert after.state == "answered" and [each.direction for each in after.messages] == ["in", "out", "in", "out"]


def test_who_has_not_read_the_newest_message_does_not_answer_it() -> None:
    found = seen(asked())
    desk.take_in_mail(raw=raw("One more thing."))
    with pytest.raises(desk.MeanwhileProblem):
        desk.answer(conversation_id=found.id, text="Yes.", by=ADAM, seen=found.newest_words)
    assert last_mail().template == "desk/mail/received"


def test_the_frame_speaks_the_askers_language() -> None:
    conversation = asked(language="pl", email="ola@example.com")
    desk.answer(conversation_id=conversation, text="Tak.", by=ADAM)
    assert last_mail("ola@example.com").language == "pl"


def test_an_answer_goes_to_the_asker_even_if_somebody_else_holds_the_link() -> None:
    found = seen(asked())
    token = last_mail().reply_to
    desk.take_in_mail(raw=raw("Tell me all of it.", sender="eve@example.org", to=token))
    desk.answer(conversation_id=found.id, text="Hello.", by=ADAM)
    assert last_mail().template == "desk/mail/answer"
    assert not contact.mailbox_rows("eve@example.org").exists()
    assert [each.proof for each in seen(found.id).messages] == [0, 0, 0]


def test_an_empty_answer_is_refused() -> None:
    with pytest.raises(desk.AnswerProblem):
        desk.answer(conversation_id=asked(), text="  \n", by=ADAM)


def test_closing_and_another_message_that_opens_it_again() -> None:
    conversation = asked()
    assert desk.close_conversation(conversation_id=conversation) is True
    assert desk.close_conversation(conversation_id=conversation) is False
    desk.take_in_mail(raw=raw(to=last_mail().reply_to))
    assert seen(conversation).state == "open"


def test_a_cause_is_changed_by_one_of_us_and_told_once() -> None:
    conversation = asked()
    assert desk.set_cause(conversation_id=conversation, cause="return", by=ADAM) is True
    assert desk.set_cause(conversation_id=conversation, cause="return", by=ADAM) is False
    with pytest.raises(desk.AskProblem):
        desk.set_cause(conversation_id=conversation, cause="weather", by=ADAM)
    assert seen(conversation).cause_by == str(ADAM)
    with pytest.raises(desk.AskProblem):
        desk.link_order(conversation_id=conversation, code="NK-0000-00")
    assert customers.customer_by_email("anna@example.com")
