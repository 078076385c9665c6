"""Demo Post's price list and pick-up points: made up, and the same every day."""

from nitka.sale.shipping.providers import Point

# code, name, percent of the first kilogram's price, working days
SERVICES = (("standard", "Parcel", 100, 2), ("express", "Express", 180, 1))
_EUROPE = "AT BE BG CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV NL NO PL PT RO SE SI SK CH GB"
EUROPE = frozenset(_EUROPE.split(" "))
# currency → zone → (first kilogram, each further kilogram), minor units
PRICES = {
    "EUR": {"home": (390, 60), "europe": (790, 140), "world": (1990, 650)},
    "PLN": {"home": (1490, 220), "europe": (3290, 590), "world": (8490, 2790)},
    "NOK": {"home": (7900, 1200), "europe": (11900, 1900), "world": (24900, 7900)},
    "USD": {"home": (490, 70), "europe": (890, 160), "world": (2190, 690)},
}


def zone_of(from_country: str, to_country: str) -> str:
    """home, europe or world."""
    if from_country == to_country:
        return "home"
    return "europe" if {from_country, to_country} <= EUROPE else "world"


def _points(country: str, city: str, *rows: tuple[str, str, str]) -> list[Point]:
    return [
        Point(f"{country}-{postcode.replace('-', '')}", name, line1, postcode, city, country, "Mo–Su 00:00–24:00")
        for name, line1, postcode in rows
    ]


POINTS = (
    *_points(
        "PL",
        "Gdańsk",
        ("Locker Długi Targ", "Długi Targ 12", "80-828"),
        ("Locker Wrzeszcz", "Grunwaldzka 141", "80-264"),
        ("Locker Oliwa", "Opata Rybińskiego 8", "80-320"),
    ),
    *_points(
        "PL", "Warszawa", ("Locker Centrum", "Marszałkowska 104", "00-017"), ("Locker Praga", "Targowa 56", "03-733")
    ),
    *_points(
        "PL",
        "Kraków",
        ("Locker Kazimierz", "Krakowska 18", "31-062"),
    ),
    *_points(
        "DE",
        "Berlin",
        ("Packstation Mitte", "Invalidenstraße 116", "10115"),
        ("Packstation Kreuzberg", "Oranienstraße 25", "10999"),
    ),
    *_points(
        "NO",
        "Oslo",
        ("Pakkeautomat Grünerløkka", "Thorvald Meyers gate 40", "0552"),
        ("Pakkeautomat Majorstuen", "Bogstadveien 60", "0366"),
    ),
    *_points(
        "BG",
        "Sofia",
        ("Locker Vitosha", "bul. Vitosha 89", "1408"),
    ),
    *_points(
        "AM",
        "Yerevan",
        ("Locker Northern Avenue", "Northern Avenue 6", "0001"),
    ),
)
