"""From the rows of a table to reviews."""

import hashlib
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
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
# What other systems call a review that no shopper sees; one of these waits for a look here.
_HIDDEN = {
    "no", "false", "0", "hidden", "unpublished", "not-yet", "not_yet", "pending", "spam", "rejected", "disapproved",
    "declined", "archived", "unapproved", "draft",
}  # fmt: skip
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>", re.IGNORECASE)
_OF_FIVE = re.compile(r"([\d.,]+)\s*(?:/\s*5|stars?|★)", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2\d{4}\b(.*)")
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
    return {code for _line, row in table.rows() for code in _codes(row, columns)}


def with_dates(table: Table, settings: Settings) -> Settings:
    """The settings with how the file writes days, where one of them tells: 25/12/2024 can be one day alone."""
    where = places(settings.mapping, table.columns).get("at", ())
    found = [match for _line, row in table.rows() for place in where if (match := _DAY.match(values.text(row[place])))]
    if settings.mapping.dates or not found:
        return settings
    mark = found[0][2]
    day_first = mark == "." or any(int(each[1]) > 12 for each in found)
    month_first = mark == "/" and any(int(each[3]) > 12 for each in found)
    if day_first == month_first:
        return settings
    days = f"%d{mark}%m{mark}%Y" if day_first else f"%m{mark}%d{mark}%Y"
    dates = (days, f"{days} %H:%M", f"{days} %H:%M:%S", f"{days} %I:%M %p")
    return replace(settings, mapping=replace(settings.mapping, dates=dates))


def read(table: Table, settings: Settings, products: Mapping[str, UUID]) -> Iterator[ReadReview | RowError]:
    """The reviews, and what is wrong with rows."""
    columns = places(settings.mapping, table.columns)
    for line, row in table.rows():
        said = _said(row, columns)
        names = _codes(row, columns)
        # A number that only the other system knows stands beside a handle that both know.
        code = next((each for each in names if each in products), names[0] if names else "")
        try:
            yield ReadReview(line, code, _draft(code, said, settings, products), values.text(said.get("email")).lower())
        except BadRow as bad:
            yield RowError(line, code[:80], str(bad))


def _said(row: Sequence[Any], columns: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    return {
        name: next((row[place] for place in where if row[place] not in (None, "")), None)
        for name, where in columns.items()
    }


def _codes(row: Sequence[Any], columns: Mapping[str, Sequence[int]]) -> list[str]:
    """Everything that the row calls its product, SKUs before handles; of an address what it ends with."""
    cells = (values.text(row[place]) for name in ("sku", "handle") for place in columns.get(name, ()))
    names = (cell.partition("?")[0].rstrip("/").rpartition("/")[2] if "://" in cell else cell for cell in cells)
    return list(dict.fromkeys(name for name in names if name))


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
        helpful=_count(said.get("helpful")), state=_state(said.get("state")),
        created_at=values.moment(at, zone, settings.mapping.dates) if at is not None else None,
    )  # fmt: skip


def _stars(given: Any, decimal: str) -> int:
    if given is None:
        raise BadRow(_("The review has no stars."))
    text = values.text(given)
    told = _OF_FIVE.fullmatch(text)
    stars = values.number(told[1] if told else given, decimal) if text.strip("★☆") else Decimal(text.count("★"))
    if stars != stars.to_integral_value() or not 1 <= stars <= 5:
        raise BadRow(_("The stars must be 1 to 5, not “%(text)s”.") % {"text": str(given)[:40]})
    return int(stars)


def _state(given: Any) -> str:
    return "waiting" if values.text(given).casefold() in _HIDDEN else "published"


def _count(given: Any) -> int:
    text = values.identifier(given)
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _long(given: Any, most: int) -> str:
    if given is None:
        return ""
    text = str(given).replace("\0", "")
    if _MARKUP.search(text):
        text = html.unescape(_MARKUP.sub("", _BREAK.sub("\n", text)))
    return text.strip()[:most]


def _key(code: str, said: Mapping[str, Any], texts: Mapping[str, str], source: str) -> str:
    """The review's number in its own system; without one, of what makes it that review, so that it is met again."""
    if number := values.identifier(said.get("number")):
        return f"{source}:{number}"[:120]
    parts = (code, texts["nickname"], texts["title"], texts["body"], values.text(said.get("email")))
    return f"{source}:{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:40]}"


def email_of(read_review: ReadReview) -> str:
    """The writer's address in the form that customers are known by; empty for none."""
    return normal("email", read_review.email) or "" if read_review.email else ""
