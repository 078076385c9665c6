"""Reading files that nobody vouches for: every length is bounded before it is believed."""

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from nitka.faces.files.problems import UnreadableFile

MAX_FIELD = 1_000_000
MAX_LINE = 4_000_000
MAX_COLUMNS = 400
MAX_RATIO = 100  # real catalogues shrink to a tenth; a file of nothing but zeros to a thousandth
SMALL = 64 << 20
GZIP = b"\x1f\x8b"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HIGH = re.compile(rb"[\x80-\xff]")
# Russian and Bulgarian words are runs of such bytes; accents of other languages stand alone between plain letters.
_CYRILLIC = re.compile(rb"[\xa8\xb8\xc0-\xff]{2,}")
# ą ł ś ź ż and their capitals; in western Europe's page these are signs that stand in no word.
_POLISH = re.compile(rb"(?<=[A-Za-z])[\xa3\xb3\xb9\xbf\x9c\x9f]|[\xa3\xa5\xaf\x8c\xb3\xbf\x9c\x9f](?=[a-z])")


class _Guarded(io.RawIOBase):
    """What is unpacked, counted: a small file that unpacks to far too much is refused before it fills anything."""

    def __init__(self, inner: BinaryIO, limit: int) -> None:
        self.inner, self.left = inner, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        content = self.inner.read(len(buffer))
        self.left -= len(content)
        if self.left < 0:
            raise UnreadableFile(_("The packed file unpacks to far more than products need. Nothing was imported."))
        buffer[: len(content)] = content
        return len(content)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked, UTF-16 as UTF-8. Raises UnreadableFile, also for what breaks off."""
    try:
        with path.open("rb") as raw:
            packed = raw.peek(2)[:2] == GZIP
            if not packed:
                yield _in_utf_8(raw)
                return
            limit = max(SMALL, MAX_RATIO * path.stat().st_size)
            with gzip.open(raw) as inner:
                yield _in_utf_8(io.BufferedReader(_Guarded(inner, limit), 1 << 18))  # type: ignore[arg-type, type-var]
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(_("The packed file is damaged or breaks off. Nothing was imported.")) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(_("The file is damaged or breaks off. Nothing was imported.")) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFile(_("The file cannot be read: %(reason)s.") % {"reason": reason}) from error


def _in_utf_8(file: io.BufferedReader) -> BinaryIO:
    """Excel's “Unicode text” is UTF-16; all who read here know UTF-8 alone."""
    if file.peek(2)[:2] not in UTF_16:
        return file
    return cast(BinaryIO, codecs.EncodedFile(cast(Any, file), "utf-8", "utf-16"))


def code_page(path: Path) -> str:
    """The page of letters that an older program wrote the file in; nothing where it is UTF-8.

    Raises UnreadableFile where some lines are UTF-8 and others are not: such a file is damaged.
    """
    good = bad = high = cyrillic = polish = 0
    with opened(path) as file:
        for number, line in lines(file):
            if line is None or line.isascii():
                continue
            try:
                line.decode("utf-8")
                good += not (number == 1 and line[3:].isascii())
            except UnicodeDecodeError:
                bad = bad or number
                high += len(_HIGH.findall(line))
                cyrillic += sum(map(len, _CYRILLIC.findall(line)))
                polish += len(_POLISH.findall(line))
    if bad and good:
        words = _("Line %(line)s is not UTF-8. Save the file as “CSV UTF-8”. Nothing was imported.")
        raise UnreadableFile(words % {"line": bad})
    if not bad:
        return ""
    return "cp1251" if cyrillic * 2 > high else "cp1250" if polish * 5 > high else "cp1252"


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers; None for one that is longer than any product."""
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line


def csv_rows(path: Path, *, delimiter: str = ",", otherwise: str = "") -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file in UTF-8, each with the number of its first line. Raises UnreadableFile.

    `otherwise` is the encoding of lines that are no UTF-8; without one they are refused.
    """
    with opened(path) as file:
        csv.field_size_limit(MAX_FIELD)
        reader = csv.reader(_texts(file, otherwise), strict=True, delimiter=delimiter)
        while True:
            number = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise UnreadableFile(_csv_reason(number, str(error))) from error
            if len(row) > MAX_COLUMNS:
                words = _("Line %(line)s has more than %(limit)s columns. Nothing was imported.")
                raise UnreadableFile(words % {"line": number, "limit": MAX_COLUMNS})
            yield number, row


def _csv_reason(number: int, error: str) -> str:
    if "field limit" in error:
        return _("Line %(line)s has a field of more than 1 MB, or a quotation mark that is never closed. "
                 "Nothing was imported.") % {"line": number}  # fmt: skip
    return _("Line %(line)s is no CSV (%(reason)s). Nothing was imported.") % {"line": number, "reason": error}


def _texts(file: BinaryIO, otherwise: str = "") -> Iterator[str]:
    for number, line in lines(file):
        if line is None:
            words = _("Line %(line)s is longer than %(limit)s MB. Nothing was imported.")
            raise UnreadableFile(words % {"line": number, "limit": MAX_LINE // 1_000_000})
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            if otherwise:
                yield line.decode(otherwise, errors="replace")
                continue
            words = _("Line %(line)s is not UTF-8. Save the file as “CSV UTF-8”. Nothing was imported.")
            raise UnreadableFile(words % {"line": number}) from error
        if "\0" in text:
            raise UnreadableFile(_("Line %(line)s holds binary data. Nothing was imported.") % {"line": number})
        yield text
