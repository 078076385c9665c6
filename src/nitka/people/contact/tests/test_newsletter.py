from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.contact import actions as contact
from nitka.people.contact import queries
from nitka.people.contact.models import OutgoingMail, Subscription
from nitka.people.contact.tests import makers
from nitka.people.customers import queries as customers
from nitka.people.customers.tests import makers as people

pytestmark = pytest.mark.django_db


def ask(email: str = "zofia@example.com") -> str:
    contact.subscribe_newsletter(email=email, language="pl", source="footer")
    text = OutgoingMail.objects.filter(to=email.lower()).latest("created_at").text
    return text.partition("/newsletter/confirm?token=")[2].split()[0].partition("&")[0]


def test_nothing_is_granted_before_the_mailbox_answers() -> None:
    token = ask()
    assert not customers.has_consent("zofia@example.com", "newsletter")
    contact.confirm_newsletter(token=token)
    contact.confirm_newsletter(token=token)
    assert customers.has_consent("zofia@example.com", "newsletter")
    assert len(customers.consents_of("zofia@example.com")) == 1


def test_a_newsletter_can_be_left_with_one_click() -> None:
    zofia = people.customer()
    contact.confirm_newsletter(token=ask())
    headers = dict(queries.mail(makers.mail(purpose="newsletter", customer_id=zofia)).headers)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = headers["List-Unsubscribe"].strip("<>").rpartition("=")[2]
    assert queries.subscription_by_leave_token(token).confirmed
    contact.unsubscribe(token=token)
    contact.unsubscribe(token=token)
    assert not customers.has_consent("zofia@example.com", "newsletter")
    assert len(customers.consents_of("zofia@example.com")) == 2
    with pytest.raises(contact.NoConsent):
        makers.mail(purpose="newsletter")


def test_who_left_can_come_back_but_not_by_an_old_link() -> None:
    old = ask()
    contact.confirm_newsletter(token=old)
    contact.unsubscribe_email(email="Zofia@example.com")
    with pytest.raises(contact.NewsletterProblem):
        contact.confirm_newsletter(token=old)
    contact.confirm_newsletter(token=ask())
    assert customers.has_consent("zofia@example.com", "newsletter")


def test_a_subscriber_who_asks_again_gets_no_mail_and_nobody_is_told() -> None:
    contact.confirm_newsletter(token=ask())
    before = OutgoingMail.objects.count()
    contact.subscribe_newsletter(email="zofia@example.com", language="pl", source="footer")
    assert OutgoingMail.objects.count() == before


def test_an_address_is_not_flooded() -> None:
    for _ in range(5):
        contact.subscribe_newsletter(email="zofia@example.com", language="pl", source="footer")
    assert OutgoingMail.objects.count() == 1
    with clock.freeze(clock.now() + timedelta(minutes=3)):
        ask()
    assert OutgoingMail.objects.count() == 2


def test_a_link_ends_after_a_week_and_an_unknown_one_opens_nothing() -> None:
    token = ask()
    with clock.freeze(clock.now() + timedelta(days=8)):
        for wrong in (token, "x", ""):
            with pytest.raises(contact.NewsletterProblem):
                contact.confirm_newsletter(token=wrong)
        from nitka.people.contact.tasks import forget_unconfirmed

        with clock.freeze(clock.now() + timedelta(days=7)):
            forget_unconfirmed()
    assert not Subscription.objects.exists()


def test_the_browser_that_asked_is_the_owners_once_the_mailbox_says_yes() -> None:
    phone = customers.evidence_id("device", "visitor-0123456789")
    contact.subscribe_newsletter(email="zofia@example.com", language="pl", source="footer", device="visitor-0123456789")
    assert customers.customer_by_email("zofia@example.com") is None, "who only asked is nobody yet"
    text = OutgoingMail.objects.latest("created_at").text
    contact.confirm_newsletter(token=text.partition("/newsletter/confirm?token=")[2].split()[0].partition("&")[0])
    zofia = customers.customer_by_email("zofia@example.com")
    assert zofia and customers.owners_of([phone]) == {phone: zofia.id}
