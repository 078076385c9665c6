"""The EPC QR code: a SEPA credit transfer that banking apps read (EPC069-12, version 002)."""

import io
from functools import lru_cache

import segno
from segno import helpers

from nitka.ground import money


@lru_cache(maxsize=256)
def _code(holder: str, iban: str, bic: str, minor: int, message: str) -> segno.QRCode:
    return helpers.make_epc_qr(
        name=holder[:70], iban=iban.replace(" ", ""), amount=money.decimal(minor, "EUR"), text=message[:140],
        bic=bic or None, encoding=1,
    )  # fmt: skip


def svg(*, holder: str, iban: str, bic: str, minor: int, message: str) -> str:
    """As an SVG element without scripts or styles; empty where the shop has no account, or nothing is due."""
    if not iban or not 1 <= minor <= 99_999_999_999:
        return ""
    out = io.BytesIO()
    _code(holder, iban, bic, minor, message).save(
        out, kind="svg", scale=4, border=4, xmldecl=False, svgns=True, omitsize=False, light="#fff", dark="#000",
    )  # fmt: skip
    return out.getvalue().decode()


def png(*, holder: str, iban: str, bic: str, minor: int, message: str) -> bytes:
    """As a small PNG for mails."""
    if not iban or not 1 <= minor <= 99_999_999_999:
        return b""
    out = io.BytesIO()
    _code(holder, iban, bic, minor, message).save(out, kind="png", scale=4, border=4)
    return out.getvalue()
