"""What a message says of who wrote it, and what it does not."""

import pytest

from nitka.care.desk import actions as desk
from nitka.care.desk import queries
from nitka.care.desk.tests.makers import asked, last_mail, raw, seen
from nitka.people.customers import queries as customers
from nitka.people.customers.models import Evidence

pytestmark = pytest.mark.django_db


def standing(email: str) -> int:
    return Evidence.objects.get(id=customers.evidence_id("email", email)).standing


def test_a_from_is_a_claim_and_an_answer_to_our_own_mail_gives_the_address(settings) -> None:
    settings.NITKA_INBOUND_ADDRESS = "reply@shop.example"
    first = seen(desk.take_in_mail(raw=raw("Hello")).conversation_id)
    assert standing("anna@example.com") == 0 and first.customer_id
    desk.answer(conversation_id=first.id, text="Hello Anna", by=first.id)
    desk.take_in_mail(raw=raw("Thanks", to=last_mail().reply_to))
    assert standing("anna@example.com") == 1
    after = customers.customer_by_email("anna@example.com")
    assert after and first.customer_id in customers.customer_ids_of(after.id)
    assert [each.id for each in queries.conversations_of_customer(after.id)] == [first.id]


def test_a_browser_that_typed_a_known_address_is_not_made_that_person() -> None:
    anna = seen(asked()).customer_id
    asked(email="anna@example.com", device="0b7e2f1c-6d11-4f0e-9c11-3f5f0d6a7b11")
    assert customers.customer_by_email("anna@example.com").id == anna
    device = Evidence.objects.filter(kind="device").first()
    assert device is not None and device.standing == 0
