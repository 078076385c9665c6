import pytest

from nitka.ground.ids import new_id
from nitka.sale.payments import actions, queries
from nitka.sale.payments.models import Payment
from nitka.sale.payments.providers import GatewayTrouble
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.payments.tests.makers import a_payment, view
from nitka.sale.shipping.tests.makers import open_shop

pytestmark = pytest.mark.django_db


def test_the_same_key_is_one_payment() -> None:
    assert a_payment(key="k") == a_payment(key="k")
    assert Payment.objects.count() == 1


def test_a_start_whose_answer_is_lost_and_its_retry_make_one_charge(monkeypatch: pytest.MonkeyPatch) -> None:
    payment_id, real = a_payment(), gateway.charge

    def answer_is_lost(**asked: object) -> object:
        real(**asked)
        raise GatewayTrouble("time-out")

    monkeypatch.setattr(gateway, "charge", answer_is_lost)
    with pytest.raises(actions.GatewayUnreachedProblem):
        actions.start(payment_id=payment_id, return_url="/")
    assert view(payment_id).state == "started"
    monkeypatch.setattr(gateway, "charge", real)
    begun = actions.start(payment_id=payment_id, return_url="/")
    assert begun.outcome and begun.outcome.state == "captured"
    assert DemoCharge.objects.count() == 1


def test_a_lost_start_is_found_by_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    payment_id = a_payment()
    gateway.charge(key=Payment.objects.get().key, payment_id=payment_id, minor=2000, currency="EUR", choice="success")
    assert actions.settle(payment_id=payment_id, outcome=actions.ask(payment_id=payment_id)).state == "captured"


def test_a_challenge_sends_the_payer_away() -> None:
    payment_id = a_payment(choice="challenge")
    begun = actions.start(payment_id=payment_id, return_url="/en/order/x")
    assert begun.kind == "redirect" and begun.url.startswith("/demo-bank/")
    assert view(payment_id).state == "action" and view(payment_id).action_url == begun.url


def test_a_payer_whom_the_shop_asks_for_a_proof_is_sent_away_to_give_it() -> None:
    payment_id = actions.open_payment(
        reference=new_id(), label="NK", provider="demo_card", minor=5, currency="EUR", key="c", challenge=True
    )
    assert actions.start(payment_id=payment_id, return_url="/").kind == "redirect"


def test_cancelling_asks_the_gateway_first_and_money_wins() -> None:
    open_, paid = a_payment(choice="challenge"), a_payment()
    for payment_id in (open_, paid):
        actions.start(payment_id=payment_id, return_url="/")
    assert actions.cancel(payment_id=open_).state == "cancelled"
    assert actions.cancel(payment_id=paid).state == "captured"
    assert actions.cancel(payment_id=a_payment()).state == "cancelled"  # one that was never begun


def test_the_demo_card_is_offered_in_a_demo_alone(settings: object) -> None:
    open_shop()
    asked = {"market": "eu", "country": "DE", "total_minor": 1000}
    assert [method.code for method in queries.methods(**asked)] == ["demo_card", "bank_transfer"]
    settings.NITKA_DEMO = False  # type: ignore[attr-defined]
    assert [method.code for method in queries.methods(**asked)] == ["bank_transfer"]


def test_cash_on_delivery_has_countries_a_fee_and_a_limit_that_the_merchant_sets() -> None:
    open_shop()
    asked = {"market": "pl", "country": "PL"}
    assert "cash_on_delivery" in [each.code for each in queries.methods(**asked, total_minor=200_000)]
    assert "cash_on_delivery" not in [each.code for each in queries.methods(**asked, total_minor=200_001)]
    actions.put_method(code="cash_on_delivery", fees={"pl": 500}, countries=["PL"], position=1)
    first = queries.methods(**asked, total_minor=200_001)[0]
    assert (first.code, first.fee_minor) == ("cash_on_delivery", 500)
    actions.put_method(code="cash_on_delivery", active=False)
    assert "cash_on_delivery" not in [each.code for each in queries.methods(**asked, total_minor=1)]


def test_bank_instructions_carry_a_code_that_banking_apps_read() -> None:
    from nitka.sale.payments import epc

    open_shop()
    told = queries.bank_instructions(label="NK-TEST-01", minor=2489, currency="EUR")
    assert told.holder == "Tråd sp. z o.o." and told.iban == "PL61 1090 1014 0000 0712 1981 2874"
    assert told.qr_svg.startswith("<svg") and "style=" not in told.qr_svg and "<script" not in told.qr_svg
    assert queries.bank_instructions(label="x", minor=1, currency="PLN").qr_svg == ""
    assert queries.bank_qr_png(label="x", minor=1, currency="EUR").startswith(b"\x89PNG")
    assert epc.svg(holder="x", iban="", bic="", minor=1, message="") == ""
