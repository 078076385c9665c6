"""From the rows of a table to customers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from nitka.faces.files import values
from nitka.faces.files.order_rows import Settings
from nitka.faces.files.parsing import RowError
from nitka.faces.files.problems import BadRow
from nitka.faces.files.table_mapping import places
from nitka.faces.files.tables import Table
from nitka.ground.locale import LANGUAGES
from nitka.people.customers.actions import ImportedCustomer
from nitka.people.customers.queries import PostalAddress, normal

_PLACE = ("name", "company", "line1", "line2", "postcode", "city", "region")

# One of these must be said, or the row is of nobody.
_WHO = ("customer", "email", "phone", "first_name", "last_name", "name", "company", "line1")


def read(table: Table, settings: Settings) -> Iterator[ImportedCustomer | RowError | None]:
    """The customers, and what is wrong with rows. A number that comes again is told once.

    None stands for a row that says nothing of who it is: a file of orders has many, and there is nobody to bring.
    """
    columns = places(settings.mapping, table.columns)
    seen: set[str] = set()
    for place, row in table.rows():
        said = {name: _first(row, where) for name, where in columns.items()}
        number = values.identifier(said.get("customer"))[:120]
        if number and number in seen:
            continue
        seen.add(number)
        if not any(values.text(said.get(name)) for name in _WHO):
            yield None
            continue
        try:
            yield _customer(number, said, settings)
        except BadRow as bad:
            yield RowError(place, number or values.text(said.get("email"))[:80], str(bad))


def _first(row: Sequence[Any], where: Sequence[int]) -> Any:
    return next((row[place] for place in where if row[place] not in (None, "")), None)


def _customer(number: str, said: Mapping[str, Any], settings: Settings) -> ImportedCustomer:
    mapping, zone = settings.mapping, settings.mapping.zone or settings.zone
    email = values.text(said.get("email"))
    if not number and not email:
        raise BadRow(_("The row names no customer."))
    if email and normal("email", email) is None:
        raise BadRow(_("“%(text)s” is no e-mail address.") % {"text": email[:80]})
    language = values.text(said.get("language")).lower()[:2]
    country = values.country(values.text(said.get("country")), mapping.countries)
    name = values.text(said.get("name")) or _whole_name(said)
    birthday, at = said.get("birthday"), said.get("at")
    return ImportedCustomer(
        number=number, email=email, name=name, phone=values.text(said.get("phone")).lstrip("'")[:40],
        language=language if language in LANGUAGES else settings.language, country=country,
        birthday=values.day(birthday, zone, mapping.dates) if birthday is not None else None,
        address=_address(said, name, country), at=values.moment(at, zone, mapping.dates) if at is not None else None,
    )  # fmt: skip


def _whole_name(said: Mapping[str, Any]) -> str:
    return f"{values.text(said.get('first_name'))} {values.text(said.get('last_name'))}".strip()


def _address(said: Mapping[str, Any], name: str, country: str) -> PostalAddress | None:
    parts = {part: values.text(said.get(part)) for part in _PLACE}
    if not parts["line1"] or not country:
        return None
    short = {part: value[: 200 if part.startswith("line") else 120] for part, value in parts.items()}
    short |= {"name": name[:120], "postcode": parts["postcode"].lstrip("'")[:20]}
    return PostalAddress(**short, country=country)
