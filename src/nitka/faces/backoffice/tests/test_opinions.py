"""The queue of reviews and questions: looked at, shown, refused with a reason, answered."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.people.accounts.queries import audit_rows
from nitka.people.contact.models import OutgoingMail
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known
from nitka.shelf.reviews.models import Answer, Question, Review
from nitka.shelf.reviews.tests.makers import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: Any) -> UUID:
    makers.a_shop()
    known.forget()
    return put_product().product_id


@pytest.fixture
def agent(table: UUID) -> Client:
    return makers.signed_in("agent")


def waiting(table: UUID, *words: str) -> list[Review]:
    reviews.put_reviews(drafts=[draft(table, 2, key=body, body=body, state="waiting") for body in words], demo=True)
    return list(Review.objects.order_by("created_at", "id"))


def test_what_waits_stands_in_the_queue_marked_as_demo(agent: Client, table: UUID) -> None:
    waiting(table, "It wobbles.")
    text = agent.get("/back/reviews/").content.decode()
    assert "It wobbles." in text and "demo data" in text and "data-href=" in text
    assert "It wobbles." not in agent.get("/back/reviews/?state=published").content.decode()
    assert "It wobbles." in agent.get("/back/reviews/?state=all&q=wobble&stars=2").content.decode()


def test_showing_one_leads_to_the_next_and_is_audited(agent: Client, table: UUID) -> None:
    one, two = waiting(table, "It wobbles.", "It creaks.")
    answer = agent.post(f"/back/reviews/{one.id}/publish")
    assert answer["Location"] == f"/back/reviews/{two.id}/"
    assert "It creaks." in agent.get(answer["Location"]).content.decode()
    assert known.reviews_of(product_id=table).total == 1
    assert audit_rows().filter(verb="review.publish").exists()
    assert agent.post(f"/back/reviews/{two.id}/publish")["Location"] == "/back/reviews/"


def test_refusing_needs_a_reason(agent: Client, table: UUID) -> None:
    [one] = waiting(table, "It wobbles.")
    agent.post(f"/back/reviews/{one.id}/refuse", {"text": " "})
    assert Review.objects.get().state == "waiting"
    agent.post(f"/back/reviews/{one.id}/refuse", {"text": "It names a person."})
    assert Review.objects.get().state == "refused"
    assert "It names a person." in agent.get(f"/back/reviews/{one.id}/").content.decode()


def test_an_answer_is_kept_with_who_wrote_it(agent: Client, table: UUID) -> None:
    [one] = waiting(table, "It wobbles.")
    agent.post(f"/back/reviews/{one.id}/answer", {"text": "Please write to us, we mend it."})
    row = Review.objects.get()
    assert row.answer == "Please write to us, we mend it." and row.answered_by


def test_a_question_is_answered_and_its_asker_told(agent: Client, table: UUID) -> None:
    asked = reviews.ask_question(product_id=table, body="Does it fold?", email="ida@example.com")
    reviews.confirm_question(token=Question.objects.get().token)
    assert "Does it fold?" in agent.get("/back/questions/").content.decode()
    page = agent.get(f"/back/questions/{asked}/").content.decode()
    assert "ida@example.com" in page
    agent.post(f"/back/questions/{asked}/answer", {"text": "It does."})
    assert Answer.objects.get().state == "published"
    assert OutgoingMail.objects.filter(template="reviews/mail/question_answered", to="ida@example.com").count() == 1
    agent.post(f"/back/questions/{asked}/answer-refuse", {"answer": str(Answer.objects.get().id)})
    assert Answer.objects.get().state == "refused"


def test_rules_are_set_by_who_may(agent: Client, table: UUID) -> None:
    assert agent.get("/back/reviews/rules").status_code == 403
    owner = makers.signed_in("owner")
    owner.post("/back/reviews/rules", {"look_first": "on", "invite": "consented", "invite_after_days": "21"})
    assert known.rules().invite == "consented" and known.rules().invite_after_days == 21
    owner.post("/back/reviews/rules", {"invite": "everyone", "invite_after_days": "x"})
    assert known.rules().invite == "consented"
    assert "21" in owner.get("/back/reviews/rules").content.decode()


def test_the_warehouse_and_strangers_are_kept_out(table: UUID) -> None:
    assert makers.signed_in("warehouse").get("/back/reviews/").status_code == 403
    assert Client().get("/back/questions/").status_code == 302


def test_unknown_things_are_not_found(agent: Client, table: UUID) -> None:
    [one] = waiting(table, "It wobbles.")
    for path in (f"/back/reviews/{table}/", f"/back/questions/{table}/"):
        assert agent.get(path).status_code == 404
    assert agent.post(f"/back/reviews/{one.id}/burn").status_code == 404
