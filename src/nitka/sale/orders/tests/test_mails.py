"""Every mail of an order in every language, from its first step to its last."""

import pytest

from nitka.ground import clock
from nitka.ground.locale import LANGUAGES
from nitka.people.contact import queries as contact
from nitka.sale.orders import actions as orders
from nitka.sale.orders import mails, queries
from nitka.sale.orders.models import OrderLine
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def written() -> list[str]:
    return [row.template.rpartition("/")[2] for row in contact.mailbox_rows().order_by("created_at", "id")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bank_order_is_told_step_by_step(language: str) -> None:
    with clock.freeze(WEDNESDAY):
        placed = an_order((goods(), 2), payment="bank_transfer", language=language)
        run_jobs()
        orders.confirm_bank_payment(order_id=placed.order_id)
        orders.pack_order(order_id=placed.order_id)
        orders.ship_order(order_id=placed.order_id, carrier="demo_post")
        orders.deliver_order(order_id=placed.order_id)
        run_jobs()
    assert written() == [
        "order_placed", "new_order_for_merchant", "payment_received", "order_packed", "order_shipped",
        "order_delivered",
    ]  # fmt: skip
    first = contact.mail(contact.mailbox_rows("max@example.com").order_by("created_at", "id")[0].id)
    assert first and placed.code in first.subject and placed.token in first.html and placed.token in first.text
    assert "PL61 1090 1014 0000 0712 1981 2874" in first.text
    assert [(file.name, file.content_type) for file in first.attachments] == [("payment-code.png", "image/png")]


def test_a_card_order_is_told_by_one_mail_and_links_to_its_page() -> None:
    placed = an_order()
    run_jobs()
    assert written() == ["order_placed", "new_order_for_merchant"]
    mail = contact.mail(contact.mailbox_rows("max@example.com")[0].id)
    assert mail and f"/en/order/{placed.code}?k={placed.token}" in mail.html and not mail.attachments


def test_no_mail_leaves_a_placeholder_or_a_template_word_behind() -> None:
    placed = an_order(payment="bank_transfer")
    orders.declare_withdrawal(order_id=placed.order_id, name="Max")
    orders.cancel_order(order_id=placed.order_id, reason="shopper")
    run_jobs()
    assert {"withdrawal_received", "withdrawal_for_merchant", "order_cancelled"} <= set(written())
    for row in contact.mailbox_rows():
        whole = row.subject + row.text + row.html
        assert "%(" not in whole and "{{" not in whole and "None" not in whole


def test_a_refund_is_named_in_the_mail_of_the_cancellation() -> None:
    placed = an_order((goods(), 1))
    orders.cancel_order(order_id=placed.order_id, note="The glass broke in our hands.")
    run_jobs()
    mail = next(row for row in contact.mailbox_rows() if row.template.endswith("order_cancelled"))
    assert "€24.89" in mail.text and "The glass broke in our hands." in mail.text


def test_a_new_promise_of_some_days_reads_as_such_in_every_language() -> None:
    placed = an_order(language="bg")
    mails.delivery_delayed(placed.order_id, cause="not_handed_over", promised_on=WEDNESDAY.date())
    row = contact.mailbox_rows().get(template="orders/mail/delivery_delayed")
    assert "Пристига: от " in row.text and " на от " not in row.text


def test_a_part_that_left_is_named_with_its_colour() -> None:
    placed = an_order((goods(), 2))
    found = queries.order(placed.order_id)
    assert found
    OrderLine.objects.update(option_text="Chalk")
    orders.ship_order(order_id=placed.order_id, carrier="demo_post", lines={found.lines[0].id: 1})
    run_jobs()
    row = contact.mailbox_rows().get(template="orders/mail/order_shipped")
    assert row.text.count("1 × Lamp, Chalk") == 2


def test_a_lost_mail_is_sent_again_as_the_order_stands_now() -> None:
    placed = an_order()
    for verb, name in (
        (None, "order_placed"),
        (lambda: orders.ship_order(order_id=placed.order_id, carrier="demo_post"), "order_shipped"),
        (lambda: orders.deliver_order(order_id=placed.order_id), "order_delivered"),
    ):
        if verb:
            verb()
        orders.resend_mail(order_id=placed.order_id)
        assert written()[-1] == name
