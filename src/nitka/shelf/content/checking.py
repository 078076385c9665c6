"""What a shop may say of itself: each setting is checked, and a refusal says what to write instead."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from stdnum import bic as bic_number
from stdnum import iban as iban_number
from stdnum.eu import vat as eu_vat
from stdnum.no import mva

from nitka.ground import clock
from nitka.ground.locale import FALLBACK, LANGUAGES
from nitka.shelf.content import queries
from nitka.shelf.content.problems import ContentProblem

# These may not be taken away once they are asked for; everything else may be empty.
NEEDED = {"name", "zone", "currency", "languages", "legal_name", "line1", "country"}
# Greece writes EL before its VAT numbers.
VAT_PREFIXES = {"GR": "EL"}


def checked(changes: Mapping[str, Any], country: str) -> dict[str, Any]:
    """The changes as they are kept. `country` is the shop's until they name another. Raises ContentProblem."""
    values = {name: _checked(name, value) for name, value in changes.items()}
    if number := values.get("vat_number"):
        try:
            values["vat_number"] = vat_number(number, values.get("country", country))
        except ValueError:
            raise ContentProblem(_refusal("vat_number"), field="vat_number") from None
    return values


def vat_number(number: str, country: str) -> str:
    """The number with its country before it, where the EU or Norway gives it out; elsewhere as it was written.

    Raises ValueError for one whose form or check digit is wrong.
    """
    prefix = VAT_PREFIXES.get(country, country)
    member = country.lower() in eu_vat.MEMBER_STATES
    written = number.replace(" ", "").upper()
    if country == "NO":
        return str(mva.validate(written if written.endswith("MVA") else written + "MVA"))
    if not member:
        return number
    # A firm may be registered for tax in another country of the union than its own.
    if eu_vat.is_valid(written):
        return str(eu_vat.compact(written))
    return str(eu_vat.validate(prefix + written))


def _checked(name: str, value: Any) -> Any:
    if isinstance(value, str):
        value = value.replace("\x00", "").strip()
    check = _CHECKS.get(name)
    if check and (value or name in NEEDED):
        try:
            return check(value)
        except (ValueError, KeyError):
            raise ContentProblem(_refusal(name), field=name) from None
    return list(value) if isinstance(value, tuple) else value


def _something(value: str) -> str:
    if not value:
        raise ValueError
    return value


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError from None
    return value


def _zone(value: str) -> str:
    clock.zone(value)
    return value


def _languages(value: Sequence[str]) -> list[str]:
    if not value or set(value) - set(LANGUAGES):
        raise ValueError
    return [each for each in LANGUAGES if each in value]


def _accent(value: str) -> str:
    if len(value) != 7 or value[0] != "#":
        raise ValueError
    int(value[1:], 16)
    return value.lower()


def _country(value: str) -> str:
    if value.upper() not in queries.countries(FALLBACK):
        raise ValueError
    return value.upper()


def _currency(value: str) -> str:
    if len(value) != 3 or not value.isascii() or not value.isalpha():
        raise ValueError
    return value.upper()


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "name": _something, "legal_name": _something, "line1": _something, "email": _email, "zone": _zone,
    "languages": _languages, "accent": _accent, "country": _country, "currency": _currency,
    "iban": iban_number.validate, "bic": bic_number.validate,
}  # fmt: skip


def _refusal(name: str) -> str:
    return {
        "name": _("Give the shop a name."),
        "legal_name": _("Write the legal name: the firm or the person who sells."),
        "line1": _("Write the street and the number of the house."),
        "vat_number": _("This VAT number has a mistake; please compare it with the tax office's letter, or leave it"
                        " empty."),
        "email": _("Write an e-mail address like hello@example.com."),
        "zone": _("Choose a time zone such as Europe/Warsaw."),
        "languages": _("Choose at least one of the shop's languages."),
        "accent": _("Write the colour as # and six digits, such as #1d4ed8."),
        "country": _("Choose the country of the shop."),
        "currency": _("Choose a currency such as EUR."),
        "iban": _("This IBAN has a mistake; please compare it with your bank's letter."),
        "bic": _("A BIC has 8 or 11 letters and digits."),
    }[name]  # fmt: skip
