from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.ground.ids import new_id
from nitka.people.contact.models import OutgoingMail
from nitka.shelf.inventory import actions, buying, queries
from nitka.shelf.inventory.tests.makers import a_location, variants

pytestmark = pytest.mark.django_db
MAY = date(2027, 5, 3)


def a_supplier(**more):
    wanted = {"code": "kino", "name": "Kino Wood", "country": "CN", "currency": "USD", "email": "sales@kino.example"}
    actions.put_supplier(**{**wanted, **more})
    return wanted["code"]


def a_purchase(*, sent=True):
    """Ten lamps at 12.00 and five chairs at 40.00."""
    lamp, chair = variants(2)
    supplier = a_supplier()
    actions.put_supplier_item(supplier=supplier, variant_id=lamp, cost_minor=1200, supplier_sku="K-1")
    actions.put_supplier_item(supplier=supplier, variant_id=chair, cost_minor=4000)
    purchase = actions.draft_purchase(supplier=supplier, location=a_location(), lines={lamp: 10, chair: 5})
    if sent:
        actions.send_purchase(purchase_id=purchase)
    return purchase, lamp, chair


def test_a_draft_takes_the_suppliers_costs_and_goes_out_by_mail_with_the_suppliers_own_numbers():
    purchase, lamp, chair = a_purchase(sent=False)
    actions.change_purchase(purchase_id=purchase, lines={lamp: 10, chair: 5}, costs={chair: 3900}, note="Green, please")
    assert queries.purchase(purchase).total_minor == 10 * 1200 + 5 * 3900
    actions.send_purchase(purchase_id=purchase)
    (mail,) = OutgoingMail.objects.all()
    assert mail.to == "sales@kino.example"
    assert "K-1" in mail.text and "10 ×" in mail.text and "Green, please" in mail.html
    with pytest.raises(actions.BuyingProblem):
        actions.change_purchase(purchase_id=purchase, lines={})
    with pytest.raises(actions.BuyingProblem):
        actions.send_purchase(purchase_id=purchase)


def test_goods_arrive_in_parts_and_the_last_part_closes_the_purchase():
    purchase, lamp, chair = a_purchase()
    first = actions.announce_inbound(purchase_id=purchase, expected_on=MAY, lines={lamp: 6})
    with pytest.raises(actions.BuyingProblem, match="More than was ordered"):
        actions.announce_inbound(purchase_id=purchase, expected_on=MAY, lines={lamp: 5})
    second = actions.announce_inbound(purchase_id=purchase, expected_on=MAY)
    assert [each.id for each in queries.inbound()] == [first, second]
    assert actions.receive_inbound(shipment_id=first, good={lamp: 4}) is False
    assert actions.receive_inbound(shipment_id=first, good={lamp: 1}, damaged={lamp: 1}) is True
    assert actions.receive_inbound(shipment_id=second, good={lamp: 4, chair: 5}) is True
    assert queries.purchase(purchase).state == "closed"
    (level,) = queries.levels([lamp])[lamp]
    assert (level.on_hand, level.damaged) == (9, 1)
    assert {move.reference for move in queries.moves_of(lamp)} == {first, second}
    assert queries.ledger_gaps() == ()


def test_it_refuses_more_than_was_announced_and_what_was_received_already():
    purchase, lamp, chair = a_purchase()
    shipment = actions.announce_inbound(purchase_id=purchase, expected_on=MAY, lines={lamp: 6})
    for good in ({lamp: 7}, {chair: 1}, {}):
        with pytest.raises(actions.BuyingProblem):
            actions.receive_inbound(shipment_id=shipment, good=good)
    actions.receive_inbound(shipment_id=shipment, good={lamp: 6})
    with pytest.raises(actions.BuyingProblem, match="received already"):
        actions.receive_inbound(shipment_id=shipment, good={lamp: 6})
    assert queries.available([lamp]) == {lamp: 6}


def test_what_did_not_come_may_be_announced_anew_and_the_rest_may_be_cancelled():
    purchase, lamp, _chair = a_purchase()
    lost = actions.announce_inbound(purchase_id=purchase, expected_on=MAY, lines={lamp: 6})
    with pytest.raises(actions.BuyingProblem, match="on their way"):
        actions.cancel_purchase(purchase_id=purchase)
    actions.receive_inbound(shipment_id=lost, good={lamp: 2})
    actions.close_inbound(shipment_id=lost)
    again = actions.announce_inbound(purchase_id=purchase, expected_on=MAY, lines={lamp: 8})
    actions.receive_inbound(shipment_id=again, good={lamp: 8})
    actions.cancel_purchase(purchase_id=purchase)
    assert queries.purchase(purchase).state == "closed"


def test_the_cost_of_the_way_is_shared_by_value_or_by_weight_to_the_last_cent():
    purchase, lamp, chair = a_purchase()
    shipment = actions.announce_inbound(
        purchase_id=purchase, expected_on=MAY, freight_minor=10000, duty_minor=601, other_minor=100
    )
    (view,) = queries.inbound()
    extra = {line.variant_id: line.extra_minor for line in view.lines}
    assert extra == {lamp: 4013, chair: 6688}  # 10701 over 12000 and 20000
    actions.change_inbound(shipment_id=shipment, duty_minor=0)
    actions.receive_inbound(shipment_id=shipment, good={lamp: 10, chair: 5})
    landed = queries.landed_costs([lamp, chair])
    assert sum(each.total_minor for each in landed.values()) == 32000 + 10100
    assert (landed[lamp].pieces, landed[lamp].currency) == (10, "USD")


@given(
    total=st.integers(0, 10**9),
    goods=st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**6)), min_size=1, max_size=20),
    by=st.sampled_from(["value", "weight"]),
)
def test_shares_are_whole_never_below_zero_and_sum_to_what_was_paid(total, goods, by):
    parts = buying.extras(total, [value for value, _w in goods], [weight for _v, weight in goods], by)
    assert sum(parts) == total and min(parts) >= 0


def test_it_refuses_unknown_suppliers_orders_and_shipments():
    with pytest.raises(actions.BuyingProblem, match="no supplier"):
        actions.draft_purchase(supplier="nobody", location="gdansk", lines={})
    for verb in (actions.send_purchase, actions.cancel_purchase):
        with pytest.raises(actions.BuyingProblem):
            verb(purchase_id=new_id())
    with pytest.raises(actions.BuyingProblem):
        actions.receive_inbound(shipment_id=new_id(), good={})
    with pytest.raises(actions.BuyingProblem):
        actions.put_supplier(code="x", name="", country="CN", currency="USD")
