"""VIES, the register of the European Commission: free, no account, and now and then one country of it is away.

https://ec.europa.eu/taxation_customs/vies/
"""

import json
from typing import Any

from nitka.ground.web import outbound
from nitka.shelf.pricing.vat_registers import Said

NAME = "vies"
ADDRESS = "https://ec.europa.eu/taxation_customs/vies/rest-api/ms/{country}/vat/{number}"


def ask(number: str) -> Said:
    """What the register says. Whatever is not a plain yes or no is unknown: nobody is refused because VIES is down."""
    url = ADDRESS.format(country=number[:2], number=number[2:])
    try:
        answer = outbound.get(url, {"Accept": "application/json"}, seconds=15)
        said: Any = json.loads(answer.excerpt) if answer.status == 200 else None
    except (outbound.NotSent, ValueError):
        return Said("unknown")
    if not isinstance(said, dict):
        return Said("unknown")
    name, proof = str(said.get("name") or "")[:200], str(said.get("requestIdentifier") or "")[:80]
    if said.get("isValid") is True and said.get("userError") in ("VALID", None):
        return Said("valid", "" if name == "---" else name, proof)
    # A country that is away answers isValid false too; only its own word for "no such number" is a no.
    return Said("invalid" if said.get("userError") == "INVALID" else "unknown")
