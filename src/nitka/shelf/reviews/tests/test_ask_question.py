"""A question, its proof by mail, its answers, and who hears of them."""

import re
from uuid import UUID

import pytest

from nitka.ground.facts.models import FactRow
from nitka.people.contact.models import OutgoingMail
from nitka.people.customers.actions import EmailProblem
from nitka.people.customers.models import Customer
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries
from nitka.shelf.reviews.models import Answer, Question
from nitka.shelf.reviews.problems import NotInvited, QuestionProblem
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> UUID:
    return put_product().product_id


def asked(table: UUID, **values: object) -> UUID:
    given = {"body": "Does it fold?", "email": "ida@example.com", "nickname": "Ida", "language": "nb"}
    return reviews.ask_question(product_id=table, **(given | values))  # type: ignore[arg-type]


def mails(name: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(template=f"reviews/mail/{name}"))


def test_a_strangers_question_waits_for_a_click_in_a_mail(table: UUID) -> None:
    asked(table)
    assert Question.objects.get().state == "unproved"
    [mail] = mails("question_confirm")
    token = re.search(r"token=([\w-]+)", mail.text)
    assert token and reviews.confirm_question(token=token[1])
    assert Question.objects.get().state == "waiting"
    assert not reviews.confirm_question(token="nobody's") and not reviews.confirm_question(token="")


def test_a_strangers_words_are_not_sent_to_an_address_that_nobody_proved(table: UUID) -> None:
    asked(table, body="Buy pills at pills.example now", nickname="pills.example")
    [mail] = mails("question_confirm")
    assert "pills" not in mail.text + mail.html + mail.subject


def test_a_customers_question_waits_for_its_answer_alone(table: UUID) -> None:
    me = Customer.objects.create(email="me@example.com")
    asked(table, customer_id=me.id, email="other@example.com")
    row = Question.objects.get()
    assert (row.state, row.email) == ("waiting", "me@example.com") and not mails("question_confirm")


def test_the_shops_answer_shows_both_and_tells_the_asker(table: UUID) -> None:
    me = Customer.objects.create(email="me@example.com")
    one = asked(table, customer_id=me.id)
    reviews.answer_question(question_id=one, body="It does, in a minute.")
    run_jobs()
    [mail] = mails("question_answered")
    assert mail.to == "me@example.com" and "in a minute" in mail.text
    assert FactRow.objects.get(kind="reviews.question_answered").whose == me.id
    [shown] = queries.questions_of(product_id=table).items
    assert [answer.by for answer in shown.answers] == ["shop"]
    assert queries.ratings_of([table])[table].questions == 1


def test_a_buyer_may_answer_and_is_looked_at_first(table: UUID) -> None:
    one = asked(table)
    reviews.publish_question(question_id=one)
    bo = Customer.objects.create(email="bo@example.com").id
    with pytest.raises(NotInvited):
        reviews.answer_as_buyer(question_id=one, body="Mine does.", customer_id=bo)
    reviews.invite(order_code="NK-1", product_ids=[table], customer_id=bo)
    answer = reviews.answer_as_buyer(question_id=one, body="Mine does.", customer_id=bo, nickname="Bo")
    assert queries.questions_of(product_id=table).items[0].answers == ()
    assert queries.waiting()["questions"] == 1
    assert reviews.publish_answer(answer_id=answer) and not reviews.publish_answer(answer_id=answer)
    assert queries.questions_of(product_id=table).items[0].answers[0].by == "buyer"
    reviews.refuse_answer(answer_id=answer)
    assert Answer.objects.get().state == "refused"


def test_refused_ones_are_not_shown(table: UUID) -> None:
    one = asked(table)
    with pytest.raises(QuestionProblem):
        reviews.refuse_question(question_id=one, reason="")
    reviews.refuse_question(question_id=one, reason="Spam")
    assert queries.questions_of(product_id=table).total == 0


def test_no_answer_is_shown_to_a_question_that_was_refused(table: UUID) -> None:
    one = asked(table)
    bo = Customer.objects.create(email="bo@example.com").id
    reviews.invite(order_code="NK-1", product_ids=[table], customer_id=bo)
    answer = reviews.answer_as_buyer(question_id=one, body="Mine does.", customer_id=bo)
    reviews.refuse_question(question_id=one, reason="Spam")
    with pytest.raises(QuestionProblem, match="refused"):
        reviews.publish_answer(answer_id=answer)
    with pytest.raises(QuestionProblem, match="refused"):
        reviews.answer_question(question_id=one, body="It does.")
    assert [each.state for each in Answer.objects.all()] == ["waiting"]
    assert queries.questions_of(product_id=table).total == 0 and not mails("question_answered")
    reviews.publish_question(question_id=one)
    assert reviews.publish_answer(answer_id=answer)
    assert queries.questions_of(product_id=table).items[0].answers[0].by == "buyer"


def test_it_refuses_no_words_no_address_and_too_many(table: UUID) -> None:
    with pytest.raises(QuestionProblem):
        asked(table, body=" ? ")
    with pytest.raises(EmailProblem):
        asked(table, email="ida")
    for _again in range(10):
        asked(table)
    with pytest.raises(QuestionProblem):
        asked(table)


def test_a_reader_finds_questions_in_their_own_language_first(table: UUID) -> None:
    asker = Customer.objects.create(email="me@example.com")
    for body, language in (("Går det å brette?", "nb"), ("Does it fold?", "en"), ("Czy się składa?", "pl")):
        question = asked(table, body=body, language=language, customer_id=asker.id)
        reviews.answer_question(question_id=question, body="In a minute.")
    listed = queries.questions_of(product_id=table, language="nb").items
    assert [each.language for each in listed] == ["nb", "pl", "en"]
