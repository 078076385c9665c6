"""What happened before you came is there once, in its states, with books in balance."""

import pytest

from nitka.growth.wishes import queries as wishes
from nitka.people.customers import queries as customers
from nitka.sale.companies import queries as companies
from nitka.sale.orders import queries as orders
from nitka.sale.payments import queries as money
from nitka.sale.returns import queries as cases
from nitka.seeds import load, past, wishing
from nitka.shelf.inventory import queries as stock
from nitka.shelf.inventory.actions import NothingHeld


@pytest.mark.django_db(transaction=True)
def test_the_past_is_told_once(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    load.load_demo_shop()
    assert load.tell_past().startswith("GC")
    states = {row.email.partition("@")[0]: row.status for row in orders.order_rows()}
    assert states == {
        "jonas": "delivered", "magda": "delivered", "ingrid": "delivered", "elena": "delivered", "carter": "shipped",
        "ani": "delivered", "clara": "part_shipped", "piotr": "placed", "lukas": "paid", "sofie": "paid",
        "quick": "placed",
    }  # fmt: skip
    assert [row.review for row in orders.order_rows() if row.review] == ["pending"]
    assert {row.state for row in cases.case_rows()} == {"closed", "requested", "sent", "received"}
    assert not money.imbalances()
    assert not stock.ledger_gaps()
    assert sorted(row.state for row in companies.quote_rows()) == ["answered", "asked"]
    assert past.is_told()
    assert load.tell_past() == ""
    ingrid = customers.customer_by_email("ingrid@people.example")
    assert ingrid
    (cabin,) = wishes.lists_of(wishes.Owner(customer_id=ingrid.id))
    assert cabin.share_token and cabin.tells and len(cabin.wishes) == 5
    assert [each.note for each in cabin.wishes if each.note] == ["Den største, foran peisen."]
    assert {each.currency for each in cabin.wishes} == {"NOK"}


def test_a_story_that_cannot_be_told_does_not_keep_the_shop_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def gone() -> None:
        raise NothingHeld("The goods are not kept for this order any more.")

    monkeypatch.setattr(past, "is_told", lambda: False)
    monkeypatch.setattr(load, "_put_visits", lambda: 0)
    monkeypatch.setattr(past, "stories", lambda: [gone, lambda: told.append("the next one")])
    monkeypatch.setattr(wishing, "put_wishes", lambda: 0)
    monkeypatch.setattr(past, "gift_card", lambda: "CODE")
    assert load.tell_past() == "CODE" and told == ["the next one"]
