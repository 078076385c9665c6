"""The fields of a form: what the merchant may ask for, and what may be written into each.

A field is {"name", "kind", "label": {language: text}, "hint": {language: text}, "needed": bool, "choices": [{language:
text}]}. `name` is made from its place and stays, so that sheets of before keep their columns.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from nitka.ground.locale import LANGUAGES, pick
from nitka.ground.problem import Problem
from nitka.people.customers import actions as customers
from nitka.shelf.content.problems import ContentProblem

KINDS = ("line", "text", "email", "name", "phone", "number", "date", "choice", "tick")
MOST_FIELDS, MOST_CHOICES = 20, 30
LONGEST = {"text": 5000}
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?")
_PHONE = re.compile(r"\+?[\d\s()./-]{5,30}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def checked_fields(fields: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The fields as they are kept. Raises ContentProblem, which names a field by its number."""
    if not 1 <= len(fields) <= MOST_FIELDS:
        raise ContentProblem(_("A form has one to %(most)s fields.") % {"most": MOST_FIELDS}, field="fields")
    made: list[dict[str, Any]] = []
    for place, field in enumerate(fields, 1):
        kind, label = field.get("kind") or KINDS[0], texts(field.get("label"))
        choices = [each for each in map(texts, field.get("choices") or ()) if each]
        if kind not in KINDS or not label:
            raise ContentProblem(_("Field %(n)s: give it a label and a kind.") % {"n": place}, field="fields")
        if kind == "choice" and not 2 <= len(choices) <= MOST_CHOICES:
            raise ContentProblem(_("Field %(n)s: write two or more choices.") % {"n": place}, field="fields")
        taken = {each["name"] for each in made}
        made.append({
            "name": _name(str(field.get("name") or ""), kind, place, taken), "kind": kind, "label": label,
            "hint": texts(field.get("hint")), "needed": bool(field.get("needed")),
            "choices": choices if kind == "choice" else [],
        })  # fmt: skip
    if sum(each["kind"] == "email" for each in made) > 1:
        raise ContentProblem(_("One field for the e-mail address is enough."), field="fields")
    return made


def texts(value: Any) -> dict[str, str]:
    """Texts by language, without empty ones. Raises ContentProblem for another language."""
    if not isinstance(value, Mapping):
        return {}
    if set(value) - set(LANGUAGES):
        raise ContentProblem(_("Write texts in the languages of the shop."), field="language")
    return {code: str(value[code]).strip()[:2000] for code in LANGUAGES if str(value.get(code) or "").strip()}


def _name(wanted: str, kind: str, place: int, taken: set[str]) -> str:
    if _NAME.fullmatch(wanted) and wanted not in taken:
        return wanted
    while (found := f"{kind}-{place}") in taken:
        place += 1
    return found


def answered(
    fields: Sequence[Mapping[str, Any]], values: Mapping[str, str], language: str
) -> tuple[list[list[str]], dict[str, str]]:
    """What was written as [[name, label, value]], and what is wrong with it as {name: sentence}."""
    answers: list[list[str]] = []
    errors: dict[str, str] = {}
    for field in fields:
        name, kind = field["name"], field["kind"]
        value = _CONTROL.sub("", values.get(name, "").replace("\r\n", "\n")).strip()[: LONGEST.get(kind, 200)]
        if not value:
            if field["needed"]:
                errors[name] = _("Please tick this.") if kind == "tick" else _("Please fill this in.")
            continue
        read, wrong = _read(field, value, language)
        if wrong:
            errors[name] = wrong
        else:
            answers.append([name, pick(field["label"], language), read])
    return answers, errors


def _read(field: Mapping[str, Any], value: str, language: str) -> tuple[str, str]:
    kind = field["kind"]
    if kind == "email":
        try:
            return customers.check_email(email=value), ""
        except Problem as problem:
            return "", problem.message
    if kind == "choice":
        known = [pick(each, language) for each in field["choices"]]
        if value.isdecimal() and len(value) < 3 and int(value) < len(known):
            return known[int(value)], ""
        return "", _("Please choose one of these.")
    if kind == "tick":
        return _("yes"), ""
    wrong = {
        "phone": not _PHONE.fullmatch(value) and _("Please write a telephone number, with its country if you can."),
        "number": not _NUMBER.fullmatch(value) and _("Please write a number."),
        "date": _day(value) is None and _("Please write a day."),
    }.get(kind)
    return ("", wrong) if wrong else (value, "")


def _day(value: str) -> Any:
    try:
        return parse_date(value)
    except ValueError:
        return None
