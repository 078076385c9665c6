"""The four delivery options that come with Nitka, as data for `put_option`; a merchant may change them all."""

from datetime import time
from typing import Any

_NEIGHBOURS = ["DE", "CZ", "SK", "LT", "LV", "EE", "DK", "SE", "AT", "NL", "BE", "LU", "NO"]

OPTIONS: tuple[dict[str, Any], ...] = (
    {
        "code": "same_day",
        "names": {"en": "Same day", "bg": "Същия ден", "hy": "Նույն օրը", "nb": "Samme dag", "pl": "Tego samego dnia",
                  "ru": "В тот же день"},
        "countries": ["PL"],
        "postcode_prefixes": ["80", "81"],
        "cut_off": time(11, 0),
        "handling_days": 0,
        "transit_days": 0,
        "prices": {"pl": 3900, "eu": 990},
        "max_weight_g": 20_000,
        "position": 1,
    },
    {
        "code": "next_day",
        "names": {"en": "Next day", "bg": "На следващия ден", "hy": "Հաջորդ օրը", "nb": "Neste dag",
                  "pl": "Następnego dnia", "ru": "На следующий день"},
        "countries": ["PL"],
        "cut_off": time(15, 0),
        "handling_days": 0,
        "transit_days": 1,
        "prices": {"pl": 1990, "eu": 590},
        "free_from": {"pl": 40_000},
        "max_weight_g": 30_000,
        "position": 2,
    },
    {
        "code": "two_days",
        "names": {"en": "Two days", "bg": "Два дни", "hy": "Երկու օր", "nb": "To dager", "pl": "Dwa dni",
                  "ru": "Два дня"},
        "countries": ["PL", *_NEIGHBOURS],
        "cut_off": time(15, 0),
        "handling_days": 0,
        "transit_days": 2,
        "prices": {"pl": 1490, "eu": 890, "no": 14_900},
        "free_from": {"pl": 25_000, "eu": 9900, "no": 150_000},
        "max_weight_g": 30_000,
        "position": 3,
    },
    {
        "code": "ten_days",
        "names": {"en": "Up to ten working days", "bg": "До десет работни дни", "hy": "Մինչև տասն աշխատանքային օր",
                  "nb": "Inntil ti virkedager", "pl": "Do dziesięciu dni roboczych", "ru": "До десяти рабочих дней"},
        "cut_off": time(15, 0),
        "handling_days": 1,
        "transit_days_from": 5,
        "transit_days": 10,
        "prices": {"pl": 990, "eu": 490, "no": 7900, "us": 1490, "am": 600_000, "ru": 99_000},
        "free_from": {"pl": 15_000, "eu": 4900, "no": 80_000, "us": 15_000, "am": 6_000_000, "ru": 1_000_000},
        "position": 4,
    },
)  # fmt: skip
