"""Pick-up points near a postcode."""

from django.db.models import QuerySet

from nitka.sale.shipping.models import PickupPoint
from nitka.sale.shipping.offering import PointView
from nitka.sale.shipping.rules import plain


def near(carrier: str, country: str, postcode: str, most: int) -> tuple[PointView, ...]:
    """Postcodes are near each other where they are neighbours in their order: half from below, half from above."""
    code = plain(postcode)
    fitting = PickupPoint.objects.filter(carrier=carrier, country=country, active=True)
    above = fitting.filter(plain__gte=code).order_by("plain", "code")[:most]
    below = fitting.filter(plain__lt=code).order_by("-plain", "code")[:most]
    rows = list(above.union(below, all=True)) if code else list(fitting.order_by("plain", "code")[:most])
    rows.sort(key=lambda row: (_distance(code, row.plain), row.name))
    return tuple(view_of(row) for row in rows[:most])


def one(carrier: str, code: str) -> PointView | None:
    """The point, if it is open."""
    row = rows().filter(carrier=carrier, code=code).first()
    return view_of(row) if row else None


def rows() -> QuerySet[PickupPoint]:
    return PickupPoint.objects.filter(active=True)


def view_of(row: PickupPoint) -> PointView:
    return PointView(row.carrier, row.code, row.name, row.line1, row.postcode, row.city, row.country, row.hours)


def _distance(code: str, other: str) -> tuple[int, int]:
    same = next((place for place, (a, b) in enumerate(zip(code, other, strict=False)) if a != b), len(code))
    far = abs(int(code) - int(other)) if code.isdecimal() and other.isdecimal() else 0
    return -same, far
