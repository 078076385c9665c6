"""Invoice and packing slip."""

from uuid import UUID


def invoice_pdf(order_id: UUID) -> bytes:
    raise NotImplementedError(order_id)


def packing_slip_pdf(order_id: UUID) -> bytes:
    raise NotImplementedError(order_id)
