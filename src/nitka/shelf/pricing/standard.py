"""The markets and tax rates that a new shop starts with; all of it may be changed afterwards.

Rates in per cent stand in data/tax_rates.csv with their source and first day: as far as known for 2026, `unsure` where
the merchant should look first. `books` are printed books. A row with a later day replaces the earlier one from then on.
"""

from pathlib import Path
from typing import Any

from nitka.shelf.pricing.rate_rows import RateRow, read_csv

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

RATES = Path(__file__).with_name("data") / "tax_rates.csv"


def tax_rates() -> list[RateRow]:
    """The rates of the file, as the page of taxes reads and writes them too."""
    rows, wrong = read_csv(RATES.read_text(encoding="utf-8"))
    if wrong:
        raise ValueError("; ".join(wrong))
    return rows
