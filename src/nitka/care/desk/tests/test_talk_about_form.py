"""A form of the shop that somebody filled in is a conversation."""

import pytest

from nitka.care.desk.models import Conversation, Message
from nitka.shelf.content import actions
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
FIELDS = [
    {"kind": "email", "label": {"en": "E-mail"}, "needed": True},
    {"kind": "text", "label": {"en": "Your plan"}, "needed": True},
]


def test_a_sheet_is_a_conversation_at_the_desk():
    actions.put_form(code="trade", title={"en": "For business"}, fields=FIELDS)
    values = {"email-1": "anna@example.com", "text-2": "Twenty chairs"}
    actions.submit_form(filled=actions.Filled(form="trade", values=values, language="pl"))
    run_jobs()
    talk = Conversation.objects.get()
    assert talk.email == "anna@example.com" and talk.subject == "For business"
    assert "Your plan: Twenty chairs" in Message.objects.get().text


def test_a_form_that_is_no_conversation_begins_none():
    actions.put_form(code="poll", title={"en": "Poll"}, fields=FIELDS, talks=False)
    values = {"email-1": "anna@example.com", "text-2": "Twenty chairs"}
    actions.submit_form(filled=actions.Filled(form="poll", values=values, language="pl"))
    run_jobs()
    assert not Conversation.objects.exists()
