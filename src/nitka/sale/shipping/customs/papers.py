"""What customs read: CN22 or CN23, and a commercial invoice, as PDF in English."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from django.utils import translation

from nitka.ground import locale
from nitka.ground.web.pages import render_text
from nitka.ground.web.papers import draw
from nitka.people.customers.queries import PostalAddress
from nitka.sale.shipping.problems import CustomsProblem

_STYLE = Path(__file__).parent.parent / "jinja2" / "shipping" / "customs" / "customs.css"
# A CN22 goes with parcels of at most 300 SDR and two kilograms (Universal Postal Convention, article 17-108). An SDR
# was worth 1.1 to 1.3 euros for years, so 300 in any of these currencies is surely below it.
CN22_MINOR, CN22_GRAMS = {"EUR": 30000, "USD": 30000, "GBP": 22500, "CHF": 30000}, 2000
Paper = Literal["cn22", "cn23", "invoice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredGoods:
    """A line of a declaration: what it is in plain English, and what all its pieces weigh and are worth."""

    name: str
    pieces: int
    weight_g: int
    worth_minor: int
    hs_code: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """A parcel for customs. `terms` are DDP or DDU (DAP in today's Incoterms); `number` is IOSS's, VOEC's or empty."""

    reference: str
    sent_on: date
    sender: PostalAddress
    sender_vat: str
    sender_phone: str
    recipient: PostalAddress
    currency: str
    goods: Sequence[DeclaredGoods]
    delivery_minor: int = 0
    paid_by_shop: bool = False
    number: str = ""
    invoice_number: str = ""
    kind: Literal["sale", "return", "gift", "sample"] = "sale"
    insured_minor: int = 0

    @property
    def worth_minor(self) -> int:
        """All goods together."""
        return sum(each.worth_minor for each in self.goods)

    @property
    def weight_g(self) -> int:
        """All goods together, without the box."""
        return sum(each.weight_g for each in self.goods)


def declaration_for(parcel: Consignment) -> Literal["cn22", "cn23"]:
    """Which declaration a parcel needs: the small one only where it is surely enough."""
    small = parcel.worth_minor <= CN22_MINOR.get(parcel.currency, -1) and parcel.weight_g <= CN22_GRAMS
    return "cn22" if small else "cn23"


def missing(parcel: Consignment) -> tuple[str, ...]:
    """Names of the goods that lack an HS code or the country where they were made; customs may send those back."""
    return tuple(each.name for each in parcel.goods if not each.hs_code or not each.origin)


def customs_pdf(parcel: Consignment, paper: Paper | None = None) -> bytes:
    """The declaration that the parcel needs, or the paper that was asked for. Raises CustomsProblem without goods."""
    if not parcel.goods:
        raise CustomsProblem("Nothing is in this parcel.")
    chosen = paper or declaration_for(parcel)
    with translation.override("en"):
        context = {
            "parcel": parcel, "language": "en", "units": "metric", "sender": _lines(parcel.sender),
            "recipient": _lines(parcel.recipient), "origin_names": {g.origin: _country(g.origin) for g in parcel.goods},
            "kilograms": lambda grams: f"{grams / 1000:.3f}", "what": chosen,
        }  # fmt: skip
        return draw(render_text(f"shipping/customs/{chosen}.html", context), style=_STYLE)


def _lines(address: PostalAddress) -> list[str]:
    town = f"{address.postcode} {address.city}".strip()
    country = _country(address.country).upper()
    parts = (address.name, address.company, address.line1, address.line2, town, address.region, country)
    return [part for part in parts if part]


def _country(code: str) -> str:
    return locale.cldr("en").territories.get(code, code) if code else ""
