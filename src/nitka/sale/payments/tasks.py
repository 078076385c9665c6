"""Refunds on their way to the gateways."""

from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.facts.jobs import periodic, task
from nitka.sale.payments import providers, queries
from nitka.sale.payments.facts import MoneyReturned
from nitka.sale.payments.models import Payment, Refund
from nitka.sale.payments.providers import Outcome

log = structlog.get_logger(__name__)


@task(queue="default")
def send_refund(*, refund_id: str) -> None:
    """Ask the gateway to send money back; the refund's key makes a second try harmless."""
    row = Refund.objects.select_related("payment").filter(id=refund_id, state=Refund.State.STARTED).first()
    if row is None:
        return
    charge = queries.charge_of(row.payment)
    note(row.id, providers.found()[row.payment.provider].refund(charge, row.minor, row.key))


@transaction.atomic
def note(refund_id: UUID, outcome: Outcome) -> None:
    """Write down what the gateway said of a refund, and tell."""
    row = Refund.objects.get(id=refund_id)
    payment = Payment.objects.select_for_update().get(id=row.payment_id)
    row = Refund.objects.select_for_update().get(id=refund_id)
    if row.state != Refund.State.STARTED or outcome.state == "pending":
        return
    row.provider_ref, row.reason, row.done_at = outcome.provider_ref, outcome.reason[:200], clock.now()
    row.state = {"refunded": Refund.State.DONE, "by_hand": Refund.State.BY_HAND}.get(outcome.state, Refund.State.FAILED)
    row.save()
    if row.state == Refund.State.FAILED:
        log.error("refund_failed", refund_id=str(row.id), reason=row.reason)
        Payment.objects.filter(id=payment.id).update(
            refunded_minor=F("refunded_minor") - row.minor, state=Payment.State.CAPTURED
        )
        return
    tell(
        MoneyReturned(
            reference=payment.reference, payment_id=payment.id, refund_id=row.id, minor=row.minor,
            currency=payment.currency, by_hand=row.state == Refund.State.BY_HAND,
        )
    )  # fmt: skip


@periodic("*/15 * * * *")
def retry_refunds() -> None:
    """Refunds whose gateway did not answer in five tries are tried again for ever."""
    since = clock.now()
    for refund_id in Refund.objects.filter(state=Refund.State.STARTED, created_at__lt=since).values_list(
        "id", flat=True
    ):
        send_refund.later(refund_id=str(refund_id), lock=f"refund:{refund_id}")


@task(queue="default")
def send_demo_webhook(*, ref: str) -> None:
    """The demo gateway's post to our webhook, with a signature over the raw bytes, as a real one would come."""
    from nitka.sale.payments import actions
    from nitka.sale.payments.providers.demo_card import gateway

    gateway.decide_late(ref)
    charge = gateway.by_ref(ref)
    if charge:
        raw, headers = gateway.message(charge)
        actions.store_webhook(provider="demo_card", raw=raw, headers=headers)
