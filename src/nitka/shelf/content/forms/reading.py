"""Forms and sheets as they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from nitka.ground.locale import pick
from nitka.shelf.content.models import Form, Submission

A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field in one language; `choices` are words, of which the number is sent."""

    name: str
    kind: str
    label: str
    hint: str
    needed: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form in one language, or in English where that has no words."""

    code: str
    title: str
    fields: tuple[FieldView, ...]
    consent: str
    thanks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A form as its merchant wrote it, in all languages, and how many sheets came."""

    code: str
    title: Mapping[str, str]
    fields: Sequence[Mapping[str, Any]]
    consent: Mapping[str, str]
    thanks: Mapping[str, str]
    mail_to: str
    talks: bool
    open: bool
    sheets: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionView:
    """A form that somebody filled in; `answers` are (name, label, what was written)."""

    id: UUID
    form: str
    form_title: Mapping[str, str]
    page: str
    language: str
    market: str
    email: str
    name: str
    answers: tuple[tuple[str, str, str], ...]
    consent: str
    customer_id: UUID | None
    talks: bool
    at: datetime


def form(code: str, language: str) -> FormView | None:
    """The form, if it is open."""
    row = Form.objects.filter(code=code, open=True).first()
    if row is None:
        return None
    fields = tuple(
        FieldView(
            name=each["name"], kind=each["kind"], label=pick(each["label"], language),
            hint=pick(each["hint"], language), needed=each["needed"],
            choices=tuple(pick(choice, language) for choice in each["choices"]),
        )
        for each in row.fields
    )  # fmt: skip
    return FormView(
        code=row.code, title=pick(row.title, language), fields=fields, consent=pick(row.consent, language),
        thanks=pick(row.thanks, language),
    )  # fmt: skip


def forms() -> list[FormRow]:
    """All forms, by their codes."""
    counted = {
        each["form_id"]: each
        for each in Submission.objects.values("form_id").annotate(sheets=Count("id"), last_at=Max("at"))
    }
    return [_row(row, counted.get(row.code, {})) for row in Form.objects.order_by("code")]


def form_row(code: str) -> FormRow | None:
    """A form with all its languages, for its editor."""
    row = Form.objects.filter(code=code).first()
    return _row(row, {}) if row else None


def _row(row: Form, counted: Mapping[str, Any]) -> FormRow:
    return FormRow(
        code=row.code, title=row.title, fields=row.fields, consent=row.consent, thanks=row.thanks,
        mail_to=row.mail_to, talks=row.talks, open=row.open, sheets=counted.get("sheets", 0),
        last_at=counted.get("last_at"),
    )  # fmt: skip


def submission(id_: UUID) -> SubmissionView | None:
    """One sheet; None for one that was erased."""
    row = Submission.objects.select_related("form").filter(id=id_).first()
    return _sheet(row) if row else None


def submissions(code: str, *, page: int = 1, a_page: int = A_PAGE) -> tuple[list[SubmissionView], bool]:
    """The sheets of a form, newest first, and whether there are older ones."""
    start = (max(1, page) - 1) * a_page
    rows = Submission.objects.select_related("form").filter(form_id=code).order_by("-at", "-id")
    found = list(rows[start : start + a_page + 1])
    return [_sheet(row) for row in found[:a_page]], len(found) > a_page


def _sheet(row: Submission) -> SubmissionView:
    return SubmissionView(
        id=row.id, form=row.form_id, form_title=row.form.title, page=row.page, language=row.language,
        market=row.market, email=row.email, name=row.name, answers=tuple((n, lab, v) for n, lab, v in row.answers),
        consent=row.consent, customer_id=row.customer_id, talks=row.form.talks, at=row.at,
    )  # fmt: skip
