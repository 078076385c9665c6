"""Where the EU's value added tax begins and ends: Articles 5 to 7 of Directive 2006/112/EC.

Overseas parts with a country code of their own (Åland AX, Réunion RE …) are not in the list of members, and so outside.
"""

MEMBERS = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
# Monaco counts as France; goods of Northern Ireland are traded under the EU's rules, its number begins with XI.
TREATED_AS_MEMBERS = frozenset({"MC"})
OUTSIDE = {
    "ES": frozenset(
        {"Las Palmas", "Santa Cruz de Tenerife", "Canarias", "CN", "GC", "TF", "Ceuta", "CE", "Melilla", "ML"}
    ),
    "DE": frozenset({"Helgoland", "Büsingen"}),
    "IT": frozenset({"Livigno"}),
    "GR": frozenset({"Mount Athos", "Άγιο Όρος"}),
}


def in_eu_vat_area(country: str, region: str = "") -> bool:
    """Whether goods that arrive there stay within the EU's value added tax."""
    if country in TREATED_AS_MEMBERS:
        return True
    return country in MEMBERS and region not in OUTSIDE.get(country, ())
