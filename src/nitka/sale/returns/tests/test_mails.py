"""Every mail of a case in every language."""

import pytest

from nitka.ground.locale import LANGUAGES
from nitka.people.contact import queries as contact
from nitka.people.contact.models import MailAttachment
from nitka.sale.returns import actions as returns
from nitka.sale.returns.tests.makers import HOUSE, a_delivered_order, a_photo, a_return, lamps, of, received
from nitka.sale.shipping.tests.makers import open_shop
from nitka.shelf.content import actions as content
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()
    content.set_shop(email="shop@example.com")


def written() -> list[str]:
    rows = contact.mailbox_rows().filter(template__startswith="returns/").order_by("created_at", "id")
    return [row.template.rpartition("/")[2] for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_return_is_told_step_by_step(language: str) -> None:
    order = a_delivered_order(language=language)
    case = a_return(order, 2)
    run_jobs()
    returns.settle(case_id=received(case).id, by=HOUSE)
    run_jobs()
    assert written() == ["case_opened", "case_for_merchant", "case_received", "case_closed"]
    first = contact.mail(contact.mailbox_rows("max@example.com").filter(template="returns/mail/case_opened")[0].id)
    assert first and case.code in first.subject and order.token in first.html and order.token in first.text
    assert MailAttachment.objects.filter(name=f"{case.code}.pdf").exists()


def test_a_replacement_an_answer_and_a_refusal_are_told() -> None:
    order = a_delivered_order((lamps(2000)[0], 3))
    by = returns.holder(order.token)
    wish = of(order, 1, "damaged")
    again = returns.request_replacement(order_id=order.id, lines=wish, by=by, photos=[a_photo()])
    returns.approve(case_id=again, by=HOUSE)
    returns.send_new_goods(case_id=again, by=HOUSE, carrier="demo_post")
    angry = returns.complain(order_id=order.id, words="The lamp hums.", by=by)
    returns.refuse(case_id=angry, by=HOUSE, why="Lamps of this kind hum.")
    off = a_return(order)
    returns.cancel_case(case_id=off.id, by=by)
    run_jobs()
    told = [name for name in written() if name != "case_for_merchant"]
    assert sorted(told) == sorted(
        ["case_opened"] * 3 + ["case_approved", "new_goods_sent", "case_closed", "case_refused", "case_cancelled"]
    )
    refused = contact.mail(contact.mailbox_rows().filter(template="returns/mail/case_refused")[0].id)
    assert refused and "Lamps of this kind hum." in refused.text
    assert refused.subject.startswith("About complaint ") and "looked at complaint " in refused.text
