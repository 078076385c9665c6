"""Real carriers by the connectors of karrio (LGPL), an extra: `pip install nitka[karrio]` and the connectors wanted.

Each account of NITKA_KARRIO is a carrier here. karrio builds the requests and reads the answers; this adapter bounds
how long that takes, refuses what cannot be a price, and turns every trouble into one of two: not reached, or refused.
Checked against local stand-ins that answer, fail, lie and drip; no account at a carrier was at hand.
"""

import importlib.util
import json

import structlog
from django.conf import settings

from nitka.sale.shipping.providers import Carrier

log = structlog.get_logger(__name__)


def carriers() -> list[Carrier]:
    """One carrier an account; none without accounts, or without the extra."""
    if not settings.NITKA_KARRIO:
        return []
    if importlib.util.find_spec("karrio") is None or importlib.util.find_spec("karrio.sdk") is None:
        log.error("karrio_is_missing", do="pip install nitka[karrio]")
        return []
    return accounts(settings.NITKA_KARRIO)


def accounts(text: str) -> list[Carrier]:
    """The carriers of that JSON: code → connector and what it asks for. One that cannot be read is left out, loudly."""
    from nitka.sale.shipping.providers.karrio.account import Account

    found: list[Carrier] = []
    try:
        told = json.loads(text)
        for code, values in told.items():
            found.append(Account(code, values))
    except Exception as trouble:
        log.error("karrio_account_refused", why=str(trouble)[:300])
    return found
