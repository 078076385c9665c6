"""A file of products opened: which form it has, what its columns mean, in which currency its prices are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from nitka.faces.files import forms, jsonlines, product_rows
from nitka.faces.files.forms import plain
from nitka.faces.files.mapping import TABLES, FileMapping, detect, detect_table, lacks, rates_from
from nitka.faces.files.parsing import Parsed, Settings
from nitka.faces.files.problems import BadMapping, UnreadableFile
from nitka.faces.files.reading import lines, opened
from nitka.faces.files.sheets import Sheet, open_sheet
from nitka.faces.files.table_mapping import plain as bare
from nitka.ground import money
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import AttributeDraft
from nitka.shelf.content import queries as content


@dataclass(slots=True)
class Source:
    """A file that was read to its end once and can be."""

    settings: Settings
    total: int
    products: Callable[[], Iterator[Parsed]]
    attributes: Sequence[AttributeDraft] = ()
    letters: str = ""
    currency_is_assumed: bool = False


def source_of(path: Path, given: FileMapping | None, settings: Settings, currency: str) -> Source:
    """The file as what it is, read to its end once. Raises UnreadableFile, BadMapping."""
    if (given.format in TABLES) if given else _is_table(path):
        return _table(path, given, settings, currency)
    found = _priced(given or detect(jsonlines.fields_of(path)), currency)
    settings = replace(settings, mapping=found, language=found.language or settings.language)
    survey = jsonlines.survey(path, found)
    if not survey.rows:
        raise UnreadableFile(_("The file is empty."))
    columns = jsonlines.columns(survey, found, catalog.attributes())
    drafts = jsonlines.attribute_drafts(columns, settings)
    return Source(settings, survey.rows, lambda: jsonlines.parsed(path, settings, columns), drafts)


def _table(path: Path, given: FileMapping | None, settings: Settings, currency: str) -> Source:
    sheet = open_sheet(path)
    found = given or detect_table(sheet.columns)
    if given and (missing := lacks(given, {bare(name) for name in sheet.columns})):
        words = _("The mapping %(name)s names no column of this file for the %(missing)s.")
        raise BadMapping(words % {"name": given.name, "missing": missing})
    if not currency and found.format == "csv" and not found.currency:
        currency = plain.currency_of(sheet, found)
    assumed = not currency and not (given and given.currency)
    found = _priced(found, currency)
    known = catalog.attributes()
    codes, total = _attributes_of(sheet, found, {code for code, each in known.items() if each.kind != "text"})
    language = found.language or settings.language
    settings = replace(
        settings, mapping=found, language=language, columns=forms.columns(sheet.columns, found), attributes=codes
    )
    drafts = [
        AttributeDraft(code=code, name={language: column.removeprefix(product_rows.ATTRIBUTE)})
        for column, code in codes.items()
    ]
    return Source(
        settings, total, lambda: product_rows.parsed(forms.groups(sheet, found), settings), drafts,
        sheet.letters, assumed,
    )  # fmt: skip


def _attributes_of(sheet: Sheet, mapping: FileMapping, taken: set[str]) -> tuple[dict[str, str], int]:
    """The columns that are properties of goods → their codes, and how many products there are: a walk to the end."""
    codes: dict[str, str] = {}
    total = 0
    for group in forms.groups(sheet, mapping):
        total += 1
        for column in group[0][1]:
            if column.startswith(product_rows.ATTRIBUTE) and column not in codes:
                code = product_rows.code_of(column.removeprefix(product_rows.ATTRIBUTE))[:110]
                codes[column] = f"{code}_t" if code in taken else code
    if not total:
        raise UnreadableFile(_("The file is empty."))
    return codes, total


def _priced(mapping: FileMapping, currency: str) -> FileMapping:
    """The mapping with the currency of the prices: as somebody says, as it says itself, or the shop's own."""
    wanted = currency.upper() or mapping.currency or content.shop().currency
    try:
        money.exponent(wanted)
    except ValueError as error:
        raise BadMapping(_("A currency has three letters, such as AMD.")) from error
    # Its rates are of its own currency, and say nothing of another.
    return mapping if wanted == mapping.currency else replace(mapping, currency=wanted, **rates_from(wanted))


def _is_table(path: Path) -> bool:
    """By what the file holds, since names lie."""
    with opened(path) as file:
        for _number, line in lines(file):
            if line is None or line.strip():
                return line is None or not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{")
    raise UnreadableFile(_("The file is empty."))
