"""CAMT.053 (ISO 20022 bank to customer statement), versions 001.02 to 001.13, read without trusting it.

No document type, no entities, no network, and a limit of size: a statement is mailed about, so it may be anything.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from django.utils.translation import gettext as _

from nitka.ground import money
from nitka.sale.payments.statements.entries import Entry, StatementProblem, number_of

MOST_BYTES = 20_000_000


def read(raw: bytes) -> list[Entry]:
    """The booked credits of all statements in the file. Raises StatementProblem."""
    if len(raw) > MOST_BYTES:
        raise StatementProblem(_("This file is too large. Ask your bank for shorter periods."))
    try:
        root = _tree(raw)
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as trouble:
        raise StatementProblem(_("This file is no readable XML. Download it from your bank once more.")) from trouble
    statements = root.findall(".//BkToCstmrStmt/Stmt") or root.findall(".//Stmt")
    if not statements:
        raise StatementProblem(_("This XML is no bank statement (CAMT.053)."))
    try:
        return [entry for statement in statements for entry in _entries(statement)]
    except (ValueError, TypeError) as trouble:
        raise StatementProblem(_("An amount or a date in this statement cannot be read.")) from trouble


def _tree(raw: bytes) -> Element:
    """The elements by their plain names. A document type is refused where it begins: without one there are no entities
    to grow and no files or addresses to fetch."""
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_declared: object) -> None:
        raise ValueError("a document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, values: builder.start(tag.rpartition("}")[2], values)
    parser.EndElementHandler = lambda tag: builder.end(tag.rpartition("}")[2])
    parser.CharacterDataHandler = builder.data
    parser.Parse(raw, True)
    return builder.close()


def _entries(statement: Element) -> Iterator[Entry]:
    account = _text(statement, "Acct/Id/IBAN", "Acct/Id/Othr/Id").replace(" ", "")
    seen: Counter[str] = Counter()
    for booking in statement.findall("Ntry"):
        if _text(booking, "CdtDbtInd") != "CRDT" or _text(booking, "RvslInd") in ("true", "1"):
            continue
        if _text(booking, "Sts/Cd", "Sts") not in ("BOOK", ""):
            continue
        for part in booking.findall("NtryDtls/TxDtls") or [booking]:
            if part is not booking and _text(part, "CdtDbtInd") == "DBIT":
                continue
            yield _entry(account, booking, part, seen)


def _entry(account: str, booking: Element, part: Element, seen: Counter[str]) -> Entry:
    minor, currency = _amount(booking, part)
    day = date.fromisoformat(_text(booking, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")[:10])
    payer = _text(part, "RltdPties/Dbtr/Nm", "RltdPties/Dbtr/Pty/Nm")
    text = " ".join(_texts(part, "RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref")) or _text(part, "AddtlTxInf")
    text = text or _text(booking, "AddtlNtryInf")
    own = _text(part, "Refs/AcctSvcrRef", "Refs/TxId", "Refs/InstrId")
    number = "/".join(each for each in (_text(booking, "AcctSvcrRef", "NtryRef"), own) if each)
    plain = number or number_of(day, minor, currency, payer, text, _text(part, "Refs/EndToEndId"))
    seen[plain] += 1  # two equal entries in one file are two entries
    end_to_end = _text(part, "Refs/EndToEndId")
    if end_to_end and end_to_end != "NOTPROVIDED" and end_to_end not in text:
        text = f"{text} {end_to_end}".strip()
    return Entry(
        account=account, entry=(plain if seen[plain] == 1 else f"{plain}#{seen[plain]}")[:120], booked_on=day,
        minor=minor, currency=currency, payer=payer[:200], text=text[:500],
        payer_account=_text(part, "RltdPties/DbtrAcct/Id/IBAN", "RltdPties/DbtrAcct/Id/Othr/Id")[:40],
    )  # fmt: skip


def _amount(booking: Element, part: Element) -> tuple[int, str]:
    """The part's own amount where a booking holds several; in the currency of the account."""
    whole = booking.find("Amt")
    found = part.find("Amt")
    if found is None:
        found = part.find("AmtDtls/TxAmt/Amt")
    if found is None or (whole is not None and found.get("Ccy") != whole.get("Ccy")):
        found = whole
    if found is None or not found.text:
        raise ValueError("no amount")
    currency = found.get("Ccy", "")
    minor = money.parse(found.text, currency)
    if minor <= 0:
        raise ValueError("an amount of nothing")
    return minor, currency


def _text(element: Element, *paths: str) -> str:
    for path in paths:
        found = element.findtext(path)
        if found and found.strip():
            return " ".join(found.split())
    return ""


def _texts(element: Element, *paths: str) -> list[str]:
    return [" ".join(each.text.split()) for path in paths for each in element.findall(path) if each.text]
