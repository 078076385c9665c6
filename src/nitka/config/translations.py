"""The words of the pages in every language: `python -m nitka.config.translations extract|compile|check`.

English is the source. Babel reads Python and Jinja2, so that no GNU tools need to be installed.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.plurals import PLURALS

from nitka.ground.locale import FALLBACK, LANGUAGES

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
OTHERS = [language for language in LANGUAGES if language != FALLBACK]
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
# CLDR knows two forms of Armenian ("one" is 0 and 1), Babel's table of gettext only one.
PLURALS["hy"] = (2, "(n > 1)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def sources() -> Iterator[tuple[str, Path]]:
    """Files that may hold words for people, with the way to read them."""
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        if "tests" in parts or "migrations" in parts:
            continue
        if path.suffix == ".py" and parts[0] != "seeds":
            yield "python", path
        elif path.suffix in {".html", ".txt", ".js"} and "jinja2" in parts:
            yield "jinja2.ext:babel_extract", path


def words() -> Catalog:
    """Everything that has to be translated."""
    catalog = Catalog(project="Nitka", charset="utf-8", fuzzy=False)
    options = {"trimmed": "true", "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false"}
    for method, path in sources():
        found = extract(
            method,
            BytesIO(path.read_bytes()),
            KEYWORDS,
            comment_tags=["Translators:"],
            options=options,  # type: ignore[arg-type]
        )
        for line, message, comments, context in found:
            name = path.relative_to(PACKAGE).as_posix()
            catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalog


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    if not po_path(language).exists():
        return Catalog(locale=language, project="Nitka", charset="utf-8", fuzzy=False)
    with po_path(language).open("rb") as file:
        return pofile.read_po(file, locale=language)


def update() -> None:
    """Bring every catalogue in step with the sources; nothing is guessed, what is gone is dropped."""
    template = words()
    for language in OTHERS:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        with po_path(language).open("wb") as file:
            pofile.write_po(file, catalog, width=110, no_location=True, omit_header=False, sort_output=True)
        print(f"{language}: {sum(_untranslated(m) for m in catalog)} of {len(catalog)} to translate")


def compile_all() -> None:
    """Make the .mo files that are older than their .po."""
    for language in OTHERS:
        source = po_path(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        with target.open("wb") as file:
            write_mo(file, read(language))


def check() -> int:
    """Complain about every word that a language lacks, and about placeholders that differ."""
    template, faults = words(), 0
    for language in OTHERS:
        catalog = read(language)
        missing = [m for m in template if m.id and _untranslated(catalog.get(m.id, m.context))]
        broken = [m for m in catalog if m.id and not _untranslated(m) and not _same_placeholders(m)]
        for message in missing[:5]:
            print(f"{language}: not translated: {_text(message)!r}")
        for message in broken:
            print(f"{language}: placeholders differ: {_text(message)!r}")
        if missing:
            print(f"{language}: {len(missing)} missing. Run: python -m nitka.config.translations extract")
        faults += len(missing) + len(broken)
    return faults


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _untranslated(message: Message | None) -> bool:
    if message is None:
        return True
    if not message.id:
        return False
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return message.fuzzy or not strings or not all(strings)


def _same_placeholders(message: Message) -> bool:
    if isinstance(message.id, str):
        assert isinstance(message.string, str)
        return _placeholders(message.id) == _placeholders(message.string)
    wanted = _placeholders(message.id[1])
    return all(_placeholders(text) <= wanted | _placeholders(message.id[0]) for text in message.string or ())


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def main() -> int:
    match sys.argv[1:]:
        case ["extract"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            faults = check()
            print("All words are translated." if not faults else f"{faults} faults.")
            return bool(faults)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
