"""Taking what was set aside: in rows first, then a task asks the gateway. And letting go of it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.sale.payments.models import Capture, Payment
from nitka.sale.payments.problems import CaptureProblem, UnknownPaymentProblem

State = Payment.State


@transaction.atomic
def capture(*, payment_id: UUID, minor: int | None = None, key: str, final: bool = False) -> UUID:
    """Take money that is set aside, all that is left or so many minor units, and let a task ask the gateway. Returns
    the capture's id; the same key is one capture.

    `final`: what remains is let go. Where the gateway takes money in one piece alone, the first capture is the last.
    Raises CaptureProblem for more than is set aside, and for a payment that is not authorised.
    """
    from nitka.sale.payments.tasks import send_capture

    row = _locked(payment_id)
    known = Capture.objects.filter(key=key).first()
    if known:
        return known.id
    left = row.authorised_minor - row.asked_minor
    amount = left if minor is None else minor
    if row.state != State.AUTHORISED or row.void_asked_at or not 0 < amount <= left or _is_closed(row):
        raise CaptureProblem(_("No more than what is set aside can be taken."), capturable_minor=left)
    row.asked_minor += amount
    row.save(update_fields=["asked_minor"])
    last = final or not row.in_parts or amount == left
    made = Capture.objects.create(payment=row, minor=amount, key=key, final=last)
    send_capture.later(capture_id=str(made.id), lock=f"payment:{row.id}")
    return made.id


@transaction.atomic
def capture_for(*, reference: UUID, minor: int, key: str, final: bool = False) -> int:
    """Take so much of what is set aside for a reference, as its goods leave. Returns what is asked for, in minor units.

    `final`: nothing more will leave, so the rest is let go. Where a gateway takes money in one piece alone, the first
    call asks for all of it and later ones for nothing. Nothing set aside: 0, without trouble. The same key, once.
    """
    held = Payment.objects.select_for_update().filter(reference=reference, state=State.AUTHORISED)
    rows = list(held.order_by("created_at", "id"))
    if Capture.objects.filter(key__startswith=f"{key}:", payment__reference=reference).exists():
        return 0
    asked, left = 0, minor
    for row in rows:
        free = row.authorised_minor - row.asked_minor
        whole = not row.in_parts and not final
        amount = free if whole else min(left, free)
        if amount <= 0 or row.void_asked_at or _is_closed(row):
            continue
        capture(payment_id=row.id, minor=amount, key=f"{key}:{row.id}", final=final)
        asked, left = asked + amount, left - amount
    return asked


@transaction.atomic
def void(*, payment_id: UUID, key: str = "") -> bool:
    """Let go of what is set aside and not taken; a task asks the gateway. Returns whether that was news.

    What was taken of it stays; give it back by `refund`.
    """
    row = _locked(payment_id)
    if row.state != State.AUTHORISED or row.void_asked_at:
        return False
    ask_to_void(row, key)
    return True


def ask_to_void(row: Payment, key: str = "") -> None:
    """Write that the money is to be let go of, and ask for it after the commit. The row is locked."""
    from nitka.sale.payments.tasks import send_void

    row.void_asked_at = clock.now()
    row.save(update_fields=["void_asked_at"])
    send_void.later(payment_id=str(row.id), key=key or f"void:{row.id}", lock=f"payment:{row.id}")


def _locked(payment_id: UUID) -> Payment:
    row = Payment.objects.select_for_update().filter(id=payment_id).first()
    if row is None:
        raise UnknownPaymentProblem(_("There is no such payment."))
    return row


def _is_closed(row: Payment) -> bool:
    """Whether the last part was asked for: the gateway has let go of the rest."""
    return Capture.objects.filter(payment=row, final=True).exclude(state=Capture.State.FAILED).exists()
