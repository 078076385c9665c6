import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from nitka.care.desk import actions as desk
from nitka.care.desk import queries as known
from nitka.care.desk.tests.makers import PNG, asked, last_mail, raw, seen
from nitka.faces.backoffice.tests import makers
from nitka.ground import clock
from nitka.people.contact.models import OutgoingMail
from nitka.sale.orders import actions as orders
from nitka.sale.orders.queries import HistoryKind, ImportedLine, ImportedOrder
from tests.cast import ANNA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(db: Any, settings: Any) -> None:
    settings.NITKA_INBOUND_ADDRESS = "reply@shop.example"
    makers.a_shop()


@pytest.fixture
def agent() -> Client:
    return makers.signed_in("agent")


def page_of(client: Client, conversation: Any) -> str:
    return client.get(f"/back/messages/{seen(conversation).code}/").content.decode()


def post(client: Client, conversation: Any, deed: str, **fields: str) -> Any:
    return client.post(f"/back/messages/{seen(conversation).code}/{deed}", fields)


def test_it_is_the_work_of_agents_and_not_of_the_warehouse(agent: Client) -> None:
    code = seen(asked()).code
    for path in ("", f"{code}/", "numbers", "messages.csv"):
        assert agent.get(f"/back/messages/{path}").status_code == 200
        assert makers.signed_in("warehouse").get(f"/back/messages/{path}").status_code == 403
        assert Client().get(f"/back/messages/{path}").status_code == 302


def test_tabs_filters_search_and_counts(agent: Client) -> None:
    first = seen(asked(text="Is the lamp <b>warm</b>?", name="Anna"))
    second = seen(asked(text="Where is my parcel?", email="kari@example.com", about=""))
    desk.close_conversation(conversation_id=second.id)
    html = agent.get("/back/messages/").content.decode()
    assert first.code in html and second.code not in html and "<b>warm" not in html
    assert re.findall(r'data-tab="(\w+)">[^<]+<span class="count">(\d+)<', html) == [
        ("open", "1"), ("answered", "0"), ("closed", "1"), ("all", "2"),
    ]  # fmt: skip
    for query, wanted in (("q=parcel", second), ("q=kari@", second), (f"q={first.code}", first), ("cause=product", first),
                          ("tab=closed&cause=delivery", second)):  # fmt: skip
        html = agent.get(f"/back/messages/?{query}").content.decode()
        assert wanted.code in html and {first.code, second.code} - {wanted.code} - set(
            re.findall(r"M-\w{4}-\w{4}", html)
        )
    assert second.code in agent.get("/back/messages/messages.csv?tab=all").getvalue().decode()


def test_an_answer_goes_out_by_mail_and_says_who(agent: Client) -> None:
    conversation = asked()
    html = page_of(agent, conversation)
    newest = re.search(r'name="seen" value="([^"]+)"', html).group(1)  # type: ignore[union-attr]
    assert post(agent, conversation, "answer", text="Yes, 2700 K.", seen=newest).status_code == 303
    assert last_mail().template == "desk/mail/answer" and "2700 K" in last_mail().text
    assert "2700 K" in page_of(agent, conversation) and seen(conversation).state == "answered"
    assert makers.audit("message.answer") == [seen(conversation).code]


def test_what_was_typed_stays_where_a_message_came_meanwhile(agent: Client) -> None:
    conversation = asked()
    old = str(seen(conversation).newest_words)
    desk.take_in_mail(raw=raw("One more thing"))
    answer = post(agent, conversation, "answer", text="My long answer", seen=old)
    html = answer.content.decode()
    assert answer.status_code == 409 and "My long answer</textarea>" in html and "One more thing" in html
    assert OutgoingMail.objects.filter(template="desk/mail/answer").count() == 0


def test_cause_order_closing_and_opening(agent: Client) -> None:
    conversation = asked(email=ANNA.email)
    order = makers.an_order(makers.goods_on_shelf()[0])
    assert order.code in page_of(agent, conversation), "the customer's orders stand beside"
    post(agent, conversation, "cause", cause="payment")
    post(agent, conversation, "order", order=order.code.lower())
    post(agent, conversation, "close")
    assert (seen(conversation).cause, seen(conversation).order_code, seen(conversation).state) == (
        "payment", order.code, "closed")  # fmt: skip
    post(agent, conversation, "reopen")
    post(agent, conversation, "order", order="NK-0000-00")
    assert "no order NK-0000-00" in page_of(agent, conversation)
    assert seen(conversation).state == "open" and makers.audit("message.close")


def test_files_are_shown_without_running_and_only_with_their_conversation(agent: Client) -> None:
    conversation, other = asked(pictures=(desk.File("lamp.png", PNG),)), asked(email="b@example.com")
    (file,) = seen(conversation).messages[0].files
    answer = agent.get(f"/back/messages/{seen(conversation).code}/files/{file.id}")
    assert answer.content == PNG and answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert agent.get(f"/back/messages/{seen(other).code}/files/{file.id}").status_code == 404


def test_doubtful_senders_are_named(agent: Client) -> None:
    conversation = asked()
    desk.take_in_mail(raw=raw("I am Anna too", sender="eve@example.org", to=last_mail().reply_to))
    html = page_of(agent, conversation)
    assert "From another address: eve@example.org" in html and "sender not proved" in html


def import_books(at: datetime) -> None:
    """A sale, a credit note and an entry of the books, as another system had them a minute ago."""
    line = ImportedLine("PADS", "Pads", 1, "10.00", 1000, 1000)
    back = ImportedLine("PADS", "Pads", -1, "10.00", 1000, -1000)
    drafts = [
        ImportedOrder(number=number, at=at - timedelta(minutes=1), lines=lines, currency="EUR", kind=kind)
        for number, lines, kind in [
            ("1", (line,), HistoryKind.SALE), ("C1", (back,), HistoryKind.CREDIT), ("A1", (back,), HistoryKind.ADJUSTMENT)
        ]
    ]  # fmt: skip
    orders.import_orders(source="old", drafts=drafts)


def test_contacts_per_hundred_orders_by_cause(agent: Client) -> None:
    variant = makers.goods_on_shelf()[0]
    for _n in range(4):
        makers.an_order(variant)
    asked(), asked(email="b@example.com"), asked(email="c@example.com", cause="return")
    desk.take_in_mail(raw=raw("more of the same"))
    now = clock.now()
    numbers = {each.cause: each for each in known.contacts_per_hundred(now - timedelta(days=30), now)}
    assert numbers["product"].per_hundred == 50.0 and numbers["return"].per_hundred == 25.0
    assert numbers[""].contacts == 3 and numbers[""].per_hundred == 75.0
    html = agent.get("/back/messages/numbers").content.decode()
    assert "75" in html and "A contact is" in html
    assert "Return,30,1,4,25.0" in agent.get("/back/messages/numbers.csv").getvalue().decode()
    import_books(now)
    assert known.contacts_per_hundred(now - timedelta(days=30), now)[-1].per_hundred == 60.0, "one order more, of three"
    past = known.contacts_per_hundred(now - timedelta(days=60), now - timedelta(days=50))
    assert past[-1].per_hundred is None


@pytest.mark.django_db(transaction=True)
def test_the_list_hears_of_new_messages_and_of_answers(agent: Client) -> None:
    cursor = agent.get("/back/messages/").content.decode().split('data-cursor="')[1].split('"')[0]

    def ask(cursor: str) -> Any:
        return agent.get(
            f"/back/messages/since?{urlencode({'cursor': cursor})}", headers={"Accept": "application/json"}
        ).json()

    conversation = asked()
    said = ask(cursor)
    assert [row["id"] for row in said["rows"]] == [str(conversation)] and said["rows"][0]["fresh"]
    assert said["counts"]["open"] == "1" and ask(said["cursor"])["rows"] == []
    desk.answer(conversation_id=conversation, text="Yes.", by=conversation)
    assert not ask(said["cursor"])["rows"][0]["shown"], "it leaves the tab of what waits"
    assert ask("nonsense")["rows"] == []
