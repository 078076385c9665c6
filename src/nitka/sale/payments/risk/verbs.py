"""What the merchant can do with the rules, and what the clock does with what they remember."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from nitka.ground import clock
from nitka.sale.payments.risk.models import RiskAttempt, RiskRule
from nitka.sale.payments.risk.rules import Rule, known

FIGURES = ("active", "score", "most", "minutes")
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class RiskView:
    """What the rules said of an order. `reasons` are sentences in the active language."""

    score: int
    action: str
    reasons: tuple[str, ...]


def risk_rules() -> tuple[Rule, ...]:
    """All rules with the merchant's figures."""
    return tuple(known().values())


@transaction.atomic
def put_risk_rules(*, rules: Mapping[str, Mapping[str, int | bool]]) -> None:
    """Set figures of rules by their code: `active`, `score`, `most` (count or minor units), `minutes`."""
    before = {rule.code: rule for rule in risk_rules()}
    for code, values in rules.items():
        if code in before:
            whole = {name: values.get(name, getattr(before[code], name)) for name in FIGURES}
            RiskRule.objects.update_or_create(code=code, defaults=whole)
    transaction.on_commit(known.forget)
    known.forget()


def risk_of(reference: UUID) -> RiskView | None:
    """What the rules said when that order was placed; None where they were not asked or it is forgotten."""
    row = RiskAttempt.objects.filter(reference=reference).order_by("-at").first()
    if row is None:
        return None
    titles = {rule.code: rule.title for rule in risk_rules()}
    return RiskView(row.score, row.action, tuple(titles.get(code, code) for code in row.reasons))


def forget_old_attempts() -> int:
    """Tries are remembered for ninety days. Returns how many were forgotten."""
    gone, _each = RiskAttempt.objects.filter(at__lt=clock.now() - KEPT).delete()
    return gone
