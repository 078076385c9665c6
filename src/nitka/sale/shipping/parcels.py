"""Parcels as values: where they are, their papers, and what was promised of them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.sale.shipping import providers
from nitka.sale.shipping.models import Label, PromiseRow, Shipment, TrackingStep


@dataclass(frozen=True, slots=True)
class TrackingView:
    kind: str
    text: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShipmentView:
    """A parcel and what its carrier said, oldest first. `reverse`: it goes back to the shop."""

    id: UUID
    reference: UUID
    carrier: str
    carrier_name: str
    tracking_number: str
    tracking_url: str
    state: str
    promised_on: date | None
    shipped_at: datetime
    delivered_at: datetime | None
    steps: tuple[TrackingView, ...] = ()
    expected_on: date | None = None
    location: str = ""
    option: str = ""
    reverse: bool = False
    label: str = ""  # "", asked, made, cancelled, failed


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise as it was given. `reason`: why it replaced the one before; "" for the first."""

    day_from: date
    day_to: date
    source: str
    computed_at: datetime
    reason: str
    choice: str
    shipment_id: UUID | None


def of_reference(reference: UUID) -> tuple[ShipmentView, ...]:
    """See `queries.shipments_of`."""
    rows = list(Shipment.objects.filter(reference=reference).exclude(state="cancelled").order_by("shipped_at", "id"))
    steps: dict[UUID, list[TrackingView]] = {row.id: [] for row in rows}
    if rows:
        for step in TrackingStep.objects.filter(shipment_id__in=steps).order_by("at", "id"):
            text = tracking_text(step.kind)
            steps[step.shipment_id].append(TrackingView(step.kind, text, step.place, step.at))
    return tuple(view_of(row, tuple(steps[row.id])) for row in rows)


def view_of(row: Shipment, steps: tuple[TrackingView, ...] = (), label: str = "") -> ShipmentView:
    """The row as a value."""
    carrier = providers.found().get(row.carrier)
    return ShipmentView(
        row.id, row.reference, row.carrier, carrier.name if carrier else row.carrier, row.tracking_number,
        carrier.tracking_url(row.tracking_number) if carrier else "", row.state, row.promised_on, row.shipped_at,
        row.delivered_at, steps, row.expected_on, row.location, row.option, row.reverse, label,
    )  # fmt: skip


def with_labels(reference: UUID) -> tuple[ShipmentView, ...]:
    """Parcels of a reference with the state of their labels, without tracking. One query."""
    labels = Label.objects.filter(shipment__reference=reference).select_related("shipment").defer("pdf")
    return tuple(view_of(label.shipment, (), label.state) for label in labels.order_by("asked_at"))


def promises(reference: UUID) -> tuple[PromiseView, ...]:
    """See `queries.promises_of`."""
    rows = PromiseRow.objects.filter(reference=reference).order_by("computed_at", "id")
    return tuple(
        PromiseView(row.day_from, row.day_to, row.source, row.computed_at, row.reason, row.choice, row.shipment_id)
        for row in rows
    )


def tracking_text(kind: str) -> str:
    """What a tracking step means, in the active language."""
    return {
        "announced": _("The parcel was announced to the carrier"),
        "accepted": _("The carrier has the parcel"),
        "sorted": _("The parcel was sorted"),
        "out_for_delivery": _("The parcel is in the delivery van"),
        "ready": _("The parcel waits at the pick-up point"),
        "failed": _("Nobody was at home; the carrier tries again"),
        "exception": _("The carrier reports a trouble with the parcel"),
        "returned": _("The parcel goes back to the sender"),
        "delivered": _("The parcel was delivered"),
    }.get(kind, kind)


def cause_text(cause: str) -> str:
    """Why a promise will not be kept, for the shopper, in the active language."""
    return {
        "not_handed_over": _("It did not leave our warehouse in time."),
        "no_scan": _("The carrier has not scanned the parcel yet."),
        "carrier_date": _("The carrier named a new day."),
        "not_out": _("The parcel is not in the delivery van today."),
        "failed": _("Nobody was at home when the carrier came."),
        "exception": _("The carrier reports a trouble on the way."),
        "shopper": _("You chose this day."),
    }.get(cause, _("Something went slower than planned."))
