"""Buyers are asked once, some days later, unless they said no."""

from datetime import timedelta
from uuid import UUID

import pytest

from nitka.ground import clock
from nitka.people.contact.models import OutgoingMail
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries
from nitka.shelf.reviews.models import Invitation
from nitka.shelf.reviews.queries import silence_token

pytestmark = pytest.mark.django_db
ANNA = "anna@example.com"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    queries.forget()


def invited(code: str = "NK-1", **values: object) -> list[UUID]:
    goods = [put_product(handle).product_id for handle in ("oak-table", "pine-bench")]
    reviews.invite(order_code=code, product_ids=goods, email=ANNA, language="pl", **values)  # type: ignore[arg-type]
    return goods


def days_pass(days: int) -> None:
    Invitation.objects.update(due_at=clock.now() - timedelta(days=days))


def test_nobody_is_asked_before_the_day() -> None:
    invited()
    assert reviews.send_invitations() == 0
    row = Invitation.objects.first()
    assert row and row.due_at and row.due_at > clock.now() + timedelta(days=9)


def test_one_mail_an_order_with_a_link_for_each_product() -> None:
    invited()
    days_pass(0)
    assert (reviews.send_invitations(), reviews.send_invitations()) == (1, 0)
    mail = OutgoingMail.objects.get(template="reviews/mail/invitation")
    assert mail.text.count("/review?k=") == 2 and mail.language == "pl" and "/pl/reviews/leave?k=" in mail.text


def test_who_said_no_is_not_asked_again() -> None:
    invited()
    assert reviews.leave_invitations(token=silence_token(ANNA))
    assert not reviews.leave_invitations(token="anna@example.com:forged")
    invited("NK-2")
    days_pass(0)
    assert reviews.send_invitations() == 0
    assert not OutgoingMail.objects.exists()


def test_rules_may_ask_for_a_consent_or_ask_nobody() -> None:
    reviews.set_rules(open_to_all=False, look_first=True, invite="consented", invite_after_days=1)
    invited()
    days_pass(0)
    assert reviews.send_invitations() == 0
    reviews.set_rules(open_to_all=False, look_first=True, invite="nobody", invite_after_days=1)
    invited("NK-2")
    assert set(Invitation.objects.values_list("state", flat=True)) == {"silent"}


def test_an_order_invites_once() -> None:
    goods = invited()
    assert reviews.invite(order_code="NK-1", product_ids=goods, email=ANNA) == 0


def test_orders_of_the_past_make_buyers_and_no_mail() -> None:
    invited(history=True)
    assert Invitation.objects.filter(due_at=None).count() == 2
