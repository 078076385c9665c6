"""Writing tax rates and registrations. Reached through `actions`."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import vat_numbers
from nitka.shelf.pricing.models import TaxPlace, TaxRate
from nitka.shelf.pricing.problems import PricingProblem
from nitka.shelf.pricing.promotions.remembering import forget_now_and_later
from nitka.shelf.pricing.rate_rows import RateRow

_KEY = ["country", "region", "tax_class", "valid_from"]


@transaction.atomic
def put_tax_rates(*, rates: Sequence[RateRow | tuple[str, str, Decimal, date]]) -> int:
    """Write rates: rows, or (country, class of goods, per cent, first day). The same day again is corrected.

    Returns how many. Raises PricingProblem for a rate that is not in per cent.
    """
    rows = {
        (row.country.upper(), row.region, row.tax_class, row.valid_from): row
        for row in (each if isinstance(each, RateRow) else RateRow(*each) for each in rates)
    }
    if any(not 0 <= row.rate < 100 for row in rows.values()):
        raise PricingProblem(_("A tax rate is in per cent, from 0 to 100."))
    TaxRate.objects.bulk_create(
        [_as_row(row) for _key, row in sorted(rows.items())],
        update_conflicts=True,
        unique_fields=_KEY,
        update_fields=["rate", "source", "checked_on", "unsure"],
    )
    forget_now_and_later()
    return len(rows)


def _as_row(row: RateRow) -> TaxRate:
    return TaxRate(
        country=row.country.upper(), region=row.region, tax_class=row.tax_class, rate=row.rate, source=row.source,
        valid_from=row.valid_from, checked_on=row.checked_on, unsure=row.unsure,
    )  # fmt: skip


def add_missing_rates(rates: Sequence[RateRow]) -> None:
    """Write what is not there yet; what the merchant changed stays."""
    TaxRate.objects.bulk_create([_as_row(row) for row in rates], ignore_conflicts=True)
    forget_now_and_later()


@transaction.atomic
def drop_tax_rate(*, rate_id: UUID) -> None:
    """Take a rate out; the one before it counts on. Does nothing the second time."""
    TaxRate.objects.filter(id=rate_id).delete()
    forget_now_and_later()


@transaction.atomic
def put_tax_place(
    *, kind: str, country: str, region: str = "", number: str = "", valid_from: date | None = None
) -> UUID:
    """Say where the merchant is registered: `home`, `local`, `oss`, `small` or `exempt`, from a day on (today).

    Home is one place: another one ends the last. `oss` and `small` exclude each other in the same way. Raises
    PricingProblem for what no registration can be, VatNumberProblem for a number with a mistake.
    """
    country, day = country.strip().upper(), valid_from or clock.today(content.shop().zone)
    if kind not in TaxPlace.Kind.values or len(country) != 2 or not country.isalpha():
        raise PricingProblem(_("Choose what kind of registration it is, and the country."))
    if number and kind in ("home", "local") and vat_numbers.knows(country):
        number = vat_numbers.read(number, country).number
    rivals = {"home": ["home"], "oss": ["oss", "small"], "small": ["oss", "small"]}.get(kind, [])
    running = TaxPlace.objects.filter(kind__in=rivals, valid_until=None, valid_from__lt=day)
    running.update(valid_until=_day_before(day))
    TaxPlace.objects.filter(kind__in=rivals, valid_from=day).delete()
    row, _made = TaxPlace.objects.update_or_create(
        kind=kind, country=country, region=region.strip(), valid_from=day,
        defaults={"number": number.strip()[:40], "valid_until": None},
    )  # fmt: skip
    forget_now_and_later()
    return row.id


@transaction.atomic
def end_tax_place(*, place_id: UUID, on: date | None = None) -> None:
    """The registration ended with the day before `on` (today); one that had not begun goes."""
    day = on or clock.today(content.shop().zone)
    TaxPlace.objects.filter(id=place_id, valid_from__gte=day).delete()
    TaxPlace.objects.filter(id=place_id, valid_until=None).update(valid_until=_day_before(day))
    forget_now_and_later()


def _day_before(day: date) -> date:
    return max(day, date.min + timedelta(days=1)) - timedelta(days=1)  # the calendar begins somewhere
