"""Means that a gateway keeps for a customer: their token is all that we know of a card."""

from typing import cast
from uuid import UUID

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.payments import providers, queries, settling
from nitka.sale.payments.models import PayerAccount, Payment, SavedMean
from nitka.sale.payments.problems import GatewayUnreachedProblem, PaymentProblem, UnknownMeanProblem
from nitka.sale.payments.providers import GatewayTrouble, Keeping, KnowingCards, Mean, Next, Outcome
from nitka.sale.payments.providers import State as News
from nitka.sale.payments.risk.assessing import knows_card

log = structlog.get_logger(__name__)
State = Payment.State


@transaction.atomic
def save_mean(
    *, customer_id: UUID, provider: str, token: str, brand: str = "", last4: str = "", expires: str = "",
    payer_ref: str = "",
) -> UUID:  # fmt: skip
    """Write a means that the gateway keeps for a customer. The same token is one means.

    Raises PaymentProblem for a provider that keeps none, for no token, and for a token that is somebody else's.
    """
    if not token or not isinstance(providers.found().get(provider), Keeping):
        raise PaymentProblem(_("This means of payment cannot be saved."))
    values = {
        "customer_id": customer_id, "payer_ref": payer_ref, "brand": brand[:40], "last4": last4[-4:],
        "expires": expires[:7],
    }  # fmt: skip
    row, _made = SavedMean.objects.get_or_create(provider=provider, token=token, defaults=values)
    if row.customer_id != customer_id:
        raise PaymentProblem(_("This means of payment cannot be saved."))
    if row.removed_at:
        SavedMean.objects.filter(id=row.id).update(**values, removed_at=None)
    return row.id


def forget_mean(*, mean_id: UUID, customer_id: UUID) -> None:
    """Remove a saved means, at the gateway too. Raises UnknownMeanProblem where it is not that customer's.

    Network: call it outside of a transaction. A gateway that does not answer is asked again by a task.
    """
    from nitka.sale.payments.tasks import forget_token

    row = SavedMean.objects.filter(id=mean_id, customer_id=customer_id, removed_at=None).first()
    if row is None:
        raise UnknownMeanProblem(_("There is no such saved means of payment."))
    with transaction.atomic():
        SavedMean.objects.filter(id=row.id).update(removed_at=clock.now())
        forget_token.later(provider=row.provider, token=row.token)


def charge_saved(
    *, reference: UUID, mean_id: UUID, minor: int, key: str, currency: str = "", label: str = "",
) -> Next:  # fmt: skip
    """Charge a saved means for a reference, while the payer is away. The same key is one charge.

    `done` with its outcome (captured or failed), or `page` where the payer must confirm on our page. Currency and label
    are those of the first payment of the reference unless given. Network: call it outside of a transaction. Raises
    UnknownMeanProblem, PaymentProblem, GatewayUnreachedProblem (ask again with the same key).
    """
    mean = SavedMean.objects.filter(id=mean_id, removed_at=None).first()
    provider = providers.found().get(mean.provider) if mean else None
    if mean is None or not isinstance(provider, Keeping):
        raise UnknownMeanProblem(_("There is no such saved means of payment."))
    row = _opened(reference, mean, minor, key, currency, label)
    if row.state not in (State.STARTED, State.ACTION):
        return Next(kind="done", outcome=_standing(row))
    try:
        outcome = provider.charge_saved(queries.charge_of(row), mean_of(mean))
    except GatewayTrouble as trouble:
        log.warning("gateway_unreached", provider=mean.provider, payment_id=str(row.id), error=str(trouble))
        raise GatewayUnreachedProblem(
            _("The payment service does not answer. Nothing is lost: try again in a minute.")
        ) from trouble
    _note(row.id, outcome)
    return Next(kind="page" if outcome.state == "action" else "done", outcome=outcome)


def mean_of(row: SavedMean) -> Mean:
    """The row as its provider sees it."""
    return Mean(token=row.token, payer_ref=row.payer_ref, brand=row.brand, last4=row.last4, expires=row.expires)


def look_closer(row: Payment) -> None:
    """What a webhook leaves out is asked for by a task: a kept means, how long and in how many parts an authorised
    payment may be taken, and which card it was."""
    from nitka.sale.payments.tasks import look_at

    keeps = row.customer_id and not row.mean_id and isinstance(providers.found().get(row.provider), Keeping)
    unclear = row.state == State.AUTHORISED and not row.in_parts and row.authorised_until is None
    nameless = isinstance(providers.found().get(row.provider), KnowingCards) and not knows_card(row.reference)
    if keeps or unclear or nameless:
        look_at.later(payment_id=str(row.id))


def keep_account(row: Payment, ref: str) -> None:
    """The gateway made a customer of its own for ours; all their means shall hang on it."""
    if ref and row.customer_id:
        account = PayerAccount(customer_id=row.customer_id, provider=row.provider, ref=ref)
        PayerAccount.objects.bulk_create([account], ignore_conflicts=True)


@transaction.atomic
def _opened(reference: UUID, mean: SavedMean, minor: int, key: str, currency: str, label: str) -> Payment:
    first = Payment.objects.filter(reference=reference).order_by("created_at", "id").first()
    known = currency or (first.currency if first else "")
    if minor <= 0 or not known:
        raise PaymentProblem(_("There is nothing to charge."))
    fresh = Payment(
        reference=reference, label=label or (first.label if first else ""), provider=mean.provider, minor=minor,
        currency=known, key=key, customer_id=mean.customer_id, mean=mean,
    )  # fmt: skip
    Payment.objects.bulk_create([fresh], ignore_conflicts=True)
    row = Payment.objects.get(key=key)
    if (row.reference, row.minor, row.mean_id) != (reference, minor, mean.id):
        raise PaymentProblem(_("This key was used for another charge."))
    return row


@transaction.atomic
def _note(payment_id: UUID, outcome: Outcome) -> None:
    row = Payment.objects.select_for_update().get(id=payment_id)
    if settling.apply(row, [outcome]):
        row.sent_at = row.sent_at or clock.now()
        row.save()


def _standing(row: Payment) -> Outcome:
    return Outcome(
        state=cast(News, "failed" if row.state == State.CANCELLED else row.state), provider_ref=row.provider_ref,
        minor=row.captured_minor, currency=row.currency, reason=row.reason,
    )  # fmt: skip
