"""What a person wrote anew in an answer: without the mail they answer to and without their signature."""

import re

_DASHES = re.compile(r"^\s*-{2,}\s*(original message|forwarded message|исходное сообщение|пересылаемое сообщение|"
                     r"oryginalna wiadomość|wiadomość oryginalna|opprinnelig melding|оригинално съобщение|"
                     r"ursprüngliche nachricht|message d'origine)\s*-{2,}\s*$", re.IGNORECASE)  # fmt: skip
# "On Mon, 3 Nov 2026 at 10:00, Shop <a@b> wrote:" in the languages of the house and its neighbours.
_WROTE = re.compile(
    r"(wrote|написал\w*(\(а\))?|пише\w*|написа|pisze|napisał\w*|skrev|schrieb|a écrit|escribió|ha scritto|գրել է|գրեց)"
    r"[^\n]{0,100}:\s*$",
    re.IGNORECASE,
)
_BEGINS_WROTE = re.compile(
    r"^\s*>?\s*(on|am|le|el|il|den|dnia|w dniu|на|в|\d{1,4}[./-]\d{1,2}|пн|вт|ср|чт|пт|сб|вс|понед|втор|сред|четв|пят|"
    r"субб|воскр|pon|wt|śr|czw|pt|sob|niedz|man|tir|ons|tor|fre|lør|søn|\d{1,2}\s)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"^\s*\*?(from|von|de|от|od|fra|отправитель|nadawca|subject|тема|temat|emne|относно|sent|to|date|wysłano|do|data|"
    r"sendt|til|dato|отправлено|кому|дата|изпратено|до)\s*:\*?\s",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*_{10,}\s*$")
_SIGNATURE = re.compile(r"^--\s?$")
_SENT_FROM = re.compile(
    r"^\s*(sent from my|sent from (mail|outlook|yahoo)|get outlook for|отправлено с |отправлено из |изпратено от |"
    r"wysłane z |sendt fra |gesendet von )[^\n]{0,80}$",
    re.IGNORECASE,
)
MOST_LINES = 5000


def cut(text: str) -> str:
    """The part that was written for us. Where nothing would be left, it is all of the text: better twice than lost."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_LINES]
    said = _without_signature(_without_quote(lines))
    cleaned = re.sub(r"\n{3,}", "\n\n", "\n".join(said)).strip()
    return cleaned or text.strip()


def _without_quote(lines: list[str]) -> list[str]:
    for place in range(len(lines)):
        length = _quote_begins(lines, place)
        if length:
            return [*_unquoted(lines[:place]), *_below(lines[place + length :])]
    return _unquoted(lines)


def _quote_begins(lines: list[str], place: int) -> int:
    """How many lines introduce a quote here; 0 where none begins."""
    line = lines[place]
    if _DASHES.match(line):
        return 1
    if _BEGINS_WROTE.match(line):
        # Programs break the line of introduction where they like.
        for more in range(1, 4):
            joined = " ".join(part.strip() for part in lines[place : place + more])
            if len(joined) > 400:
                break
            if _WROTE.search(joined):
                return more
    following = lines[place + 1 : place + 6] if _RULE.match(line) else lines[place : place + 5]
    if (_RULE.match(line) or _HEADER.match(line)) and sum(bool(_HEADER.match(each)) for each in following) >= 3:
        return 1
    return 0


def _below(lines: list[str]) -> list[str]:
    """What stands below a quote, for people who answer underneath; nothing where the quote bears no marks."""
    first = next((line for line in lines if line.strip()), "")
    if not first.lstrip().startswith(">"):
        return []
    return _unquoted(lines)


def _unquoted(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.lstrip().startswith(">")]


def _without_signature(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if _SIGNATURE.match(line) and any(each.strip() for each in lines[:place]):
            return lines[:place]
    kept = list(lines)
    while kept and (not kept[-1].strip() or _SENT_FROM.match(kept[-1])):
        kept.pop()
    return kept
