"""One account at one carrier, spoken with through karrio."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID

from nitka.people.customers.queries import PostalAddress
from nitka.sale.shipping.providers import (
    CarrierMessage,
    CarrierRate,
    CarrierRefusedProblem,
    CarrierTrouble,
    ForgedMessageProblem,
    Handed,
    LabelMade,
    LabelOrder,
    ManifestMade,
    Point,
    RateQuestion,
    Tracked,
)
from nitka.sale.shipping.providers.karrio import reading
from nitka.sale.shipping.providers.karrio.asking import bounded, gateway_of

RATE_SECONDS, DEED_SECONDS = 5.0, 30.0


class Account:
    """A carrier behind a connector of karrio."""

    is_demo = False

    def __init__(self, code: str, values: Mapping[str, Any]) -> None:
        self.code = f"karrio-{code}"[:40]
        self.name = str(values.get("name") or values["connector"]).replace("_", " ").upper()[:60]
        self._connector = str(values["connector"])
        self._server = str(values.get("server") or "")
        self._values = {key: value for key, value in values.items() if key not in ("connector", "name", "server")}

    @cached_property
    def _gateway(self) -> Any:
        return gateway_of(self._connector, self._values, self._server)

    def tracking_number(self, reference: UUID) -> str:
        """Only a label has one."""
        return ""

    def tracking_url(self, number: str) -> str:
        """The carrier's own page, where the connector knows it."""
        pattern = str(getattr(self._gateway.settings, "tracking_url", "") or "")
        return pattern.format(number) if number and "{}" in pattern else ""

    def rates(self, question: RateQuestion) -> Sequence[CarrierRate]:
        """Prices of the account. A price of nothing is a sheet that nobody filled in, and no price."""
        import karrio.sdk as sdk
        from karrio.core import models

        asked = models.RateRequest(
            shipper=_somewhere(question.from_country, question.from_postcode),
            recipient=_somewhere(question.to_country, question.to_postcode),
            parcels=[_parcel(question.weight_g)], services=[question.service] if question.service else [],
        )  # fmt: skip
        found = self._ask(lambda: sdk.Rating.fetch(asked).from_(self._gateway).parse(), RATE_SECONDS)
        return [rate for each in found or [] if (rate := reading.rate(each))]

    def label(self, order: LabelOrder) -> LabelMade:
        """The label as PDF, whatever picture the carrier sends. `key` goes along as the reference of the parcel."""
        import karrio.sdk as sdk
        from karrio.core import models

        asked = models.ShipmentRequest(
            service=order.service, shipper=_address(order.sender), recipient=_address(order.recipient),
            parcels=[_parcel(order.weight_g, str(order.key))], reference=order.note or str(order.key),
            label_type="PDF", is_return=order.reverse, payment=models.Payment(paid_by="sender"),
            options={"shipment_note": order.note} if order.note else {},
        )  # fmt: skip
        made = self._ask(lambda: sdk.Shipment.create(asked).from_(self._gateway).parse(), DEED_SECONDS)
        number = str(getattr(made, "tracking_number", "") or "")
        pdf = reading.label_pdf(made)
        if not number or not pdf:
            raise CarrierTrouble(f"{self.name} answered without a number or without a label.")
        rate = reading.rate(getattr(made, "selected_rate", None))
        return LabelMade(
            number[:60], pdf, str(getattr(made, "shipment_identifier", "") or "")[:120],
            rate.minor if rate else None, rate.currency if rate else "",
        )  # fmt: skip

    def cancel_label(self, number: str, carrier_ref: str) -> bool:
        """As the carrier says."""
        import karrio.sdk as sdk
        from karrio.core import models

        asked = models.ShipmentCancelRequest(shipment_identifier=carrier_ref or number)
        done = self._ask(lambda: sdk.Shipment.cancel(asked).from_(self._gateway).parse(), DEED_SECONDS)
        return bool(getattr(done, "success", False))

    def manifest(self, parcels: Sequence[Handed], *, place: PostalAddress, at: datetime) -> ManifestMade:
        """A list of our own: few connectors know manifests, and every driver signs paper."""
        from nitka.sale.shipping import papers

        number = f"{at:%y%m%d%H%M}-{len(parcels)}"
        pdf = papers.manifest_pdf(
            carrier=self.name, number=number, parcels=parcels, place=papers.lines(place), demo=False,
            weight_g=sum(each.weight_g for each in parcels), made_at=f"{at:%Y-%m-%d %H:%M} UTC",
        )  # fmt: skip
        return ManifestMade(number, pdf)

    def pickup(self, *, on: date, ready_at: time, closes_at: time, parcels: int, place: PostalAddress) -> str:
        """The carrier's number of the pickup."""
        import karrio.sdk as sdk
        from karrio.core import models

        asked = models.PickupRequest(
            pickup_date=on.isoformat(), ready_time=f"{ready_at:%H:%M}", closing_time=f"{closes_at:%H:%M}",
            address=_address(place), parcels_count=parcels,
        )  # fmt: skip
        done = self._ask(lambda: sdk.Pickup.schedule(asked).from_(self._gateway).parse(), DEED_SECONDS)
        number = str(getattr(done, "confirmation_number", "") or "")
        if not number:
            raise CarrierTrouble(f"{self.name} confirmed no pickup.")
        return number[:60]

    def points(self, country: str) -> Sequence[Point]:
        """The connectors list none; points are put in by hand or from a file."""
        return []

    def track(self, number: str, *, shipped_at: datetime, promised_on: date | None, until: datetime) -> list[Tracked]:
        """What the carrier says of that very number; news of another parcel, or of tomorrow, are not believed."""
        import karrio.sdk as sdk
        from karrio.core import models

        asked = models.TrackingRequest(tracking_numbers=[number])
        found = self._ask(lambda: sdk.Tracking.fetch(asked).from_(self._gateway).parse(), DEED_SECONDS, empty=True)
        return [
            step
            for each in found or []
            if str(each.tracking_number) == number
            for step in reading.steps(each)
            if step.at <= until
        ]

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> CarrierMessage | None:
        """The connectors sign in as many ways as there are carriers: none is open before it was checked."""
        raise ForgedMessageProblem("This carrier is asked for news; it sends none.")

    def _ask(self, act: Callable[[], tuple[Any, Sequence[Any]]], seconds: float, *, empty: bool = False) -> Any:
        """The answer, or CarrierTrouble, or CarrierRefusedProblem with the carrier's words."""
        # Loading the connector is our own work, and must not count as the carrier's slowness.
        _loaded = self._gateway
        answer, messages = bounded(act, seconds, self.name)
        if not answer and messages and not empty:
            words = "; ".join(str(getattr(each, "message", each)) for each in messages)[:300]
            raise CarrierRefusedProblem(f"{self.name}: {words}")
        return answer


def _parcel(weight_g: int, reference: str = "") -> Any:
    from karrio.core import models

    return models.Parcel(weight=round(weight_g / 1000, 3), weight_unit="KG", reference_number=reference or None)


def _somewhere(country: str, postcode: str) -> Any:
    """A place whose street is not known yet; some connectors fall over without any."""
    from karrio.core import models

    return models.Address(country_code=country, postal_code=postcode, address_line1="-", city="-", person_name="-")


def _address(address: PostalAddress) -> Any:
    from karrio.core import models

    return models.Address(
        person_name=address.name, company_name=address.company or None, address_line1=address.line1,
        address_line2=address.line2 or None, postal_code=address.postcode, city=address.city,
        state_code=address.region or None, country_code=address.country, phone_number=address.phone or None,
    )  # fmt: skip
