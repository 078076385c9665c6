"""What is filled in on a form of the shop becomes a conversation."""

import pytest

from nitka.care.desk.models import Conversation, Message
from nitka.shelf.content import actions
from nitka.shelf.content.tests.makers import filled, trade_form
from tests.worker import run_jobs


@pytest.mark.django_db
def test_a_sheet_is_a_conversation_at_the_desk():
    trade_form()
    actions.submit_form(filled=filled())
    run_jobs()
    talk = Conversation.objects.get()
    assert talk.email == "anna@example.com" and talk.subject == "For business"
    assert "Your plan: Twenty chairs" in Message.objects.get().text
