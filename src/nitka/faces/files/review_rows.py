"""From the rows of a table to reviews."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from nitka.faces.files import values
from nitka.faces.files.order_rows import Settings
from nitka.faces.files.parsing import RowError
from nitka.faces.files.problems import BadRow
from nitka.faces.files.table_mapping import places
from nitka.faces.files.tables import Table
from nitka.ground.locale import LANGUAGES
from nitka.people.customers.queries import normal
from nitka.shelf.reviews.actions import ReviewDraft

_YES = {"yes", "true", "1", "y", "verified", "verified buyer", "verified_buyer", "buyer", "email"}
MOST = {"title": 160, "body": 5_000, "answer": 5_000, "nickname": 60}


class ReadReview(NamedTuple):
    """One review of the file; `email` is for finding its writer, and kept nowhere."""

    line: int
    item: str
    draft: ReviewDraft
    email: str


def codes(table: Table, settings: Settings) -> set[str]:
    """What the file calls its products."""
    columns = places(settings.mapping, table.columns)
    return {code for _line, row in table.rows() if (code := _code(_said(row, columns)))}


def read(table: Table, settings: Settings, products: Mapping[str, UUID]) -> Iterator[ReadReview | RowError]:
    """The reviews, and what is wrong with rows."""
    columns = places(settings.mapping, table.columns)
    for line, row in table.rows():
        said = _said(row, columns)
        code = _code(said)
        try:
            yield ReadReview(line, code, _draft(code, said, settings, products), values.text(said.get("email")).lower())
        except BadRow as bad:
            yield RowError(line, code[:80], str(bad))


def _said(row: Sequence[Any], columns: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    return {
        name: next((row[place] for place in where if row[place] not in (None, "")), None)
        for name, where in columns.items()
    }


def _code(said: Mapping[str, Any]) -> str:
    return values.text(said.get("sku")) or values.text(said.get("handle"))


def _draft(code: str, said: Mapping[str, Any], settings: Settings, products: Mapping[str, UUID]) -> ReviewDraft:
    if not code:
        raise BadRow(_("The row names no product."))
    if code not in products:
        raise BadRow(_("There is no product “%(code)s” here. Import the products first.") % {"code": code[:80]})
    language = values.text(said.get("language")).lower()[:2]
    texts: dict[str, Any] = {name: _long(said.get(name), most) for name, most in MOST.items()}
    if not texts["title"] and not texts["body"]:
        raise BadRow(_("The review has no words."))
    at = said.get("at")
    zone = settings.mapping.zone or settings.zone
    return ReviewDraft(
        product_id=products[code], key=_key(code, said, texts, settings.mapping.source),
        rating=_stars(said.get("rating"), settings.mapping.decimal),
        title=texts["title"], body=texts["body"], answer=texts["answer"], nickname=texts["nickname"],
        language=language if language in LANGUAGES else settings.language,
        verified=values.text(said.get("verified")).casefold() in _YES,
        order_reference=values.identifier(said.get("order_number"))[:40],
        helpful=_count(said.get("helpful")),
        created_at=values.moment(at, zone, settings.mapping.dates) if at is not None else None,
    )  # fmt: skip


def _stars(given: Any, decimal: str) -> int:
    if given is None:
        raise BadRow(_("The review has no stars."))
    stars = values.number(given, decimal)
    if stars != stars.to_integral_value() or not 1 <= stars <= 5:
        raise BadRow(_("The stars must be 1 to 5, not “%(text)s”.") % {"text": str(given)[:40]})
    return int(stars)


def _count(given: Any) -> int:
    text = values.identifier(given)
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _long(given: Any, most: int) -> str:
    return "" if given is None else str(given).replace("\0", "").strip()[:most]


def _key(code: str, said: Mapping[str, Any], texts: Mapping[str, str], source: str) -> str:
    """The review's number in its own system; without one, of what makes it that review, so that it is met again."""
    if number := values.identifier(said.get("number")):
        return f"{source}:{number}"[:120]
    parts = (code, texts["nickname"], texts["title"], texts["body"], values.text(said.get("email")))
    return f"{source}:{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:40]}"


def email_of(read_review: ReadReview) -> str:
    """The writer's address in the form that customers are known by; empty for none."""
    return normal("email", read_review.email) or "" if read_review.email else ""
