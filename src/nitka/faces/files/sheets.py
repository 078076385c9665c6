"""Tables of products: CSV in whatever letters and with whatever mark a spreadsheet wrote it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from nitka.faces.files.problems import UnreadableFile
from nitka.faces.files.reading import code_page, csv_rows, opened
from nitka.faces.files.tables import delimiter_of

_OTHERS = {b"PK\x03\x04": "XLSX, ODS", b"\xd0\xcf\x11\xe0": "XLS", b"<?xml": "XML", b"%PDF-": "PDF", b"<rss": "XML"}
# Our own export puts an apostrophe before what a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's columns, its rows with their lines as often as they are asked for, and the page of its letters."""

    columns: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[int, Sequence[str]]]]
    letters: str = ""


def open_sheet(path: Path) -> Sheet:
    """The table in that file. Raises UnreadableFile."""
    with opened(path) as file:
        start = file.read(12).removeprefix(b"\xef\xbb\xbf")
    for sign, kind in _OTHERS.items():
        if start.startswith(sign):
            words = _(
                "This is %(kind)s, not text. Save the table as “CSV UTF-8” and choose that. Nothing was imported."
            )
            raise UnreadableFile(words % {"kind": kind})
    letters = code_page(path)
    mark = delimiter_of(path)
    first = next((row for _line, row in csv_rows(path, delimiter=mark, otherwise=letters)), None)
    if first is None:
        raise UnreadableFile(_("The file is empty."))
    columns = tuple(name.strip() for name in first)
    if len(set(columns) - {""}) != len([name for name in columns if name]):
        raise UnreadableFile(_("The first line names a column twice."))

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        found = csv_rows(path, delimiter=mark, otherwise=letters)
        next(found, None)
        for line, cells in found:
            if any(cells):
                yield line, [_cell(text) for text in cells]

    return Sheet(columns, rows, letters)


def _cell(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
