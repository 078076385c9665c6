"""VAT numbers of customers: how they are written, and whose they are. No network: see `vat_registers`."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.gb import vat as gb_vat
from stdnum.no import mva as no_mva

from nitka.shelf.pricing.problems import VatNumberProblem

_GREECE = {"EL": "GR", "XI": "GB"}
_MEMBERS = {"GR": "EL"}


@dataclass(frozen=True, slots=True)
class VatNumber:
    """A number as it is printed on invoices, and the country that gave it (ISO 3166)."""

    number: str
    country: str


def read(text: str, country: str = "") -> VatNumber:
    """A VAT number as people type it, put right: spaces and dots go, a missing prefix is that of the country.

    The check digits are those of python-stdnum. Raises VatNumberProblem with a sentence.
    """
    written = "".join(each for each in text.upper() if each.isalnum())
    if not written:
        raise VatNumberProblem(_("Please write the VAT number."))
    prefix = _MEMBERS.get(country.upper(), country.upper())
    for tried in (written, prefix + written):
        if eu_vat.is_valid(tried):
            number = str(eu_vat.compact(tried))
            number = _MEMBERS.get(number[:2], number[:2]) + number[2:]
            return VatNumber(number, _GREECE.get(number[:2], number[:2]))
    for own, checker in (("GB", gb_vat), ("NO", no_mva)):
        if country.upper() == own or written.startswith(own):
            try:
                number = str(checker.validate(written))
            except ValidationError:
                break
            return VatNumber(number if number.startswith(own) else own + number, own)
    raise VatNumberProblem(
        _("This VAT number has a mistake. It begins with two letters of the country, such as PL or DE.")
    )


def country_of(number: str) -> str:
    """The EU member that gave a number; empty for any other number, and for one with a mistake."""
    if not eu_vat.is_valid(number) or number[:2] == "XI":
        return ""
    return _GREECE.get(number[:2], number[:2])


def knows(country: str) -> bool:
    """Whether numbers of that country can be checked here."""
    return country in ("GB", "NO") or _MEMBERS.get(country, country).lower() in eu_vat.MEMBER_STATES
