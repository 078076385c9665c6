"""The markets and tax rates that a new shop starts with; all of it may be changed afterwards.

Rates in per cent as published by the tax authorities (for the EU: the Commission's "Taxes in Europe" database) and in
force in 2026. `books` are printed books. Rows with a later date replace those with an earlier one from that day on.
"""

from datetime import date
from decimal import Decimal
from typing import Any

EU = [
    "DE", "AT", "FR", "NL", "BE", "IE", "IT", "ES", "PT", "FI", "GR", "SK", "SI", "EE", "LV", "LT", "LU", "MT", "CY",
    "HR", "BG", "CZ", "SE", "DK", "HU", "RO",
]  # fmt: skip

MARKETS: tuple[dict[str, Any], ...] = (
    {
        "code": "eu", "name": "European Union", "currency": "EUR", "countries": EU, "default_country": "DE",
        "tax_display": "gross", "languages": ["en", "bg", "pl", "ru"], "zone": "Europe/Berlin",
    },
    {
        "code": "us", "name": "United States", "currency": "USD", "countries": ["US"], "default_country": "US",
        "tax_display": "net", "languages": ["en", "ru", "hy"], "zone": "America/New_York",
    },
    {
        "code": "no", "name": "Norge", "currency": "NOK", "countries": ["NO"], "default_country": "NO",
        "tax_display": "gross", "languages": ["nb", "en"], "zone": "Europe/Oslo",
    },
    {
        "code": "pl", "name": "Polska", "currency": "PLN", "countries": ["PL"], "default_country": "PL",
        "tax_display": "gross", "languages": ["pl", "en", "ru"], "zone": "Europe/Warsaw",
    },
    {
        "code": "am", "name": "Հայաստան", "currency": "AMD", "countries": ["AM"], "default_country": "AM",
        "tax_display": "gross", "languages": ["hy", "ru", "en"], "zone": "Asia/Yerevan",
    },
    {
        "code": "ru", "name": "Россия", "currency": "RUB", "countries": ["RU"], "default_country": "RU",
        "tax_display": "gross", "languages": ["ru", "en"], "zone": "Europe/Moscow",
    },
)  # fmt: skip

_LONG_AGO = date(2020, 1, 1)
_STANDARD = (
    "AT 20, BE 21, BG 20, CY 19, CZ 21, DE 19, DK 25, ES 21, FR 20, GR 24, HR 25, HU 27, IE 23, IT 22, LT 21, LU 17,"
    " LV 21, MT 18, NL 21, PL 23, PT 23, SE 25, SI 22, NO 25, AM 20, US 0"
)
_BOOKS = (
    "AT 10, BE 6, BG 9, CY 3, CZ 0, DE 7, DK 25, EE 9, ES 4, FR 5.5, GR 6, HR 5, HU 5, IE 0, IT 4, LU 3, LV 5, MT 5,"
    " NL 9, PL 5, PT 6, SE 6, SI 5, SK 5, NO 0, RU 10, AM 20, US 0"
)
_CHANGED = (
    ("EE", "standard", "22", date(2024, 1, 1)),
    ("EE", "standard", "24", date(2025, 7, 1)),
    ("FI", "standard", "25.5", date(2024, 9, 1)),
    ("FI", "books", "14", date(2025, 1, 1)),
    ("FI", "books", "13.5", date(2026, 1, 1)),
    ("LT", "books", "9", _LONG_AGO),
    ("LT", "books", "5", date(2026, 1, 1)),
    ("RO", "standard", "19", _LONG_AGO),
    ("RO", "standard", "21", date(2025, 8, 1)),
    ("RO", "books", "5", _LONG_AGO),
    ("RO", "books", "11", date(2025, 8, 1)),
    ("RU", "standard", "20", _LONG_AGO),
    ("RU", "standard", "22", date(2026, 1, 1)),
    ("SK", "standard", "20", _LONG_AGO),
    ("SK", "standard", "23", date(2025, 1, 1)),
)


def tax_rates() -> list[tuple[str, str, Decimal, date]]:
    """Country, class of goods, rate in per cent, first day."""
    rows = [(country, tax_class, Decimal(rate), day) for country, tax_class, rate, day in _CHANGED]
    for tax_class, text in (("standard", _STANDARD), ("books", _BOOKS)):
        for country, rate in (each.split() for each in text.split(",")):
            rows.append((country, tax_class, Decimal(rate), _LONG_AGO))
    return sorted(rows)
