"""The page of ours that holds a gateway's form."""

from dataclasses import replace
from uuid import UUID

import structlog
from django.utils.translation import gettext as _

from nitka.sale.payments import providers, queries, saving
from nitka.sale.payments.models import Payment
from nitka.sale.payments.problems import GatewayUnreachedProblem
from nitka.sale.payments.providers import Embedded, GatewayTrouble, PaymentPage

log = structlog.get_logger(__name__)


def page_of(*, payment_id: UUID, return_url: str, customer_id: UUID | None = None) -> PaymentPage | None:
    """What the page with the gateway's form needs; None for a payment that is decided or has no such form.

    `customer_id`: who is signed in at this browser, and proved by that; their saved means may be shown and new ones
    kept. Never somebody who only typed an address. Network: call it outside of a transaction. Raises
    GatewayUnreachedProblem.
    """
    row = Payment.objects.filter(id=payment_id, state__in=(Payment.State.STARTED, Payment.State.ACTION)).first()
    provider = providers.found().get(row.provider) if row else None
    if row is None or not isinstance(provider, Embedded):
        return None
    if customer_id and row.customer_id is None:
        Payment.objects.filter(id=row.id, customer_id=None).update(customer_id=customer_id)
        row.customer_id = customer_id
    charge = queries.charge_of(row)
    if row.customer_id != customer_id:
        charge = replace(charge, customer_id=None, payer_ref="")
    try:
        page = provider.page(charge, return_url)
    except GatewayTrouble as trouble:
        log.warning("gateway_unreached", provider=row.provider, payment_id=str(row.id), error=str(trouble))
        raise GatewayUnreachedProblem(
            _("The payment service does not answer. Nothing is lost: try again in a minute.")
        ) from trouble
    saving.keep_account(row, page.payer_ref)
    return page
