"""Where a value comes from, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground import locale


def told() -> str:
    return _("told by the customer")


def from_orders(count: int) -> str:
    return ngettext("from %(count)d order", "from %(count)d orders", count) % {"count": count}


def from_visits(count: int) -> str:
    return ngettext("from %(count)d visit", "from %(count)d visits", count) % {"count": count}


def from_messages(count: int) -> str:
    return ngettext("from %(count)d message", "from %(count)d messages", count) % {"count": count}


def times(count: int) -> str:
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


def days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def named(name: str, what: str) -> str:
    """`lamp: 3 times`, as the language writes it."""
    return _("%(name)s: %(what)s") % {"name": name, "what": what}


def most(tally: dict[str, Any], number: int = 5) -> list[tuple[str, list[Any]]]:
    """The heaviest words of a tally first; the younger one where two weigh the same."""
    return sorted(tally.items(), key=lambda row: (-row[1][0], [-row[1][-1][0], row[0]]))[:number]


def country(code: str, language: str) -> str:
    return str(locale.cldr(language).territories.get(code, code))


def language_name(code: str) -> str:
    return locale.LANGUAGE_NAMES.get(code, code)


def currency(code: str, language: str) -> str:
    return str(locale.cldr(language).currencies.get(code, code))
