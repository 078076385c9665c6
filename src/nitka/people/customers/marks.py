"""The marks that people are known by: their ids, and the one form in which each is written."""

import re
from hashlib import blake2b
from uuid import UUID

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

KINDS = ("device", "login", "email", "phone", "whatsapp", "messenger", "instagram", "telegram", "viber",
         "external")  # fmt: skip
LONGEST = 255
# What programs send when they know nobody. Segment blocks `^[0-]*$`, -1, null and anonymous; the rest we met.
JUNK = frozenset({
    "-1", "null", "undefined", "anonymous", "anon", "guest", "none", "nan", "nil", "n/a", "na", "unknown", "void",
    "false", "true", "user", "userid", "user_id", "user-id", "id", "anonymousid", "anonymous_id", "visitor",
    "not set", "(not set)", "not_set", "empty", "default", "string", "admin", "demo", "dummy", "example", "foo", "bar",
    "xxx", "deleted", "(null)", "(none)", "[object object]", "invalid date", "infinity", "-infinity",
})  # fmt: skip
ZEROS = re.compile(r"^[0\-_. ]*$")
TESTS = re.compile(r"^test(ing|er)?([-_ ]?(user|id|customer|account))?[-_ ]?\d*$")
PLACEHOLDER = re.compile(r"^(\{\{?|\$\{|<%?|%|\[).*(\}|>|%|\])$")
ONE_DIGIT = re.compile(r"^(\d)\1*$")


def evidence_id(kind: str, value: str) -> UUID:
    """The id of that evidence; the same everywhere and for ever, so nobody has to look it up. Takes a normal value."""
    return UUID(bytes=blake2b(f"{kind}\0{value}".encode(), digest_size=16).digest())


def normal(kind: str, value: object, country: str = "") -> str | None:
    """The value in the one form that is kept; None for junk, for a kind that does not exist, and for what is too long.

    `country` (ISO alpha-2) reads a telephone that was written without its country. E-mail in small letters; telephones
    as E.164, with the two ways in which Argentina, Mexico and Brazil write a mobile folded into one.
    """
    if not isinstance(value, str | int) or isinstance(value, bool) or kind not in KINDS:
        return None
    text = "".join(letter for letter in str(value) if letter.isprintable()).strip()
    if not text or len(text) > LONGEST:
        return None
    if kind == "email":
        return _email(text)
    if kind == "phone":
        return _phone(text, country)
    if is_junk(text):
        return None
    return _whatsapp(text) if kind == "whatsapp" else text


def is_junk(text: str) -> bool:
    """Whether programs write this where they know nobody: such an id would make strangers one person."""
    small = text.strip().strip("\"'").lower()
    return bool(small in JUNK or ZEROS.match(small) or TESTS.match(small) or PLACEHOLDER.match(small))


def _email(text: str) -> str | None:
    import unicodedata

    small = unicodedata.normalize("NFKC", text).strip().lower()
    try:
        validate_email(small)
    except ValidationError:
        return None
    return small if len(small) <= 254 else None


def _phone(text: str, country: str) -> str | None:
    if not text.startswith("+") and text.startswith("00"):
        text = "+" + text[2:]
    try:
        read = phonenumbers.parse(text, country.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    national = phonenumbers.national_significant_number(read)
    if ONE_DIGIT.match(national) or national in "01234567890123456789" or len(national) < 6:
        return None
    whole = fold(f"{read.country_code}{national}")
    return f"+{whole}" if 8 <= len(whole) <= 15 else None


def fold(digits: str) -> str:
    """One form for the mobiles that are written in two: Argentina's 9, Mexico's 1, Brazil's ninth digit."""
    if digits.startswith("549") and len(digits) == 13:
        return "54" + digits[3:]
    if digits.startswith("521") and len(digits) == 13:
        return "52" + digits[3:]
    # Brazilian mobiles got a 9 in front; WhatsApp still names old ones by eight digits, which began with 6 to 9.
    if digits.startswith("55") and len(digits) == 12 and digits[4] in "6789":
        return digits[:4] + "9" + digits[4:]
    return digits


def _whatsapp(text: str) -> str:
    # A business-scoped id ("US.1349…") is kept as it is but for its country; an older id is a telephone in digits.
    plain = text.removeprefix("+")
    if plain.isdigit():
        return fold(plain)
    head, dot, rest = text.partition(".")
    return head.upper() + dot + rest
