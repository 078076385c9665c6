"""The page of ours that holds a gateway's form."""

from uuid import UUID

import structlog
from django.utils.translation import gettext as _

from nitka.sale.payments import providers, queries
from nitka.sale.payments.models import Payment
from nitka.sale.payments.problems import GatewayUnreachedProblem
from nitka.sale.payments.providers import Embedded, GatewayTrouble, PaymentPage

log = structlog.get_logger(__name__)


def page_of(*, payment_id: UUID, return_url: str) -> PaymentPage | None:
    """What the page with the gateway's form needs; None for a payment that is decided or has no such form.

    Network: call it outside of a transaction. Raises GatewayUnreachedProblem.
    """
    row = Payment.objects.filter(id=payment_id, state__in=(Payment.State.STARTED, Payment.State.ACTION)).first()
    provider = providers.found().get(row.provider) if row else None
    if row is None or not isinstance(provider, Embedded):
        return None
    try:
        return provider.page(queries.charge_of(row), return_url)
    except GatewayTrouble as trouble:
        log.warning("gateway_unreached", provider=row.provider, payment_id=str(row.id), error=str(trouble))
        raise GatewayUnreachedProblem(
            _("The payment service does not answer. Nothing is lost: try again in a minute.")
        ) from trouble
