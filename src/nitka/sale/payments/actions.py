"""What can be done about money. Rows and network are apart: no lock is held while a gateway is asked.

Who owns the reference (orders) locks it first, so payments of one reference are never settled side by side; the lock
on the payment's own row stands behind that.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_id
from nitka.sale.payments import providers, queries, settling
from nitka.sale.payments.amending import ask_for
from nitka.sale.payments.capturing import ask_to_void, capture, capture_for, void
from nitka.sale.payments.credit.ledger import CreditProblem, UnknownGiftCardProblem
from nitka.sale.payments.credit.verbs import (
    IssuedCard,
    close_gift_card,
    grant_credit,
    issue_gift_card,
    open_gift_card,
    pay_with_credit,
    refund_into,
    store_credit_account,
)
from nitka.sale.payments.facts import GatewayTold
from nitka.sale.payments.models import GatewayEvent, MethodSetting, Payment, Refund
from nitka.sale.payments.paging import page_of
from nitka.sale.payments.problems import (
    CaptureProblem,
    GatewayUnreachedProblem,
    PaymentProblem,
    RefundProblem,
    UnknownMeanProblem,
    UnknownPaymentProblem,
)
from nitka.sale.payments.providers import Authorising, GatewayTrouble, Next, Outcome
from nitka.sale.payments.queries import PaymentView
from nitka.sale.payments.reconciling import close_finding, reconcile, report
from nitka.sale.payments.risk.assessing import RiskRefusedProblem, note_card, note_declined
from nitka.sale.payments.risk.assessing import note as note_attempt
from nitka.sale.payments.risk.verbs import put_risk_rules
from nitka.sale.payments.saving import charge_saved, forget_mean, look_closer, save_mean
from nitka.sale.payments.statements.entries import StatementProblem
from nitka.sale.payments.statements.keeping import finish_line, keep_statement

__all__ = [
    "CaptureProblem", "CreditProblem", "GatewayUnreachedProblem", "IssuedCard", "PaymentProblem", "RefundProblem",
    "RiskRefusedProblem", "StatementProblem", "UnknownGiftCardProblem", "UnknownMeanProblem",
    "UnknownPaymentProblem", "ask", "ask_for", "cancel", "capture", "capture_for", "charge_saved", "close_finding",
    "close_gift_card", "confirm_received", "finish_line", "forget_mean", "grant_credit", "issue_gift_card",
    "keep_statement", "note_attempt", "note_card", "note_declined", "open_gift_card", "open_payment", "page_of",
    "pay_with_credit", "put_method", "put_risk_rules", "reconcile", "refund", "report", "save_mean", "settle",
    "start", "store_credit_account", "store_webhook", "tick_off_refund", "void",
]  # fmt: skip


log = structlog.get_logger(__name__)
State = Payment.State
OPEN = (State.STARTED, State.ACTION)


@transaction.atomic
def put_method(
    *, code: str, active: bool = True, position: int | None = None, countries: Sequence[str] = (),
    fees: Mapping[str, int] | None = None, maximum: Mapping[str, int] | None = None, capture: str = "at_once",
) -> None:  # fmt: skip
    """Set where a means of payment is offered, its fee and its highest amount by market (minor units).

    `capture`: "at_once", or "on_shipment" (PaymentProblem where the provider cannot set money aside).
    """
    found = providers.found().get(code)
    if found is None:
        raise UnknownPaymentProblem(_("There is no means of payment %(code)s here.") % {"code": code})
    if capture not in ("at_once", "on_shipment"):
        raise PaymentProblem(_("Money is taken at once or at the shipment."))
    if capture == "on_shipment" and not isinstance(found, Authorising):
        raise PaymentProblem(_("%(name)s cannot set money aside. Take it at once.") % {"name": found.name()})
    place = found.position if position is None else position
    values = {"active": active, "position": place, "countries": list(countries), "fees": dict(fees or {}),
              "maximum": dict(maximum or {}), "capture": capture}  # fmt: skip
    MethodSetting.objects.update_or_create(code=code, defaults=values)
    queries.forget()


@transaction.atomic(savepoint=False)
def open_payment(
    *, reference: UUID, label: str, provider: str, minor: int, currency: str, key: str, choice: str = "",
    payment_id: UUID | None = None, customer_id: UUID | None = None, challenge: bool = False,
) -> UUID:  # fmt: skip
    """Make the row of a payment, before any gateway knows of it. The same key gives the same payment.

    `payment_id`: an id for it that the caller has written down already; a known key then is an error. `customer_id`:
    whose saved means may be used, and for whom one may be saved. `challenge`: the payer must prove who they are.
    """
    fresh = Payment(
        id=payment_id or new_id(), reference=reference, label=label, provider=provider, minor=minor, currency=currency,
        key=key, choice=choice, customer_id=customer_id, challenge=challenge, capture=queries.captured_when(provider),
    )  # fmt: skip
    Payment.objects.bulk_create([fresh], ignore_conflicts=payment_id is None)
    if payment_id:
        return payment_id
    return Payment.objects.values_list("id", flat=True).get(key=key)


def start(*, payment_id: UUID, return_url: str) -> Next:
    """Ask the gateway to begin; repeatable, since the gateway knows the payment by its key.

    Call it outside of a transaction. Raises GatewayUnreachedProblem where nobody knows what happened; the payment
    stays open for another start, a poll or a webhook.
    """
    row = Payment.objects.get(id=payment_id)
    if row.state not in OPEN:
        return Next(kind="done")
    try:
        begun = providers.found()[row.provider].start(queries.charge_of(row), return_url)
    except GatewayTrouble as trouble:
        log.warning("gateway_unreached", provider=row.provider, payment_id=str(row.id), error=str(trouble))
        raise GatewayUnreachedProblem(
            _("The payment service does not answer. Nothing is lost: try again in a minute.")
        ) from trouble
    ref = begun.outcome.provider_ref if begun.outcome else ""
    waits = State.ACTION if begun.kind in ("redirect", "page") else State.STARTED
    Payment.objects.filter(id=row.id, state__in=OPEN).update(
        provider_ref=ref or row.provider_ref, action_url=begun.url, state=waits, sent_at=clock.now()
    )
    return begun


def ask(*, payment_id: UUID) -> Outcome | None:
    """What the gateway says of the payment now; None for one that is decided, or where the gateway does not answer.

    Network: call it outside of a transaction and hand the answer to `settle`.
    """
    row = Payment.objects.filter(id=payment_id, state__in=OPEN).first()
    if row is None:
        return None
    try:
        return providers.found()[row.provider].poll(queries.charge_of(row))
    except GatewayTrouble as trouble:
        log.warning("gateway_unreached", provider=row.provider, payment_id=str(row.id), error=str(trouble))
        return None


@transaction.atomic(savepoint=False)
def settle(*, payment_id: UUID, outcome: Outcome | None = None) -> PaymentView:
    """Bring the payment to the state that its stored webhooks and `outcome` tell. No network, repeatable.

    The order of news does not matter: captured money stays captured, whatever else comes; money that arrives for a
    failed or cancelled payment makes it captured, and who owns the reference decides what follows.
    """
    row = Payment.objects.select_for_update().filter(id=payment_id).first()
    if row is None:
        raise UnknownPaymentProblem(_("There is no such payment."))
    events = list(GatewayEvent.objects.select_for_update().filter(payment_id=row.id, processed_at=None))
    news = [settling.outcome_of(event) for event in events] + ([outcome] if outcome else [])
    _tell_risk(row.reference, events, outcome)
    if settling.apply(row, news):
        row.save()
        if row.state in (State.AUTHORISED, State.CAPTURED):
            look_closer(row)
    if settling.needs_void(row, news):
        ask_to_void(row)
    if events:
        GatewayEvent.objects.filter(id__in=[event.id for event in events]).update(processed_at=clock.now())
    return queries.view_of(row)


def _tell_risk(reference: UUID, events: Sequence[GatewayEvent], outcome: Outcome | None) -> None:
    """A form of the gateway lets the payer try card after card: each refusal is an event of its own there."""
    for event in events:
        if event.state == "action" and event.reason:
            note_declined(reference)
    if outcome and outcome.card:
        note_card(reference, outcome.card, outcome.card_country)


@transaction.atomic
def confirm_received(*, payment_id: UUID, minor: int) -> PaymentView:
    """Record money that came outside of a gateway: a bank transfer, cash at the door. Parts add up.

    The payment is captured when all of it is here. Refuses an amount that is not above zero.
    """
    if minor <= 0:
        raise PaymentProblem(_("Enter the amount that arrived."))
    row = Payment.objects.select_for_update().get(id=payment_id)
    row.captured_minor += minor
    if row.captured_minor >= row.minor and row.state != State.REFUNDED:
        row.state, row.captured_at = State.CAPTURED, row.captured_at or clock.now()
    row.save()
    return queries.view_of(row)


@transaction.atomic
def refund(
    *, payment_id: UUID, minor: int, key: str, into: UUID | None = None, by_hand: bool = False
) -> UUID:  # fmt: skip
    """Set money aside to go back, and let a task ask the gateway. The same key is one refund.

    What was paid by gift card or store credit is back at once. `into`: an account of credit that gets it instead of
    the payer, at once too. `by_hand`: a person sends it elsewhere, and ticks it off. Never more than was captured
    and not refunded yet: RefundProblem.
    """
    from nitka.sale.payments.tasks import note, send_refund

    row = Payment.objects.select_for_update().get(id=payment_id)
    known = Refund.objects.filter(key=key).first()
    if known:
        return known.id
    if not 0 < minor <= row.captured_minor - row.refunded_minor:
        raise RefundProblem(
            _("No more than what was paid can be refunded."), refundable_minor=row.captured_minor - row.refunded_minor
        )
    row.refunded_minor += minor
    if row.refunded_minor == row.captured_minor and row.state != State.AUTHORISED:
        row.state = State.REFUNDED
    row.save(update_fields=["refunded_minor", "state"])
    made = Refund.objects.create(payment=row, minor=minor, key=key, into_id=into)
    if into:
        refund_into(account_id=into, payment=row, minor=minor, key=f"give-back:{key}")
        note(made.id, Outcome(state="refunded", minor=minor, currency=row.currency))
        return made.id
    if by_hand:
        note(made.id, Outcome(state="by_hand", minor=minor, currency=row.currency))
        return made.id
    provider = providers.found()[row.provider]
    if getattr(provider, "in_rows", False):
        note(made.id, provider.refund(queries.charge_of(row), minor, key))
        return made.id
    send_refund.later(refund_id=str(made.id), lock=f"refund:{made.id}")
    return made.id


@transaction.atomic
def tick_off_refund(*, refund_id: UUID) -> bool:
    """Somebody sent the money back by hand. Whether that was news: False the second time.

    Raises RefundProblem for a refund that no person has to send.
    """
    row = Refund.objects.select_for_update().filter(id=refund_id).first()
    if row is None or row.state not in (Refund.State.BY_HAND, Refund.State.DONE):
        raise RefundProblem(_("Nobody has to send this refund."))
    if row.state == Refund.State.DONE:
        return False
    row.state, row.done_at = Refund.State.DONE, clock.now()
    row.save(update_fields=["state", "done_at"])
    return True


def cancel(*, payment_id: UUID) -> PaymentView:
    """Give an open payment up, at the gateway first. Where money was captured meanwhile, the payment is captured.

    Network: call it outside of a transaction. Where the gateway does not answer the payment stays open.
    """
    row = Payment.objects.filter(id=payment_id).first()
    if row is None:
        raise UnknownPaymentProblem(_("There is no such payment."))
    if row.state not in OPEN:
        return queries.view_of(row)
    try:
        outcome = providers.found()[row.provider].cancel(queries.charge_of(row))
    except GatewayTrouble as trouble:
        log.warning("gateway_unreached", provider=row.provider, payment_id=str(row.id), error=str(trouble))
        return queries.view_of(row)
    return settle(payment_id=payment_id, outcome=outcome)


def store_webhook(*, provider: str, raw: bytes, headers: Mapping[str, str]) -> UUID | None:
    """Verify the raw bytes of a webhook, keep it once, and tell; returns the reference it is about.

    None for a message that was stored before, that means no payment of ours, or that is of no interest: answer 200 to
    all of these. Raises ForgedWebhookProblem (400) for a bad signature, UnknownPaymentProblem for no such provider.
    """
    found = providers.found().get(provider)
    if found is None:
        raise UnknownPaymentProblem(_("There is no such payment service."))
    try:
        event = found.read_webhook(raw, {name.lower(): value for name, value in headers.items()})
    except GatewayTrouble as trouble:
        # Some gateways must be asked whether a message is theirs; they send it again when we say that we cannot tell.
        raise GatewayUnreachedProblem(_("The payment service does not answer.")) from trouble
    return _store(provider, raw, event) if event else None


@transaction.atomic
def _store(provider: str, raw: bytes, event: providers.WebhookEvent) -> UUID | None:
    ours = Q(id=event.payment_id) if event.payment_id else Q(provider_ref=event.outcome.provider_ref or None)
    payment = Payment.objects.filter(ours, provider=provider).first()
    row = GatewayEvent(
        provider=provider, event_id=event.event_id[:120], payment=payment, state=event.outcome.state, raw=raw,
        minor=event.outcome.minor, currency=event.outcome.currency, provider_ref=event.outcome.provider_ref,
        reason=event.outcome.reason[:200], processed_at=None if payment else clock.now(),
    )  # fmt: skip
    GatewayEvent.objects.bulk_create([row], ignore_conflicts=True)
    if not GatewayEvent.objects.filter(id=row.id).exists():
        return None
    if payment is None:
        log.warning("webhook_without_payment", provider=provider, event_id=event.event_id)
        return None
    tell(GatewayTold(reference=payment.reference, payment_id=payment.id))
    return payment.reference
