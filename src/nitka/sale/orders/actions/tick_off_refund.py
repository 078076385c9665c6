"""Refunds that no gateway can send: a person does, and says so."""

from uuid import UUID

from nitka.sale.payments import actions as payments


def tick_off_refund(*, refund_id: UUID) -> bool:
    """The money of a refund by hand was sent. Returns whether that was news.

    Raises RefundProblem for a refund that nobody has to send.
    """
    return payments.tick_off_refund(refund_id=refund_id)
