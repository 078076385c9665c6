"""Bytes of a mail as text: any charset, real or claimed, and HTML without its tags."""

import codecs
import re
from html.parser import HTMLParser

MOST_HTML = 500_000
# Names that mail programs write and Python does not know.
_ALIASES = {
    "utf8mb4": "utf-8", "unicode-1-1-utf-7": "utf-7", "x-unknown": "", "unknown-8bit": "", "default": "",
    "ansi": "cp1252", "x-user-defined": "cp1252", "ks_c_5601-1987": "cp949", "x-sjis": "cp932",
    "iso-8859-8-i": "iso-8859-8", "x-mac-cyrillic": "mac_cyrillic", "armscii-8": "",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
    "section", "article", "header", "footer", "hr", "address",
}  # fmt: skip
_SILENT = {"script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "source"}
_QUOTES = re.compile(
    r"gmail_quote|yahoo_quoted|protonmail_quote|moz-cite-prefix|appendonsend|divRplyFwdMsg|stopSpelling"
    r"|mail-quote|qt-|ms-outlook-mobile-reference-message|zmail_extra|tutanota_quote"
)


def decoded(raw: bytes, charset: str = "") -> str:
    """The text of these bytes: by the charset they name, else UTF-8, else that of western Europe. Never fails."""
    name = charset.strip().strip("'\"").lower()
    for candidate in (_ALIASES.get(name, name), "utf-8"):
        try:
            if candidate and codecs.lookup(candidate)._is_text_encoding:
                return raw.decode(candidate)
        except (LookupError, ValueError):
            continue
    return raw.decode(_ALIASES.get(name) or "cp1252", "replace")


def text_of_html(html: str) -> tuple[str, str]:
    """All its words, and those without what it quotes."""
    reader = _Words()
    reader.feed(html[:MOST_HTML])
    reader.close()
    return _tidy("".join(reader.whole)), _tidy("".join(reader.said))


def _tidy(text: str) -> str:
    lines = [" ".join(line.replace("\xa0", " ").split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Collects words; `_open` are the elements that we are in, each with whether it is silent or a quote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.whole: list[str] = []
        self.said: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._silent = self._quotes = 0
        self._rest_is_quote = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._say("\n")
        if tag in _VOID or len(self._open) > 5000:
            return
        marks = " ".join(value or "" for name, value in attributes if name in ("class", "id"))
        quote = tag == "blockquote" or bool(_QUOTES.search(marks))
        if "appendonsend" in marks or "divRplyFwdMsg" in marks:
            # Outlook says where the quote begins, and puts the quote beside it.
            self._rest_is_quote = True
        silent = tag in _SILENT
        self._open.append((tag, silent, quote))
        self._silent += silent
        self._quotes += quote

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._say("\n")
        if not any(each[0] == tag for each in self._open[-50:]):
            return
        while self._open:
            name, silent, quote = self._open.pop()
            self._silent -= silent
            self._quotes -= quote
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self._say(re.sub(r"[ \t\r\n]+", " ", data))

    def _say(self, text: str) -> None:
        if self._silent:
            return
        self.whole.append(text)
        if not (self._quotes or self._rest_is_quote):
            self.said.append(text)
