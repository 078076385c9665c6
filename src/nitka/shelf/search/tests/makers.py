"""A small shop of furnishings in six languages, and an index of it in a folder of its own."""

from pathlib import Path
from typing import Any

from nitka.shelf.search import schema
from nitka.shelf.search.entry import Entry
from nitka.shelf.search.finding import Asked, Hits, ask
from nitka.shelf.search.home import Home, Shelf
from nitka.shelf.search.labels import Labels
from nitka.shelf.search.reader import Reader

MARKETS = ("eu", "no")

TITLES: dict[str, dict[str, str]] = {
    "lamp": {
        "en": "Brass table lamp", "bg": "Месингова настолна лампа", "hy": "Արույրե սեղանի լամպ",
        "nb": "Bordlampe i messing", "pl": "Mosiężna lampa stołowa", "ru": "Латунная настольная лампа",
    },
    "chair": {
        "en": "Oak dining chair", "bg": "Дъбов трапезен стол", "hy": "Կաղնե ճաշասեղանի աթոռ",
        "nb": "Spisestol i eik", "pl": "Dębowe krzesło do jadalni", "ru": "Дубовый обеденный стул",
    },
    "pillow": {
        "en": "Linen pillow", "bg": "Ленена възглавница", "hy": "Վուշե բարձ", "nb": "Pute i lin",
        "pl": "Lniana poduszka", "ru": "Льняная подушка",
    },
    "blanket": {
        "en": "Merino wool blanket", "bg": "Одеяло от мериносова вълна", "hy": "Մերինոսի բրդե ծածկոց",
        "nb": "Pledd i merinoull", "pl": "Koc z wełny merynosów", "ru": "Плед из мериносовой шерсти",
    },
    "candle": {
        "en": "Scented candles, set of three", "bg": "Ароматни свещи, комплект от три",
        "hy": "Բուրավետ մոմեր, երեք հատ",
        "nb": "Duftlys, tre stykker", "pl": "Świece zapachowe, zestaw trzech",
        "ru": "Ароматические свечи, набор из трёх",
    },
    "brush": {"en": "Bamboo toothbrush", "nb": "Tannbørste i bambus"},
    "mug": {"en": "Stoneware coffee mug 350ml", "nb": "Kaffekopp i steintøy 350 ml"},
    "notebook": {"en": "Note book with dotted pages"},
    "laptop": {"en": "Samsung Galaxy Book laptop NP-750XDA 39.6cm"},
    "sleeve": {"en": "Felt sleeve for laptop"},
    "only_polish": {"pl": "Drewniany świecznik"},
}  # fmt: skip

EXTRA: dict[str, dict[str, Any]] = {
    "lamp": {"categories": ("lighting",), "facets": ("brand=Lys", "material=brass", "color=gold"), "brand": "Lys",
             "prices": {"eu": 8900, "no": 99900}, "created": 300},
    "chair": {"categories": ("furniture", "chairs"), "facets": ("brand=Eik", "material=oak", "color=brown"),
              "brand": "Eik", "prices": {"eu": 19900, "no": 219900}, "created": 200, "codes": ("CH-OAK-01",)},
    "pillow": {"categories": ("textiles",), "facets": ("brand=Lin", "material=linen", "color=white", "color=blue"),
               "brand": "Lin", "prices": {"eu": 2900, "no": 32900}, "created": 500},
    "blanket": {"categories": ("textiles",), "facets": ("brand=Lin", "material=wool", "color=grey"), "brand": "Lin",
                "prices": {"eu": 11900}, "created": 100, "description": {"en": "Soft as a lullaby."}},
    "candle": {"categories": ("lighting",), "facets": ("brand=Lys", "material=wax", "color=white"), "brand": "Lys",
               "prices": {"eu": 1900, "no": 21900}, "created": 400},
    "brush": {"codes": ("4006381333931", "TB-1")},
    "laptop": {"brand": "Samsung", "models": ("NP-750XDA",), "codes": ("8806092123456",), "prices": {"eu": 99900}},
}  # fmt: skip


def entry(name: str, **changes: Any) -> Entry:
    """A product of the small shop."""
    values: dict[str, Any] = {"title": TITLES.get(name, {"en": name}), "prices": {"eu": 1000, "no": 12000}}
    values |= {"slug": {language: f"{name}-{language}" for language in values["title"]}}
    return Entry(**(values | EXTRA.get(name, {}) | {"product_id": name} | changes))


def small_index(folder: Path, *entries: Entry, labels: Labels | None = None) -> Reader:
    """An index of the small shop, or of these entries."""
    home = Home(folder / "search")
    chosen = entries or tuple(entry(name) for name in TITLES)
    home.build((schema.document(one, MARKETS) for one in chosen), MARKETS, labels or Labels(), {})
    reader = Shelf(home).reader()
    assert reader is not None
    return reader


def hits(reader: Reader, text: str = "", language: str = "en", **more: Any) -> Hits:
    """Ask in the market eu."""
    return ask(reader, Asked(**({"text": text, "language": language, "market": "eu"} | more)))
