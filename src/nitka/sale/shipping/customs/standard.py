"""What a new shop knows of borders. Thresholds as of autumn 2026; duties are general rates of few kinds of goods.

Sources: EU, Council Regulation (EC) No 1186/2009 Art. 23 (150 EUR) and the flat duty of 3 EUR for each kind of goods
agreed by the Council on 12 December 2025 from 1 July 2026; Norway, tolltariffen and merverdiavgiftsloven (no threshold
since 2024 but under VOEC); United States, executive order of 30 July 2025 (no threshold from 29 August 2025); Eurasian
Economic Union, decision of the Council No 107 of 2017 as amended (200 EUR, 15 %); United Kingdom, 135 GBP; Switzerland,
industrial duties lifted from 2024, tax of less than 5 CHF not collected. The merchant brings them up to date.
"""

from typing import Any

EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK".split()  # noqa: SIM905

TERRITORIES: tuple[dict[str, Any], ...] = (
    {"code": "EU", "countries": EU, "duty_free": {"EUR": 15000}, "flat_duty": {"EUR": 300},
     "source": "Regulation (EC) 1186/2009, Art. 23; Council, 12 December 2025"},
    {"code": "NO", "countries": ["NO", "SJ"], "source": "tolletaten.no, autumn 2026"},
    {"code": "US", "countries": ["US", "PR"], "delivered": False, "has_import_tax": False,
     "source": "Executive order of 30 July 2025: no de minimis"},
    {"code": "EAEU", "countries": ["AM", "BY", "KG", "KZ", "RU"], "duty_free": {"EUR": 20000},
     "tax_free": {"EUR": 20000}, "source": "EEC Council decision 107/2017"},
    {"code": "GB", "countries": ["GB", "GG", "IM", "JE"], "duty_free": {"GBP": 13500},
     "source": "gov.uk, tax and customs for goods sent from abroad"},
    {"code": "CH", "countries": ["CH", "LI"], "tax_free": {"CHF": 6200}, "source": "bazg.admin.ch"},
)  # fmt: skip

# Territory, HS prefix, origin, per cent.
DUTIES: tuple[tuple[str, str, str, str], ...] = (
    ("EU", "", "", "4"), ("EU", "61", "", "12"), ("EU", "62", "", "12"), ("EU", "63", "", "12"), ("EU", "64", "", "17"),
    ("EU", "69", "", "6"), ("EU", "94", "", "2.7"), ("EU", "9403", "", "0"), ("EU", "", "NO", "0"),
    ("EU", "", "GB", "0"), ("EU", "", "CH", "0"),
    ("NO", "", "", "0"), ("NO", "61", "", "10.7"), ("NO", "62", "", "10.7"), ("NO", "61", "EU", "0"),
    ("NO", "62", "EU", "0"),
    ("US", "", "", "10"), ("US", "", "EU", "15"), ("US", "", "NO", "15"),
    ("EAEU", "", "", "15"),
    ("GB", "", "", "4"), ("GB", "61", "", "12"), ("GB", "62", "", "12"), ("GB", "94", "", "0"), ("GB", "", "EU", "0"),
    ("GB", "", "NO", "0"), ("GB", "", "CH", "0"),
    ("CH", "", "", "0"),
)  # fmt: skip

IOSS_UP_TO = {"EUR": 15000}
