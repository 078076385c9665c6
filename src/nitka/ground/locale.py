"""Languages of the shop, and how each writes money, dates, numbers and measures (CLDR through Babel)."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers

from nitka.ground import money

LANGUAGE_NAMES = {
    "en": "English",
    "bg": "Български",
    "hy": "Հայերեն",
    "nb": "Norsk",
    "pl": "Polski",
    "ru": "Русский",
}
LANGUAGES = tuple(LANGUAGE_NAMES)
FALLBACK = "en"
Units = Literal["metric", "imperial"]


@lru_cache(maxsize=64)
def cldr(language: str) -> Locale:
    """The CLDR locale of a language of ours. British habits for English, since most prices here are European."""
    return Locale.parse("en_GB" if language == "en" else language)


def pick(texts: Mapping[str, str], language: str) -> str:
    """The text in that language, else in English, else in any; else empty."""
    return texts.get(language) or texts.get(FALLBACK) or next((text for text in texts.values() if text), "")


def negotiate(accept_language: str) -> str:
    """The best language of ours for an Accept-Language header (RFC 9110); English where none fits."""
    wishes: list[tuple[float, int, str]] = []
    for position, part in enumerate(accept_language[:400].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        primary = tag.lower().split("-")[0]
        wishes.append((-quality, position, {"no": "nb", "nn": "nb"}.get(primary, primary)))
    for quality, _position, language in sorted(wishes):
        if quality < 0 and language in LANGUAGE_NAMES:
            return language
    return FALLBACK


@lru_cache(maxsize=8192)
def format_money(minor: int, currency: str, language: str, *, exact: bool = False) -> str:
    """An amount as the language writes it: €19.99, 19,99 €, 1 234 ֏.

    A currency whose hundredths nobody pays with is written whole, halves up; `exact` keeps what there is of them, for
    papers whose net and tax must add up.
    """
    coin = money.coin(currency)
    whole = coin > 1 and not (exact and minor % coin)
    amount = money.decimal(money.in_coins(minor, currency) if whole else minor, currency)
    locale = cldr(language)
    pattern = locale.currency_formats["standard"].pattern
    if language == "en" and babel_numbers.get_currency_symbol(currency, locale).isalpha():
        pattern = pattern.replace("¤", "¤\u00a0")
    if whole:
        pattern = pattern.replace(".00", "")
    return babel_numbers.format_currency(amount, currency, pattern, locale=locale, currency_digits=not whole)


@lru_cache(maxsize=8192)
def format_number(number: int | float | Decimal, language: str) -> str:
    """A number with the language's separators, as many decimals as it has (three at most)."""
    return babel_numbers.format_decimal(number, locale=cldr(language))


def format_percent(rate: Decimal, language: str) -> str:
    """A rate given in per cent: 7.70 → 7.7 %."""
    return babel_numbers.format_percent(
        rate / 100, format="#,##0.##%" if language == "en" else "#,##0.## %", locale=cldr(language)
    )


DateStyle = Literal["day", "until", "short", "medium", "long", "until_long"]
_SKELETONS: dict[str, str] = {"short": "MMMd", "medium": "yMMMd"}
# What a person says of a coming delivery; CLDR's skeletons shorten the words in most of our languages.
_DAY = dict.fromkeys(LANGUAGES, "EEEE, d MMMM") | {"en": "EEEE d MMMM", "nb": "EEEE d. MMMM"}
_LONG = {"hy": "EEEE, d MMMM, y թ."}
# After "until" these bend the weekday, which CLDR cannot; the months it has are bent already.
_BENT = {"pl": "d MMMM", "ru": "d MMMM"}


_YEAR = re.compile(r"\s?г\.$")


@lru_cache(maxsize=4096)
def format_date(day: date, language: str, style: DateStyle = "day") -> str:
    """A calendar day: `Thursday 26 November` (day), `26 Nov` (short), `26 Nov 2026` (medium), or all of it (long).

    `until` and `until_long` are `day` and `long` for sentences that put a preposition before them.
    """
    if style in _SKELETONS:
        shown = babel_dates.format_skeleton(_SKELETONS[style], day, locale=cldr(language))
    else:
        shown = babel_dates.format_date(day, _pattern(language, style), locale=cldr(language))
    # The abbreviation of "year" is seldom written on pages, and with the full stop of a sentence it had two.
    return _YEAR.sub("", shown)


def _pattern(language: str, style: DateStyle) -> str:
    day = _BENT.get(language, _DAY[language]) if style.startswith("until") else _DAY[language]
    return day if style in ("day", "until") else _LONG.get(language, day + " y")


def format_moment(moment: datetime, language: str, zone: str) -> str:
    """Day, hour and minute on the wall clock of the zone."""
    local, place = moment.astimezone(babel_dates.get_timezone(zone)), cldr(language)
    day = babel_dates.format_date(local, "medium", locale=place)
    hour = babel_dates.format_time(local, "short", tzinfo=local.tzinfo, locale=place)
    return str(babel_dates.get_datetime_format("medium", locale=place)).format(hour, day)


def length(millimetres: int | float, units: Units, language: str) -> str:
    """A length for people: centimetres (metres from 10 m), or inches to a half (feet and inches from 10 ft)."""
    if units == "imperial":
        inches = round(float(millimetres) / 25.4 * 2) / 2
        if inches < 120:
            return f"{format_number(inches, language)}″"
        return f"{format_number(int(inches // 12), language)}′ {format_number(inches % 12, language)}″"
    if millimetres >= 10_000:
        return _unit(round(float(millimetres) / 1000, 2), "length-meter", language)
    return _unit(round(float(millimetres) / 10, 1), "length-centimeter", language)


def weight(grams: int | float, units: Units, language: str) -> str:
    """A weight for people: grams to 1 kg, then kilograms to a tenth; ounces to 1 lb, then pounds."""
    if units == "imperial":
        ounces = float(grams) / 28.349523125
        unit = ("mass-ounce", ounces) if ounces < 16 else ("mass-pound", ounces / 16)
        return _unit(round(unit[1], 1), unit[0], language)
    if grams < 1000:
        return _unit(round(grams), "mass-gram", language)
    return _unit(round(float(grams) / 1000, 1), "mass-kilogram", language)


# Units that attributes are given in, as millimetres or grams.
_LENGTHS = {"mm": 1, "cm": 10, "m": 1000}
_WEIGHTS = {"g": 1, "kg": 1000}
_IMPERIAL = {
    "ml": ("volume-fluid-ounce", 29.5735295625),
    "l": ("volume-gallon", 3.785411784),
    "m²": ("area-square-foot", 0.09290304),
}


def measure(value: int | float, unit: str, units: Units, language: str) -> str:
    """A number with its unit, in the units of whoever reads it; a unit that has no other stays as it is."""
    if unit in _LENGTHS and (units == "imperial" or unit == "mm"):
        return length(value * _LENGTHS[unit], units, language)
    if unit in _WEIGHTS and units == "imperial" and value * _WEIGHTS[unit] >= 10_000:
        # Whole pounds, rounded down: what something bears is never told larger than it is.
        return _unit(value * _WEIGHTS[unit] // 453.59237, "mass-pound", language)
    if unit in _WEIGHTS and (units == "imperial" or unit == "g"):
        return weight(value * _WEIGHTS[unit], units, language)
    if unit in _IMPERIAL and units == "imperial":
        name, size = _IMPERIAL[unit]
        other = value / size
        return _unit(round(other) if other >= 20 else round(other, 1), name, language)
    return f"{format_number(value, language)} {unit}".strip()


_MEASURES = {"kg": "mass-kilogram", "l": "volume-liter", "m": "length-meter", "m2": "area-square-meter"}


def unit_name(unit: str, language: str) -> str:
    """How a language writes a unit that goods are sold by: "m2" → "m²", "kg" → "кг"; others as they are.

    CLDR's short names are words in some languages ("litry"), which would have to be bent; then the sign is taken.
    """
    code, sign = _MEASURES.get(unit), unit.replace("m2", "m²")
    name = _unit(1, code, language).replace("1", "").strip() if code else sign
    return name if len(name) <= len(sign) else sign


@lru_cache(maxsize=8192)
def _unit(value: float, unit: str, language: str) -> str:
    from babel.units import format_unit

    return format_unit(int(value) if value == int(value) else value, unit, "short", locale=cldr(language))


# The embedded server has no ICU, so short lists are sorted here: letters that a language counts as letters of their
# own come after the one they look like; other marks count only where two words are the same without them (CLDR).
_OWN_LETTERS = {
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
}
# Letters of neighbours, and whose place they take; Unicode has no parts for them, or a language reads them so.
_STANDS_WITH = {
    "": {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"},
    "nb": {"ä": "æ", "ö": "ø", "ü": "y", "ł": "l", "đ": "d"},
    "pl": {"ø": "o", "đ": "d"},
}  # fmt: skip


def sort_key(text: str, language: str) -> tuple[tuple[int, ...], str]:
    """A key that sorts words as that language's dictionaries do."""
    order, stands_with = _letter_order(language), _STANDS_WITH.get(language, _STANDS_WITH[""])
    # Armenian's և stands where եվ does, as it is spoken; folding alone would make եւ of it.
    folded = text.replace("և", "եվ").casefold()
    return tuple(_place(letter, order, stands_with) for letter in folded), folded


@lru_cache(maxsize=16)
def _letter_order(language: str) -> dict[str, int]:
    return {letter: 1000 + place for place, letter in enumerate(_OWN_LETTERS.get(language, ""))}


def _place(letter: str, order: Mapping[str, int], stands_with: Mapping[str, str]) -> int:
    if letter in order:
        return order[letter]
    known = stands_with.get(letter, letter)
    base = known if known in order else unicodedata.normalize("NFD", known)[0]
    if base in order:
        return order[base]
    if base.isalpha():
        return (1000 if base < "\u0250" and not order else 5000) + ord(base)
    return ord(base)
