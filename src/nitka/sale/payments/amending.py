"""Small changes to payments that are on their way."""

from uuid import UUID

from django.db import transaction

from nitka.sale.payments import queries
from nitka.sale.payments.models import Payment
from nitka.sale.payments.queries import PaymentView


@transaction.atomic(savepoint=False)
def ask_for(*, payment_id: UUID, minor: int) -> PaymentView:
    """Ask for another amount (minor units) than before: an order changed before its transfer came, or its cash.

    Does nothing to a payment that a gateway has begun, or of which money is here.
    """
    row = Payment.objects.select_for_update().get(id=payment_id)
    if row.state == Payment.State.STARTED and not row.captured_minor and not row.provider_ref:
        row.minor = minor
        row.save(update_fields=["minor"])
    return queries.view_of(row)
