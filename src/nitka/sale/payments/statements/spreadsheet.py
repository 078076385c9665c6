"""Statements as CSV. Every bank names its columns its own way; these names are known, in six languages and more."""

import csv
import io
from collections import Counter
from datetime import date, datetime

from django.utils.translation import gettext as _

from nitka.ground import money
from nitka.sale.payments.statements.entries import Entry, StatementProblem, number_of

NAMES = {
    "day": ("date", "booking date", "booked", "buchungstag", "buchungsdatum", "data", "data operacji",
            "data księgowania", "dato", "bokført", "дата", "дата операции", "ամսաթիվ", "valuta", "value date"),
    "amount": ("amount", "betrag", "kwota", "beløp", "inn på konto", "credit", "сумма", "сума", "գումար", "sum"),
    "currency": ("currency", "waluta", "währung", "valutakode", "валюта", "արժույթ", "ccy"),
    "text": ("text", "reference", "message", "description", "details", "verwendungszweck", "tytuł", "tytuł operacji",
             "opis", "tekst", "melding", "kid", "назначение", "назначение платежа", "основание", "նպատակ"),
    "payer": ("payer", "name", "from", "counterparty", "auftraggeber", "beguenstigter/zahlungspflichtiger", "nadawca",
              "kontrahent", "betaler", "avsender", "плательщик", "контрагент", "наредител", "վճարող"),
    "payer_account": ("iban", "payer iban", "account of payer", "kontonummer/iban", "rachunek nadawcy", "fra konto",
                      "счет плательщика", "сметка"),
    "entry": ("id", "transaction id", "entry", "entry reference", "archivref", "arkivref", "numer transakcji",
              "номер", "номер документа", "референция"),
    "account": ("account", "konto", "own account", "rachunek", "auftragskonto"),
}  # fmt: skip
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d")


def read(raw: bytes, currency: str) -> list[Entry]:
    """The lines with an amount above zero; `currency` is meant where no column says one. Raises StatementProblem."""
    rows = list(csv.reader(io.StringIO(_decoded(raw)), delimiter=_delimiter(raw)))
    place, columns = _columns(rows)
    seen: Counter[str] = Counter()
    entries = []
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        if not any(cell.strip() for cell in row):
            continue
        values = {name: row[index].strip() if index < len(row) else "" for name, index in columns.items()}
        try:
            entry = _entry(values, currency, seen)
        except ValueError as trouble:
            words = _("Line %(number)d cannot be read: its day or its amount is not clear.")
            raise StatementProblem(words % {"number": number}, line=number) from trouble
        if entry:
            entries.append(entry)
    return entries


def _entry(values: dict[str, str], currency: str, seen: Counter[str]) -> Entry | None:
    code = (values.get("currency") or currency).upper()
    if not values["amount"]:
        return None
    minor = money.parse(_plain(values["amount"]), code)
    if minor <= 0:
        return None
    day = _day(values["day"])
    plain = values.get("entry") or number_of(
        day, minor, code, values.get("payer"), values.get("text"), values.get("payer_account")
    )
    seen[plain] += 1
    return Entry(
        account=values.get("account", "").replace(" ", "")[:40], booked_on=day, minor=minor, currency=code,
        entry=(plain if seen[plain] == 1 else f"{plain}#{seen[plain]}")[:120], payer=values.get("payer", "")[:200],
        payer_account=values.get("payer_account", "").replace(" ", "")[:40], text=values.get("text", "")[:500],
    )  # fmt: skip


def _plain(amount: str) -> str:
    """`1.234,50` and `1,234.50` as `1234.50`; a currency after it is left out."""
    text = amount.replace("\u00a0", " ").replace("\u202f", " ").strip().strip("+€$ ").removesuffix("EUR").strip()
    if "," in text and "." in text:
        thousands = "." if text.rfind(",") > text.rfind(".") else ","
        text = text.replace(thousands, "")
    return text.replace("'", "")


def _day(text: str) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text[:10].strip(), form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def _columns(rows: list[list[str]]) -> tuple[int, dict[str, int]]:
    """The row of names, which some banks put below a few lines of their own."""
    for place, row in enumerate(rows[:20]):
        cells = [cell.strip().strip("\ufeff").lower() for cell in row]
        found = {
            name: next(index for index, cell in enumerate(cells) if cell in known)
            for name, known in NAMES.items() if any(cell in known for cell in cells)
        }  # fmt: skip
        if {"day", "amount"} <= found.keys():
            return place, found
    raise StatementProblem(_("This file needs columns named “date” and “amount”; better also “reference” and “payer”."))


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250", "cp1251"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _delimiter(raw: bytes) -> str:
    head = raw[:4000]
    return max((";", ",", "\t"), key=lambda each: head.count(each.encode()))
