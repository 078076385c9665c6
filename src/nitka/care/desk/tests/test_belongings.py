import pytest

from nitka.care.desk import actions as desk
from nitka.care.desk.models import Message, MessageAttachment
from nitka.care.desk.tests.makers import PNG, asked, last_mail, raw, seen

belongings = pytest.importorskip("nitka.ground.belongings")
pytestmark = pytest.mark.django_db


def test_an_erasure_leaves_counts_and_no_words(settings) -> None:
    settings.NITKA_INBOUND_ADDRESS = "reply@shop.example"
    conversation = asked(name="Anna Nowak", pictures=(desk.File("anna.png", PNG),))
    kept = asked(text="Another's question", email="kari@example.com")
    token = last_mail().reply_to
    anna = belongings.Party(ids=frozenset([seen(conversation).customer_id]), emails=frozenset(["anna@example.com"]))
    counts = belongings.erase_all(anna, belongings.StandIns())
    assert counts["desk.Conversation"] == 1 and not MessageAttachment.objects.exists()
    found = seen(conversation)
    assert (found.email, found.name, found.subject, found.context) == ("", "", "", {}) and found.cause == "product"
    assert [(each.text, each.sender) for each in found.messages] == [("", "")]
    assert seen(kept).messages[0].text == "Another's question"
    assert desk.take_in_mail(raw=raw("Me again", to=token)).verdict == "new", "an emptied talk takes nobody in"
    assert not Message.objects.filter(text__contains="lamp").exists()
