"""Why people write: what they are asked, and the rule that guesses it.

The rule, in full: the cause is where the person asked from (a product: product; an order: delivery; the help page on
returns: return …), unless the words name exactly one other cause more often than all others together. What the
person chose, and what one of us chose, always wins.
"""

import re
from collections import Counter

from django.utils.translation import gettext as _

from nitka.care.desk.models import Cause

# Beginnings of words, in the six languages of the house; no word stands for two causes.
_STEMS: dict[str, tuple[str, ...]] = {
    Cause.DELIVERY: (
        "deliver", "shipp", "parcel", "courier", "tracking", "arriv",
        "достав", "посыл", "курьер", "трек", "пратк", "куриер",
        "dostaw", "paczk", "kurier", "wysył", "przesył", "lever", "pakke", "frakt", "sporing",
        "առաք", "ծանրոց",
    ),
    Cause.PAYMENT: (
        "payment", "invoice", "paid", "card", "charged", "vat",
        "оплат", "счет", "счёт", "карт", "платеж", "плащан", "фактур",
        "płatno", "faktur", "zapłac", "betal", "kort", "վճար", "քարտ",
    ),
    Cause.RETURN: (
        "return", "refund", "withdraw", "exchange", "broken", "damaged", "defect",
        "возврат", "вернут", "обмен", "сломан", "поврежд", "връщан", "върн", "счупен", "замян",
        "zwrot", "zwróc", "wymian", "uszkod", "retur", "bytte", "ødelagt", "skadet", "angre",
        "վերադարձ", "փոխանակ", "կոտր",
    ),
    Cause.PRODUCT: (
        "size", "colour", "color", "material", "measure", "wide", "stock", "available",
        "размер", "цвет", "материал", "налич", "цвят",
        "rozmiar", "kolor", "materiał", "wymiar", "størrelse", "farge", "mål", "չափ", "գույն", "նյութ",
    ),
}  # fmt: skip
_WORD = re.compile(r"\w+")
_HELP = (
    (Cause.RETURN, ("return", "withdraw", "exchange")),
    (Cause.DELIVERY, ("deliver", "shipping")),
    (Cause.PAYMENT, ("pay", "invoice")),
    (Cause.PRODUCT, ("care", "material", "size")),
)


def cause_words() -> dict[str, str]:
    """What a person is asked, in plain words."""
    return {
        Cause.DELIVERY.value: _("Delivery: where it is, when it comes"),
        Cause.PRODUCT.value: _("A product: size, material, stock"),
        Cause.PAYMENT.value: _("Paying, invoices"),
        Cause.RETURN.value: _("Sending something back, something is broken"),
        Cause.OTHER.value: _("Something else"),
    }


def cause_names() -> dict[str, str]:
    """The causes in a word each, for lists."""
    return {
        Cause.DELIVERY.value: _("Delivery"),
        Cause.PRODUCT.value: _("Product"),
        Cause.PAYMENT.value: _("Payment"),
        Cause.RETURN.value: _("Return"),
        Cause.OTHER.value: _("Other"),
    }


def cause_of_place(about: str) -> str:
    """The cause that a place suggests: `product:…`, `order:…`, `page:<slug of a help page>`, `cart`."""
    kind, _colon, name = about.partition(":")
    if kind == "page":
        return next((cause.value for cause, parts in _HELP if any(part in name for part in parts)), Cause.OTHER.value)
    return {"product": Cause.PRODUCT.value, "order": Cause.DELIVERY.value, "cart": Cause.PAYMENT.value}.get(
        kind, Cause.OTHER.value
    )


def suggest_cause(text: str, *, about: str = "") -> str:
    """The cause that the rule of this module finds for these words, asked from this place."""
    counted = Counter(
        cause
        for word in _WORD.findall(text[:5000].lower())
        for cause, stems in _STEMS.items()
        if word.startswith(stems)
    )
    if counted:
        (first, most), rest = counted.most_common(1)[0], sum(counted.values())
        if most * 2 > rest:
            return str(getattr(first, "value", first))
    return cause_of_place(about)
