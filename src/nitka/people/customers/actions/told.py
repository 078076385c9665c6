"""What customers tell us of themselves, each with the purpose that they were told."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import phonenumbers
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.locale import LANGUAGES
from nitka.ground.problem import Problem
from nitka.people.customers.actions.consent import record_consent
from nitka.people.customers.facts import CustomerTold
from nitka.people.customers.finding import keep_findable
from nitka.people.customers.models import Customer, Occasion
from nitka.people.customers.queries import OccasionView

TEXT_VERSION = "2026-11"
MOST_OCCASIONS = 20
OLDEST_YEARS = 120
_PURPOSE = {
    "birthday": "occasions", "occasions": "occasions", "preferred_channel": "preferred_channel",
    "heard_from": "heard_from",
}  # fmt: skip


class ToldProblem(Problem):
    """A value that cannot be true; `detail["field"]` names it."""

    code = "told_invalid"
    status = 422


def check_phone(*, phone: str, country: str) -> str:
    """The number in E.164, read as people in that country write it; empty stays empty. Raises ToldProblem."""
    if not phone.strip():
        return ""
    try:
        number = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ToldProblem(
            _("This is not a telephone number of that country. Start with + and the country's code for another one."),
            field="phone",
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@transaction.atomic
def set_name(*, customer_id: UUID, name: str, phone: str = "", country: str = "") -> None:
    """Change name and telephone. Raises ToldProblem."""
    number = check_phone(phone=phone, country=country)
    Customer.objects.filter(id=customer_id).update(name=name.strip()[:120], phone=number)
    keep_findable([customer_id])


@transaction.atomic
def take_traits(*, customer_id: UUID, name: str = "", phone: str = "") -> None:
    """Keep what a program of the merchant says of a customer, where the customer told us nothing.

    A number without its country, or one that cannot be, is left out.
    """
    try:
        number = check_phone(phone=phone, country="")
    except ToldProblem:
        number = ""
    wishes = {"name": name.strip()[:120], "phone": number}
    empty = [Customer.objects.filter(id=customer_id, **{field: ""}).update(**{field: value})
             for field, value in wishes.items() if value]  # fmt: skip
    if any(empty):
        keep_findable([customer_id])


@transaction.atomic
def set_preferences(
    *, customer_id: UUID, language: str | None = None, market: str | None = None, units: str | None = None
) -> None:
    """Remember language, market or units; None leaves one as it is. Raises ToldProblem for what does not exist."""
    if language is not None and language not in LANGUAGES:
        raise ToldProblem(_("Choose one of our languages."), field="language")
    if units is not None and units not in {"metric", "imperial"}:
        raise ToldProblem(_("Choose metric or imperial units."), field="units")
    wishes = {"language": language, "market": market, "units": units}
    changed = {name: value for name, value in wishes.items() if value is not None}
    if changed:
        Customer.objects.filter(id=customer_id).update(**changed)


@transaction.atomic
def tell_us(
    *, customer_id: UUID, birthday: date | None = None, preferred_channel: str | None = None,
    heard_from: str | None = None, occasions: Sequence[OccasionView] | None = None, forget: Sequence[str] = (),
    source: str = "account", text_version: str = TEXT_VERSION,
) -> None:  # fmt: skip
    """Keep what a customer tells, with a line in the ledger for each purpose; None leaves a thing as it is.

    `occasions` replaces the whole list; `forget` names fields to empty, which withdraws their purpose.
    Raises ToldProblem.
    """
    row = Customer.objects.select_for_update().get(id=customer_id)
    given = _checked(birthday, preferred_channel, heard_from)
    if occasions is not None:
        _replace_occasions(customer_id, occasions)
    for name in forget:
        if name == "occasions":
            Occasion.objects.filter(customer_id=customer_id).delete()
        elif name in _PURPOSE:
            setattr(row, name, None if name == "birthday" else "")
    for name, value in given.items():
        setattr(row, name, value)
    row.save(update_fields=["birthday", "preferred_channel", "heard_from"])
    topics = [*given, *(["occasions"] if occasions else [])]
    forgotten = [name for name in forget if name in _PURPOSE and name not in topics]
    _keep_ledger(row, topics, forgotten, source, text_version)
    if topics or forget:
        tell(CustomerTold(customer_id=customer_id, topics=tuple(sorted({*topics, *forget}))))


def _checked(birthday: date | None, preferred_channel: str | None, heard_from: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if birthday is not None:
        today = clock.now().date()
        if birthday >= today or birthday.year < today.year - OLDEST_YEARS:
            raise ToldProblem(_("Please check the year of the birthday."), field="birthday")
        given["birthday"] = birthday
    if preferred_channel is not None:
        if preferred_channel not in Customer.Channel.values:
            raise ToldProblem(_("Choose one of the ways in the list."), field="preferred_channel")
        given["preferred_channel"] = preferred_channel
    if heard_from is not None:
        given["heard_from"] = heard_from.strip()[:120]
    return given


def _replace_occasions(customer_id: UUID, occasions: Sequence[OccasionView]) -> None:
    if len(occasions) > MOST_OCCASIONS:
        raise ToldProblem(_("We can remember twenty occasions at most."), field="occasions")
    for each in occasions:
        try:
            date(each.year or 2000, each.month, each.day)  # 2000 is a leap year
        except ValueError:
            raise ToldProblem(_("This day does not exist."), field="occasions") from None
    Occasion.objects.filter(customer_id=customer_id).delete()
    Occasion.objects.bulk_create(
        Occasion(customer_id=customer_id, kind=each.kind[:20], name=each.name.strip()[:120],
                 month=each.month, day=each.day, year=each.year)
        for each in occasions
    )  # fmt: skip


def _keep_ledger(row: Customer, topics: list[str], forgotten: list[str], source: str, text_version: str) -> None:
    granted = {_PURPOSE[name] for name in topics if getattr(row, name, True)}
    still_told = row.birthday is not None or Occasion.objects.filter(customer_id=row.id).exists()
    withdrawn = {_PURPOSE[name] for name in forgotten} - granted - ({"occasions"} if still_told else set())
    for purpose in sorted(granted | withdrawn):
        record_consent(
            email=row.email or "", customer_id=row.id, purpose=purpose, granted=purpose in granted, source=source,
            text_version=text_version,
        )  # fmt: skip
