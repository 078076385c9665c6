"""Forms of the merchant's own, and sheets that shoppers fill in."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.locale import FALLBACK, LANGUAGES, pick
from nitka.ground.problem import Problem
from nitka.people.contact import actions as contact
from nitka.people.customers import actions as customers
from nitka.shelf.content import queries
from nitka.shelf.content.facts import FormSubmitted
from nitka.shelf.content.forms.fields import answered, checked_fields, texts
from nitka.shelf.content.models import Form, Submission
from nitka.shelf.content.problems import ContentProblem, UnknownForm

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
CONSENT = "consent"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What somebody wrote into a form, by the names of its fields; a choice is its number."""

    form: str
    values: Mapping[str, str]
    language: str
    market: str = ""
    page: str = ""
    agreed: bool = False
    customer_id: UUID | None = None


@transaction.atomic
def put_form(
    *,
    code: str,
    title: Mapping[str, str],
    fields: Sequence[Mapping[str, Any]],
    consent: Mapping[str, str] | None = None,
    thanks: Mapping[str, str] | None = None,
    mail_to: str = "",
    talks: bool = True,
    open: bool = True,
) -> str:
    """Make or change a form, found by its code; blocks of pages name it by that. Fields are as forms/fields.py says.

    Raises ContentProblem for no title, a code that is none, wrong fields, an address that is none, or a form whose
    sheets shall be conversations and that asks for no e-mail address.
    """
    made = checked_fields(fields)
    named = texts(title)
    if not _CODE.fullmatch(code):
        raise ContentProblem(_("A code is small letters, digits and hyphens, such as trade-enquiry."), field="code")
    if not named:
        raise ContentProblem(_("Give the form a title."), field="title")
    if talks and not any(each["kind"] == "email" and each["needed"] for each in made):
        raise ContentProblem(
            _("Who is to be answered must give an address: add a needed e-mail field, or make it no conversation."),
            field="fields",
        )
    row = Form.objects.select_for_update().filter(code=code).first() or Form(code=code)
    row.title, row.fields, row.talks, row.open = named, made, talks, open
    row.consent, row.thanks = texts(consent), texts(thanks)
    row.mail_to = customers.check_email(email=mail_to) if mail_to.strip() else ""
    row.changed_at = clock.now()
    row.save()
    return row.code


@transaction.atomic
def submit_form(*, filled: Filled) -> UUID:
    """Keep what was written, with the text that was agreed to; tell the shop by mail, without a word of it.

    The mail only leads to the sheet: what a person wrote lies in one table, from where it can be erased. The same
    sheet on the same day is kept once. Raises UnknownForm for one that is closed, ContentProblem with `errors` by
    field, `consent` among them.
    """
    form = Form.objects.filter(code=filled.form, open=True).first()
    if form is None or filled.language not in LANGUAGES:
        raise UnknownForm(_("This form is not open any more."))
    answers, errors = answered(form.fields, filled.values, filled.language)
    agreed_to = pick(form.consent, filled.language)
    if agreed_to and not filled.agreed:
        errors[CONSENT] = _("Please tick this, or we may not keep what you write.")
    if not answers and not errors:
        errors[form.fields[0]["name"]] = _("Please fill this in.")
    if errors:
        raise ContentProblem(_("Please look at the marked fields again."), errors=errors)
    by_kind = {each["kind"]: value for each in form.fields for name, _label, value in answers if name == each["name"]}
    email, name = by_kind.get("email", ""), by_kind.get("name", "")[:120]
    customer_id = filled.customer_id or (_recognised(email, name, filled) if email else None)
    row, is_new = Submission.objects.get_or_create(
        once=_once(form.code, answers),
        defaults={
            "form": form, "page": filled.page[:80], "language": filled.language, "market": filled.market[:20],
            "email": email, "name": name, "answers": answers, "consent": agreed_to, "customer_id": customer_id,
        },
    )  # fmt: skip
    if is_new:
        tell(FormSubmitted(submission_id=row.id, form=form.code, customer_id=customer_id))
        _write_to_shop(form, row)
    return row.id


@transaction.atomic
def delete_submission(*, submission_id: UUID) -> bool:
    """Throw a sheet away. Returns whether there was one."""
    return bool(Submission.objects.filter(id=submission_id).delete()[0])


def _recognised(email: str, name: str, filled: Filled) -> UUID | None:
    try:
        return customers.recognise(email=email, language=filled.language, market=filled.market, name=name)
    except Problem:
        return None


def _once(code: str, answers: Sequence[Sequence[str]]) -> str:
    said = json.dumps([code, clock.now().date().isoformat(), *answers], ensure_ascii=False)
    return hashlib.blake2b(said.encode(), digest_size=24).hexdigest()


def _write_to_shop(form: Form, row: Submission) -> None:
    shop = queries.shop()
    to = form.mail_to or shop.email
    if to:
        language = shop.languages[0] if shop.languages else FALLBACK
        path = f"/back/content/forms/{form.code}/sheets/#s-{row.id}"
        contact.send_mail(
            to=to, language=language, template="content/mail/form_submitted",
            context={"title": pick(form.title, language), "path": path}, purpose="merchant",
        )  # fmt: skip
