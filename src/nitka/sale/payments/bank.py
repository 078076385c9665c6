"""Paying by bank transfer: where to, how much, and a code for banking apps."""

from dataclasses import dataclass

from nitka.sale.payments import epc
from nitka.shelf.content import queries as content


@dataclass(frozen=True, slots=True)
class BankInstructions:
    """Where to send the money, what to write, and (in EUR) a code that banking apps read."""

    holder: str
    iban: str
    bic: str
    bank: str
    minor: int
    currency: str
    message: str
    qr_svg: str


def bank_instructions(*, label: str, minor: int, currency: str) -> BankInstructions:
    """How to pay by bank transfer into the shop's account; the message is the order's code."""
    shop = content.shop()
    holder = shop.legal_name or shop.name
    svg = epc.svg(holder=holder, iban=shop.iban, bic=shop.bic, minor=minor, message=label) if currency == "EUR" else ""
    return BankInstructions(holder, _grouped(shop.iban), shop.bic, "", minor, currency, label, svg)


def bank_qr_png(*, label: str, minor: int, currency: str) -> bytes:
    """The EPC QR code as a picture for mails; empty where the transfer is not in EUR."""
    shop = content.shop()
    if currency != "EUR":
        return b""
    return epc.png(holder=shop.legal_name or shop.name, iban=shop.iban, bic=shop.bic, minor=minor, message=label)


def _grouped(iban: str) -> str:
    plain = iban.replace(" ", "")
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
