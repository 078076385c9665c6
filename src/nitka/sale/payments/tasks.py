"""Refunds and captures on their way to the gateways."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.facts.jobs import periodic, task
from nitka.sale.payments import findings, providers, queries, reconciling, settling
from nitka.sale.payments.credit.ledger import imbalances
from nitka.sale.payments.facts import CaptureAnswered, GatewayTold, MoneyReturned
from nitka.sale.payments.models import Capture, Finding, Payment, Refund
from nitka.sale.payments.providers import Authorising, Keeping, KnowingCards, Mean, Outcome
from nitka.sale.payments.risk.assessing import knows_card, note_card
from nitka.sale.payments.risk.verbs import forget_old_attempts
from nitka.sale.payments.saving import save_mean

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
        back = Payment.State.CAPTURED if payment.state == Payment.State.REFUNDED else payment.state
        Payment.objects.filter(id=payment.id).update(refunded_minor=F("refunded_minor") - row.minor, state=back)
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
def send_capture(*, capture_id: str) -> None:
    """Ask the gateway for what it has set aside; the capture's key makes a second try harmless."""
    row = Capture.objects.select_related("payment").filter(id=capture_id, state=Capture.State.STARTED).first()
    if row is None:
        return
    provider = providers.found()[row.payment.provider]
    assert isinstance(provider, Authorising)
    outcome = provider.capture(queries.charge_of(row.payment), row.minor, row.key, final=row.final)
    _note_capture(row.id, outcome)


@transaction.atomic
def _note_capture(capture_id: UUID, outcome: Outcome) -> None:
    payment_id = Capture.objects.values_list("payment_id", flat=True).get(id=capture_id)
    payment = Payment.objects.select_for_update().get(id=payment_id)
    row = Capture.objects.select_for_update().get(id=capture_id)
    if row.state != Capture.State.STARTED or outcome.state == "pending":
        return
    taken = outcome.state == "captured"
    if taken and (outcome.minor, outcome.currency) != (row.minor, payment.currency):
        _find(payment, Finding.Kind.AMOUNT_DIFFERS, row.minor, (outcome.minor, outcome.currency))
        taken = False
    row.provider_ref, row.reason, row.done_at = outcome.provider_ref, outcome.reason[:200], clock.now()
    row.state = Capture.State.DONE if taken else Capture.State.FAILED
    row.save()
    if taken:
        payment.captured_minor += row.minor
        payment.captured_at = payment.captured_at or clock.now()
        if row.final:
            payment.state = Payment.State.CAPTURED
    else:
        payment.asked_minor -= row.minor
        _find(payment, Finding.Kind.CAPTURE_REFUSED, row.minor, (0, payment.currency))
    payment.save()
    tell(
        CaptureAnswered(
            reference=payment.reference, payment_id=payment.id, capture_id=row.id, minor=row.minor,
            currency=payment.currency, taken=taken,
        )
    )  # fmt: skip


def _find(payment: Payment, kind: str, minor: int, got: tuple[int, str]) -> None:
    findings.note(
        kind=kind, provider=payment.provider, provider_ref=payment.provider_ref, reference=payment.reference,
        payment_id=payment.id, expected=(minor, payment.currency), got=got,
    )  # fmt: skip


@task(queue="default")
def send_void(*, payment_id: str, key: str) -> None:
    """Let the gateway let go of what it has set aside."""
    row = Payment.objects.filter(id=payment_id).first()
    if row is None or row.state in (Payment.State.CAPTURED, Payment.State.REFUNDED):
        return
    provider = providers.found()[row.provider]
    if isinstance(provider, Authorising):
        _note_void(row.id, provider.void(queries.charge_of(row), key))


@transaction.atomic
def _note_void(payment_id: UUID, outcome: Outcome) -> None:
    row = Payment.objects.select_for_update().get(id=payment_id)
    if outcome.state == "cancelled" and row.state == Payment.State.AUTHORISED:
        # What was taken of it before stays ours.
        row.state = Payment.State.CAPTURED if row.captured_minor else Payment.State.CANCELLED
        row.save(update_fields=["state"])
    elif outcome.state == "captured" and settling.apply(row, [outcome]):
        row.save()
        tell(GatewayTold(reference=row.reference, payment_id=row.id))


@task(queue="default")
def look_at(*, payment_id: str) -> None:
    """Ask the gateway for what its webhook left out: see `saving.look_closer`."""
    row = Payment.objects.filter(id=payment_id).first()
    provider = providers.found().get(row.provider) if row else None
    if row is None or provider is None:
        return
    if row.state == Payment.State.AUTHORISED or isinstance(provider, KnowingCards):
        told = provider.poll(queries.charge_of(row))
        if told.state == row.state == Payment.State.AUTHORISED:
            Payment.objects.filter(id=row.id).update(in_parts=told.in_parts, authorised_until=told.until)
        _learn_card(row, told)
    if row.customer_id and isinstance(provider, Keeping) and (mean := provider.kept_of(queries.charge_of(row))):
        save_mean(
            customer_id=row.customer_id, provider=row.provider, token=mean.token, brand=mean.brand, last4=mean.last4,
            expires=mean.expires, payer_ref=mean.payer_ref,
        )  # fmt: skip


@transaction.atomic
def _learn_card(row: Payment, told: Outcome) -> None:
    """Whoever owns the reference hears that there is news, and looks at what the rules say now."""
    if told.card and not knows_card(row.reference):
        note_card(row.reference, told.card, told.card_country)
        tell(GatewayTold(reference=row.reference, payment_id=row.id))


@task(queue="default")
def forget_token(*, provider: str, token: str) -> None:
    """Let the gateway delete a means that its customer removed, or that went with an erasure."""
    found = providers.found().get(provider)
    if isinstance(found, Keeping):
        found.forget(Mean(token=token))


@periodic("*/15 * * * *")
def retry_captures() -> None:
    """Captures and voids whose gateway did not answer in five tries are tried again for ever."""
    for row in Capture.objects.filter(state=Capture.State.STARTED, created_at__lt=clock.now()):
        send_capture.later(capture_id=str(row.id), lock=f"payment:{row.payment_id}")
    for waiting in Payment.objects.filter(state=Payment.State.AUTHORISED).exclude(void_asked_at=None):
        send_void.later(payment_id=str(waiting.id), key=f"void:{waiting.id}", lock=f"payment:{waiting.id}")


@periodic("40 * * * *")
def compare_books() -> None:
    """Our books beside the gateways', for the last three days."""
    reconciling.reconcile(since=clock.now() - timedelta(days=3))


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


@periodic("25 3 * * *")
def check_credit() -> None:
    """Every night: the books of gift cards and store credit balance, and tries older than ninety days are forgotten."""
    for sentence in imbalances():
        log.error("credit_out_of_balance", what=sentence)
    forget_old_attempts()
