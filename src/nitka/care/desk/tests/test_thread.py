import pytest

from nitka.care.desk import actions as desk
from nitka.care.desk.tests.makers import asked, raw, seen
from nitka.ground.ids import new_id
from nitka.people.thread import queries as thread

pytestmark = pytest.mark.django_db


def test_the_words_stand_on_the_customers_thread() -> None:
    conversation = asked(text="Is the lamp <b>warm</b>?", subject="Question about Lamp")
    desk.take_in_mail(raw=raw("One more thing."))
    desk.answer(conversation_id=conversation, text="Yes, 2700 K.", by=new_id())
    desk.close_conversation(conversation_id=conversation)
    customer_id = seen(conversation).customer_id
    assert customer_id
    lines = [str(thread.line_of(item, "en").text) for item in thread.thread_of(customer_id, kinds=["messages"]).items]
    assert lines == [
        "“Question about Lamp” was settled",
        "We answered: “Yes, 2700 K.”",
        "Wrote: “One more thing.”",
        "Asked by form: “Is the lamp &lt;b&gt;warm&lt;/b&gt;?”",
        "“Question about Lamp” is about: Product",
    ]
