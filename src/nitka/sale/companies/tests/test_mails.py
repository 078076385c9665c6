"""The mails of companies."""

import pytest

from nitka.people.contact.models import OutgoingMail
from nitka.sale.companies import actions, queries
from nitka.sale.companies.tests.makers import a_company, acts_for, with_terms
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.pricing.tests.makers import priced
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_a_quote_that_is_declined_unanswered_is_told_and_the_shop_may_answer_the_asker() -> None:
    open_shop()
    company = with_terms(a_company())
    member = queries.member_of(company, acts_for(company, "ola@kawa.example"))
    assert member
    (lamp,) = priced(2000)
    line = actions.AskedLine(variant_id=lamp, sku="lamp", title="Lamp", option_text="Clay", pieces=12, list_minor=2000)
    code = actions.ask_for_quote(member=member, market="eu", language="en", currency="EUR", lines=[line])
    found = queries.quote_by_code(code)
    assert found
    actions.decline_quote(quote_id=found.id, answer="We have none left.")
    run_jobs()
    asked, declined = OutgoingMail.objects.filter(template="companies/mail/word").order_by("created_at", "id")
    assert (asked.to, asked.purpose, asked.reply_to) == ("shop@example.com", "merchant", "ola@kawa.example")
    assert "12 × Lamp, Clay" in asked.text
    assert declined.subject.endswith("is closed") and "We answer:\n  We have none left." in declined.text
