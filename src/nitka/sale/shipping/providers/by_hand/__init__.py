"""Any carrier that Nitka does not speak with: its numbers are typed, its label and its news come from elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from nitka.people.customers.queries import PostalAddress
from nitka.sale.shipping.providers import (
    CarrierMessage,
    CarrierRate,
    CarrierRefusedProblem,
    ForgedMessageProblem,
    Handed,
    LabelMade,
    LabelOrder,
    ManifestMade,
    Point,
    RateQuestion,
    Tracked,
)

_NO = "Make this at the carrier itself, and type the number of the parcel here."


class ByHand:
    code = "by_hand"
    name = "Another carrier"
    is_demo = False

    def tracking_number(self, reference: UUID) -> str:
        """None: it is typed, or there is none."""
        return ""

    def tracking_url(self, number: str) -> str:
        """A number that is an address is where it can be followed."""
        return number if number.startswith("https://") else ""

    def rates(self, question: RateQuestion) -> Sequence[CarrierRate]:
        return []

    def label(self, order: LabelOrder) -> LabelMade:
        raise CarrierRefusedProblem(_NO)

    def cancel_label(self, number: str, carrier_ref: str) -> bool:
        return False

    def manifest(self, parcels: Sequence[Handed], *, place: PostalAddress, at: datetime) -> ManifestMade:
        raise CarrierRefusedProblem(_NO)

    def pickup(self, *, on: date, ready_at: time, closes_at: time, parcels: int, place: PostalAddress) -> str:
        raise CarrierRefusedProblem(_NO)

    def points(self, country: str) -> Sequence[Point]:
        return []

    def track(self, number: str, *, shipped_at: datetime, promised_on: date | None, until: datetime) -> list[Tracked]:
        """Nothing is known."""
        return []

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> CarrierMessage | None:
        raise ForgedMessageProblem("This carrier sends nothing.")


CARRIER = ByHand()
