"""Demo Post: a carrier that works without a network. Its parcels keep their promise to the day.

Its labels, manifests and numbers are real papers of a carrier that does not exist, and say so.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings

from nitka.ground import clock
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
from nitka.sale.shipping.providers.demo_post.places import POINTS, PRICES, SERVICES, zone_of

ZONE = "Europe/Warsaw"
HEAVIEST_G = 31_500


class DemoPost:
    code = "demo_post"
    name = "Demo Post"
    is_demo = True

    def tracking_number(self, reference: UUID) -> str:
        """Ten digits of the reference and a check digit, so that one reference has one number."""
        digits = f"{int.from_bytes(hashlib.sha256(reference.bytes).digest()[:5]) % 10**10:010d}"
        return f"DP{digits}{_check_digit(digits)}"

    def tracking_url(self, number: str) -> str:
        """Demo parcels are followed on the order's own page."""
        return ""

    def rates(self, question: RateQuestion) -> Sequence[CarrierRate]:
        """Zone and weight, in the currencies of its price list; nothing above its heaviest parcel."""
        zone = zone_of(question.from_country, question.to_country)
        table = PRICES.get(question.currency)
        if table is None or question.weight_g > HEAVIEST_G:
            return []
        first, each_kg = table[zone]
        kilos = -(-question.weight_g // 1000)
        return [
            CarrierRate(code, name, first * factor // 100 + each_kg * (kilos - 1), question.currency, days)
            for code, name, factor, days in SERVICES
        ]

    def label(self, order: LabelOrder) -> LabelMade:
        """A label of 100 × 150 mm; the number comes from the key, so the same parcel has the same number."""
        from nitka.sale.shipping import papers

        if order.weight_g > HEAVIEST_G:
            raise CarrierRefusedProblem(f"Demo Post takes parcels of up to {HEAVIEST_G // 1000} kg.")
        number = self.tracking_number(order.key)
        pdf = papers.label_pdf(
            carrier=self.name, number=number, sender=order.sender, recipient=order.recipient,
            service="Return" if order.reverse else order.service or "Parcel", weight_g=order.weight_g, note=order.note,
            pickup_point=order.pickup_point, phone=order.recipient.phone, demo=True,
            printed_on=clock.local(clock.now(), ZONE).strftime("%Y-%m-%d"),
        )  # fmt: skip
        return LabelMade(number, pdf, carrier_ref=f"demo-{order.key}")

    def cancel_label(self, number: str, carrier_ref: str) -> bool:
        """Always possible."""
        return True

    def manifest(self, parcels: Sequence[Handed], *, place: PostalAddress, at: datetime) -> ManifestMade:
        """Numbered by what is on it."""
        from nitka.sale.shipping import papers

        joined = "".join(sorted(each.number for each in parcels))
        number = f"DM{int.from_bytes(hashlib.sha256(joined.encode()).digest()[:4]) % 10**8:08d}"
        pdf = papers.manifest_pdf(
            carrier=self.name, number=number, parcels=parcels, place=papers.lines(place), demo=True,
            weight_g=sum(each.weight_g for each in parcels), made_at=clock.local(at, ZONE).strftime("%Y-%m-%d %H:%M"),
        )  # fmt: skip
        return ManifestMade(number, pdf)

    def pickup(self, *, on: date, ready_at: time, closes_at: time, parcels: int, place: PostalAddress) -> str:
        """Confirmed at once. Needs two hours between ready and closed."""
        if (closes_at.hour * 60 + closes_at.minute) - (ready_at.hour * 60 + ready_at.minute) < 120:
            raise CarrierRefusedProblem("Demo Post needs two hours between ready and closed.")
        return f"DK{on:%y%m%d}{parcels:03d}"

    def points(self, country: str) -> Sequence[Point]:
        """A dozen made-up points in some towns."""
        return [point for point in POINTS if point.country == country]

    def track(self, number: str, *, shipped_at: datetime, promised_on: date | None, until: datetime) -> list[Tracked]:
        """Announced and accepted at once, sorted two hours later, delivered at 14:30 of the promised day."""
        arrival = promised_on or (shipped_at + timedelta(days=2)).date()
        morning = max(clock.at_local(arrival, time(8, 10), ZONE), shipped_at + timedelta(hours=3))
        steps = [
            Tracked("announced", shipped_at, "Gdańsk"),
            Tracked("accepted", shipped_at + timedelta(minutes=40), "Gdańsk"),
            Tracked("sorted", shipped_at + timedelta(hours=2), "Gdańsk"),
            Tracked("out_for_delivery", morning),
            Tracked("delivered", max(clock.at_local(arrival, time(14, 30), ZONE), morning + timedelta(hours=2))),
        ]
        return [step for step in steps if step.at <= until]

    def read_webhook(self, raw: bytes, headers: Mapping[str, str]) -> CarrierMessage | None:
        """Signed with HMAC-SHA256 of the raw bytes in `X-Carrier-Signature`; closed where no secret is set."""
        given = {name.lower(): value for name, value in headers.items()}.get("x-carrier-signature", "")
        secret = str(settings.NITKA_CARRIER_SECRET)
        if not secret or not hmac.compare_digest(sign(raw, secret).encode(), given.encode()):
            raise ForgedMessageProblem("The signature of this message is missing or wrong.")
        try:
            message = json.loads(raw)
            steps = tuple(_step(each) for each in message["steps"])
            return CarrierMessage(str(message["id"])[:120], str(message["number"])[:60], steps)
        except (ValueError, KeyError, TypeError) as trouble:
            raise ForgedMessageProblem("This message cannot be read.") from trouble


def sign(raw: bytes, secret: str) -> str:
    """The signature of a message."""
    return base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()


def _step(told: Mapping[str, str]) -> Tracked:
    at = datetime.fromisoformat(told["at"])
    if at.tzinfo is None:
        raise ValueError("A moment without a zone.")
    expected = told.get("expected_on")
    return Tracked(
        str(told["kind"])[:24], at, str(told.get("place", ""))[:80], date.fromisoformat(expected) if expected else None
    )


def _check_digit(digits: str) -> int:
    """Modulo 10 with weights 3 and 1, as on parcels of the Universal Postal Union's members."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return -total % 10


CARRIER = DemoPost()
