"""Forms as data, and what is filled in."""

import pytest

from nitka.ground.facts.models import FactRow
from nitka.people.contact.models import OutgoingMail
from nitka.shelf.content import actions, queries
from nitka.shelf.content.models import Submission

pytestmark = pytest.mark.django_db
FIELDS = [
    {"kind": "name", "label": {"en": "Name", "pl": "Imię"}},
    {"kind": "email", "label": {"en": "E-mail"}, "needed": True},
    {
        "kind": "choice",
        "label": {"en": "What for?"},
        "choices": [{"en": "A café", "pl": "Kawiarnia"}, {"en": "A home"}],
    },
    {"kind": "text", "label": {"en": "Your plan"}, "needed": True},
]
GOOD = {"name-1": "Anna", "email-2": "Anna@Example.com", "choice-3": "0", "text-4": "Twenty chairs"}


@pytest.fixture(autouse=True)
def form():
    queries.forget()
    actions.set_shop(name="Shop", email="shop@example.com")
    actions.put_form(code="trade", title={"en": "For business"}, fields=FIELDS, consent={"en": "Keep this a year."})
    yield
    queries.forget()


def filled(**more):
    return actions.Filled(**{"form": "trade", "values": GOOD, "language": "pl", "agreed": True, **more})


def test_a_sheet_keeps_what_was_written_and_what_was_agreed_to():
    found = queries.submission(actions.submit_form(filled=filled(page="warm")))
    assert found and found.email == "anna@example.com" and found.name == "Anna"
    assert ("choice-3", "What for?", "Kawiarnia") in found.answers
    assert found.consent == "Keep this a year."


def test_the_same_sheet_twice_is_one_and_tells_once():
    assert actions.submit_form(filled=filled()) == actions.submit_form(filled=filled())
    assert FactRow.objects.filter(kind="content.form_submitted").count() == 1


def test_the_mail_to_the_shop_holds_nothing_of_the_person():
    actions.submit_form(filled=filled())
    mail = OutgoingMail.objects.get(template="content/mail/form_submitted")
    assert mail.to == "shop@example.com" and "For business" in mail.subject
    assert "Twenty" not in mail.text and "anna" not in mail.text.lower()


@pytest.mark.parametrize(
    ("values", "agreed", "named"),
    [
        ({**GOOD, "email-2": "nobody"}, True, "email-2"),
        ({**GOOD, "text-4": " "}, True, "text-4"),
        ({**GOOD, "choice-3": "7"}, True, "choice-3"),
        (GOOD, False, "consent"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(values, agreed, named):
    with pytest.raises(actions.ContentProblem) as refused:
        actions.submit_form(filled=filled(values=values, agreed=agreed))
    assert set(refused.value.detail["errors"]) == {named}
    assert not Submission.objects.exists()


def test_a_form_that_is_a_conversation_needs_an_address():
    with pytest.raises(actions.ContentProblem, match="address"):
        actions.put_form(code="poll", title={"en": "Poll"}, fields=FIELDS[:1])
    actions.put_form(code="poll", title={"en": "Poll"}, fields=FIELDS[:1], talks=False)


def test_a_closed_form_takes_nothing():
    actions.put_form(code="trade", title={"en": "For business"}, fields=FIELDS, open=False)
    with pytest.raises(actions.UnknownForm):
        actions.submit_form(filled=filled())
