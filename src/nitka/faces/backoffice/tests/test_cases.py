"""/back/returns/ and /back/settings/policies/."""

import pytest
from django.test import Client

from nitka.faces.backoffice.tests.makers import a_shop, audit, signed_in
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries
from nitka.sale.returns.queries import CaseView
from nitka.sale.returns.tests.makers import a_delivered_order, a_photo, a_return, lamps, of, view
from nitka.sale.shipping.actions import CarrierRefusedProblem
from nitka.sale.shipping.providers.demo_post import DemoPost
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop() -> None:
    a_shop()


def press(client: Client, case: CaseView, deed: str, **fields: object) -> CaseView:
    answer = client.post(f"/back/returns/{case.code}/{deed}", fields)
    assert answer.status_code == 303, answer.content.decode()[:300]
    return view(case.id)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_return_from_the_queue_to_the_money() -> None:
    owner, case = signed_in(), a_return(a_delivered_order(), 2)
    assert case.code in page(owner, "/back/returns/?tab=coming") and case.code not in page(owner, "/back/returns/")
    assert "The parcel is here" in page(owner, f"/back/returns/{case.code}/")
    press(owner, case, "receive", **{f"pieces-{case.lines[0].id}": "2"})
    press(owner, case, "grade", **{f"grade-{case.lines[0].id}": "used"})
    assert "Refund and close" in page(owner, f"/back/returns/{case.code}/")
    done = press(owner, case, "settle", amount="15.00", why="Worn.")
    assert (done.state, done.refunded_minor, done.answer) == ("closed", 1500, "Worn.")
    assert audit("return.settle") == [case.code]
    assert case.code in page(owner, f"/back/orders/{case.order_code}/")


def test_a_replacement_is_approved_and_sent() -> None:
    order = a_delivered_order((lamps(2000)[0], 1))
    by = returns.holder(order.token)
    wish = of(order, 1, "damaged")
    case = view(returns.request_replacement(order_id=order.id, lines=wish, by=by, photos=[a_photo()]))
    owner = signed_in()
    assert f"photos/{case.photos[0]}" in page(owner, f"/back/returns/{case.code}/")
    photo = owner.get(f"/back/returns/{case.code}/photos/{case.photos[0]}")
    assert photo["Content-Type"] == "image/jpeg"
    assert Client().get(f"/back/returns/{case.code}/photos/{case.photos[0]}").status_code == 302
    press(owner, case, "approve")
    assert press(owner, case, "send", carrier="demo_post").state == "closed"


def test_a_complaint_is_answered_with_credit_and_a_return_is_refused() -> None:
    order, owner = a_delivered_order(), signed_in()
    by = returns.holder(order.token)
    angry = view(returns.complain(order_id=order.id, words="It hums.", by=by))
    assert press(owner, angry, "answer", answer="Sorry.", amount="5", to="credit").refunded_minor == 500
    case = a_return(order)
    assert press(owner, case, "refuse", why="").state == "approved"
    assert press(owner, case, "refuse", why="Sealed goods.").answer == "Sealed goods."


def test_who_was_slower_does_nothing() -> None:
    owner, case = signed_in(), a_return(a_delivered_order())
    press(owner, case, "receive", seen="approved")
    again = press(owner, case, "receive", seen="approved")
    assert again.state == "received"
    assert "Somebody was faster" in page(owner, f"/back/returns/{case.code}/")


def test_the_warehouse_receives_and_the_agent_pays() -> None:
    case = a_return(a_delivered_order())
    warehouse, agent = signed_in("warehouse"), signed_in("agent")
    assert warehouse.post(f"/back/returns/{case.code}/settle").status_code == 403
    assert agent.post(f"/back/returns/{case.code}/receive").status_code == 403
    press(warehouse, case, "receive")
    press(warehouse, case, "grade", **{f"grade-{case.lines[0].id}": "as_new"})
    assert press(agent, case, "settle").state == "closed"


def test_policies_are_written_and_hold_at_once() -> None:
    owner = signed_in()
    assert "comes with Nitka" in page(owner, "/back/settings/policies/")
    assert "Return within 30 days" in page(owner, "/back/settings/policies/return/")
    fields = {"name": "Fourteen", "position": "0", "window_days": "14", "restocking_percent": "12,5", "active": "1",
              "way_back": "shopper", "fee.EUR": "4.99", "refund_to": ["original", "gift_card"], "needs_goods": "1",
              "note.en": "Please wrap it well."}  # fmt: skip
    assert owner.post("/back/settings/policies/return/", fields).status_code == 303
    (rule,) = [each for each in queries.policies_of_shop() if each.kind == "return"]
    assert (rule.window_days, str(rule.restocking_percent), rule.label_fee) == (14, "12.50", {"EUR": 499})
    said = queries.what_is_possible(a_delivered_order()).of("return")
    assert said and "Please wrap it well." in said.terms
    assert owner.post("/back/settings/policies/return/", {**fields, "window_days": "soon"}).status_code == 303
    assert owner.post(f"/back/settings/policies/{rule.id}/drop").status_code == 303
    assert [each.id for each in queries.policies_of_shop() if each.kind == "return"] == [None]


def test_papers_are_drawn() -> None:
    owner, case = signed_in("warehouse"), a_return(a_delivered_order())
    assert owner.get(f"/back/returns/{case.code}/slip.pdf").content.startswith(b"%PDF")


def test_somebody_calls_and_the_staff_opens_their_return_once_they_have_heard_the_sums() -> None:
    order, owner = a_delivered_order(), signed_in()
    path = f"/back/orders/{order.code}/ask/return/"
    assert path in page(owner, f"/back/orders/{order.code}/")
    fields = {f"pieces-{order.lines[0].id}": "2", "words": "Called on Monday.", "key": "k"}
    assert "Show what happens" in page(owner, path)
    told = owner.post(path, fields).content.decode()
    assert "€40.00 go back" in told and not queries.cases_of_order(order)
    for _press in range(2):
        answer = owner.post(path, {**fields, "sure": "1"})
        assert answer.status_code == 303
    (case,) = queries.cases_of_order(order)
    assert (case.kind, case.lines[0].pieces, case.words) == ("return", 2, "Called on Monday.")
    assert answer["Location"] == f"/back/returns/{case.code}/"


def test_the_policy_holds_for_the_staff_too() -> None:
    order, owner = a_delivered_order(), signed_in()
    path = f"/back/orders/{order.code}/ask/return/"
    answer = owner.post(path, {f"pieces-{order.lines[0].id}": "9", "sure": "1", "key": "k"})
    assert answer.status_code == 409 and not queries.cases_of_order(order)
    assert owner.get(f"/back/orders/{order.code}/ask/nonsense/").status_code == 404
    assert Client().post(path, {}).status_code == 302


def test_a_label_that_the_carrier_refuses_is_told_to_the_merchant(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_all: object) -> object:
        raise CarrierRefusedProblem("Make this at the carrier itself.")

    monkeypatch.setattr(DemoPost, "label", refuse)
    case = a_return(a_delivered_order())
    run_jobs()  # raises what a worker would have written down with a traceback
    owner = signed_in()
    text = page(owner, f"/back/returns/{case.code}/")
    assert "Make this at the carrier itself." in text and "send it to the shopper" in text
    assert owner.get(f"/back/returns/{case.code}/slip.pdf").status_code == 200


def test_what_a_shopper_was_told_stands_in_their_language_and_says_which() -> None:
    order = a_delivered_order(language="pl")
    text = page(signed_in(), f"/back/returns/{a_return(order).code}/")
    assert '<ul class="plain small" lang="pl">' in text and "Polski" in text
