"""Demo Post: a carrier that works without a network. Its parcels keep their promise to the day."""

import hashlib
from datetime import date, datetime, time, timedelta
from uuid import UUID

from nitka.ground import clock
from nitka.sale.shipping.providers import Tracked

ZONE = "Europe/Warsaw"


class DemoPost:
    code = "demo_post"
    name = "Demo Post"

    def tracking_number(self, reference: UUID) -> str:
        """Ten digits of the reference and a check digit, so that one reference has one number."""
        digits = f"{int.from_bytes(hashlib.sha256(reference.bytes).digest()[:5]) % 10**10:010d}"
        return f"DP{digits}{_check_digit(digits)}"

    def tracking_url(self, number: str) -> str:
        """Demo parcels are followed on the order's own page."""
        return ""

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


def _check_digit(digits: str) -> int:
    """Modulo 10 with weights 3 and 1, as on parcels of the Universal Postal Union's members."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return -total % 10


CARRIER = DemoPost()
