"""Euro reference rates of the European Central Bank: each working day, no account. No AMD, and no RUB since 2022.

https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/
"""

import re
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from nitka.ground import clock, money
from nitka.ground.web import outbound
from nitka.shelf.pricing.rates import Fetched, RatesProblem

NAME, BASE = "ecb", "EUR"
ADDRESS = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
MOST = 256 * 1024
OLDEST = timedelta(days=10)  # Easter and Christmas have long weekends
# The file is some thirty lines of attributes; read as text, nothing in it can name entities or other files.
_DAY = re.compile(r"""<Cube\s+time=['"](\d{4}-\d{2}-\d{2})['"]""")
_RATE = re.compile(r"""<Cube\s+currency=['"]([A-Z]{3})['"]\s+rate=['"](\d{1,9}(?:\.\d{1,9})?)['"]""")


def fetch() -> Fetched:
    """The rates of the last working day. Raises RatesProblem; call it outside of transactions."""
    try:
        answer = outbound.get(ADDRESS, {"Accept": "application/xml"}, seconds=10, most=MOST)
    except outbound.NotSent as trouble:
        raise RatesProblem(_("The European Central Bank did not answer: %(why)s.") % {"why": trouble}) from None
    if answer.status != 200:
        raise RatesProblem(_("The European Central Bank answered with %(status)s.") % {"status": answer.status})
    return read(answer.excerpt)


def read(text: str) -> Fetched:
    """The file as rates. Raises RatesProblem for what cannot be today's file."""
    day, found = _DAY.search(text), {code: Decimal(rate) for code, rate in _RATE.findall(text)}
    try:
        on = date.fromisoformat(day.group(1)) if day else None
    except ValueError:
        on = None
    if on is None or not clock.today("UTC") - OLDEST <= on <= clock.today("UTC") + timedelta(days=1):
        raise RatesProblem(_("The rates of the European Central Bank are of another time; nothing was changed."))
    if (
        len(found) < 10
        or "USD" not in found
        or any(rate <= 0 or not _is_currency(code) for code, rate in found.items())
    ):
        raise RatesProblem(_("The European Central Bank sent something else than rates; nothing was changed."))
    return Fetched(NAME, BASE, on, found)


def _is_currency(code: str) -> bool:
    try:
        money.exponent(code)
    except ValueError:
        return False
    return True
