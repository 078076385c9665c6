"""Payments, for tests."""

from uuid import UUID

from nitka.ground.ids import new_id
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries
from nitka.sale.payments.providers.demo_card import gateway
from nitka.sale.payments.providers.demo_card.models import DemoCharge
from nitka.sale.payments.queries import PaymentView


def a_payment(minor: int = 2000, *, choice: str = "success", provider: str = "demo_card", key: str = "") -> UUID:
    """A payment that no gateway knows of yet."""
    return payments.open_payment(
        reference=new_id(), label="NK-TEST-01", provider=provider, minor=minor, currency="EUR",
        key=key or str(new_id()), choice=choice,
    )  # fmt: skip


def a_captured_payment(minor: int = 2000) -> UUID:
    payment_id = a_payment(minor)
    begun = payments.start(payment_id=payment_id, return_url="/")
    payments.settle(payment_id=payment_id, outcome=begun.outcome)
    return payment_id


def view(payment_id: UUID) -> PaymentView:
    found = queries.payment(payment_id)
    assert found
    return found


def webhook(payment_id: UUID, state: str = "", event_id: str = "") -> tuple[bytes, dict[str, str]]:
    """A signed message of the demo gateway about the payment's charge, in that state."""
    charge = DemoCharge.objects.get(payment_id=payment_id)
    charge.state = state or charge.state
    return gateway.message(charge, event_id=event_id)


def an_authorised_payment(minor: int = 2000) -> UUID:
    """Money that the demo gateway has set aside."""
    payments.put_method(code="demo_card", capture="on_shipment")
    return a_captured_payment(minor)
