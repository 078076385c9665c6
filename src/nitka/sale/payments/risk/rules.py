"""The rules, their defaults, and the merchant's figures over them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from nitka.ground.remembered import Remembered
from nitka.sale.payments.risk.models import RiskRule

ON = "on"
ACTIONS = ("challenge", "review", "refuse")  # of these rules the score is the sum from which they apply


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `score` points where more than `most` were seen within `minutes`, or above `most` minor units."""

    code: str
    score: int
    most: int = 0
    minutes: int = 0
    active: bool = True

    @property
    def title(self) -> str:
        """What it looks for, in the active language."""
        return _titles().get(self.code, self.code)


# Nobody is refused for one thing alone. Amounts are minor units of the market's currency of two decimals (EUR, USD).
DEFAULTS = (
    Rule(ON, 0),
    Rule("challenge", 50),
    Rule("review", 70),
    Rule("refuse", 110),
    Rule("email", 25, most=5, minutes=60),
    Rule("device", 25, most=5, minutes=60),
    Rule("ip", 20, most=15, minutes=60),
    Rule("place", 20, most=6, minutes=1440),
    Rule("card", 40, most=4, minutes=60),
    Rule("declines", 60, most=4, minutes=60),
    Rule("countries", 20),
    Rule("card_country", 20),
    Rule("first_order", 25, most=60_000),
    Rule("disposable", 30),
)
# The currencies whose units are worth much less: the same worth in their minor units.
WORTH = {"PLN": 4, "NOK": 11, "RUB": 100, "AMD": 430}


def _titles() -> dict[str, str]:
    return {
        ON: _("Look at orders for signs of fraud"),
        "challenge": _("From this sum the payer must prove who they are (3-D Secure)"),
        "review": _("From this sum a person looks at the order before it is packed"),
        "refuse": _("From this sum the order is not taken"),
        "email": _("Many orders by one e-mail address"),
        "device": _("Many orders from one device"),
        "ip": _("Many orders from one internet address"),
        "place": _("Many orders to one address of delivery"),
        "card": _("Many orders by one card"),
        "declines": _("Many declined cards: somebody tries cards out"),
        "card_country": _("The card is of another country than the invoice"),
        "countries": _("Invoice and parcel go to different countries"),
        "first_order": _("A first order above this amount"),
        "disposable": _("A throw-away e-mail address"),
    }


def _load() -> Mapping[str, Rule]:
    rows = {row.code: row for row in RiskRule.objects.all()}
    return {
        rule.code: replace(
            rule, score=row.score, most=row.most, minutes=row.minutes, active=row.active
        ) if (row := rows.get(rule.code)) else rule
        for rule in DEFAULTS
    }  # fmt: skip


known = Remembered(_load)


@cache
def disposable() -> frozenset[str]:
    """Hosts that hand out mail addresses for minutes."""
    text = files("nitka.sale.payments.risk").joinpath("disposable.txt").read_text()
    return frozenset(line.strip() for line in text.splitlines() if line and not line.startswith("#"))
