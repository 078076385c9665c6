"""From what was tried before to a score and what follows. One question and one row for each order."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.sale.payments.risk.models import RiskAttempt
from nitka.sale.payments.risk.rules import ON, WORTH, Rule, disposable, known

_SAME = "(SELECT {sum} FROM (SELECT declines FROM payments_risk_attempts WHERE {where} LIMIT %s) seen)"
KEYS = ("email", "ip", "device", "place", "card")


@dataclass(frozen=True, slots=True)
class Seen:
    """From where somebody orders, as prints; made by the face, which alone knows the request."""

    ip: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What is known of somebody who orders: prints and plain facts, no address and no name."""

    minor: int
    currency: str
    email: str = ""
    ip: str = ""
    device: str = ""
    place: str = ""
    card: str = ""
    mail_host: str = ""
    countries: tuple[str, str] = ("", "")  # of the invoice, of the parcel
    is_first: bool = False  # need be known only of what `is_large`


@dataclass(frozen=True, slots=True)
class Verdict:
    """`action`: allow, challenge, review or refuse; `reasons` are codes of rules."""

    score: int
    action: str
    reasons: tuple[str, ...]


class RiskRefusedProblem(Problem):
    """The order is not taken. The sentence says nothing of the rules, or they would be learned."""

    code = "order_not_taken"

    def __init__(self, attempt: Attempt, verdict: Verdict) -> None:
        super().__init__(_("We cannot take this order online. Please write to us, and we will find a way."))
        self.attempt, self.verdict = attempt, verdict


def print_of(kind: str, text: str) -> str:
    """A keyed print of an address: the same tomorrow, useless without the shop's key, "" for nothing."""
    plain = "".join(text.lower().split())
    if not plain:
        return ""
    key = f"nitka.risk:{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{kind}:{plain}".encode(), hashlib.sha256).hexdigest()[:32]


def print_of_ip(address: str) -> str:
    """A print of an internet address (of IPv6 the network); "" for inner ones: there a proxy hides who asks."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if not found.is_global:
        return ""
    return print_of("ip", ":".join(found.exploded.split(":")[:4]) if found.version == 6 else str(found))


def is_large(minor: int, currency: str) -> bool:
    """Whether it matters that an order of that amount is somebody's first."""
    rules = known()
    rule = rules["first_order"]
    return rules[ON].active and rule.active and minor > rule.most * WORTH.get(currency, 1)


def judge(attempt: Attempt) -> Verdict:
    """What the rules say of an attempt, by one question. Nothing is written."""
    rules = known()
    if not rules[ON].active:
        return Verdict(0, "allow", ())
    counts = _counts(attempt, rules)
    hits = [rule for rule in rules.values() if rule.active and _applies(rule, attempt, counts)]
    score = sum(rule.score for rule in hits)
    return Verdict(score, _action(score, rules), tuple(rule.code for rule in hits))


def note(reference: UUID | None, attempt: Attempt, verdict: Verdict) -> None:
    """Remember the attempt, for those that follow. One statement; none where the rules are off."""
    if not known()[ON].active:
        return
    row = RiskAttempt(
        reference=reference, score=min(verdict.score, 9999), action=verdict.action,
        reasons=list(verdict.reasons), billed=attempt.countries[0][:2], **{key: getattr(attempt, key) for key in KEYS},
    )  # fmt: skip
    RiskAttempt.objects.bulk_create([row])


def note_declined(reference: UUID) -> None:
    """A card was declined: many of these are somebody who tries cards out, be it for one order or for many."""
    RiskAttempt.objects.filter(reference=reference).update(declined=True, declines=F("declines") + 1)


def note_card(reference: UUID, fingerprint: str, country: str = "") -> None:
    """The gateway told its print of the card (never the number) and where it was issued: the verdict is made anew.

    Once an order: what is known of a card comes with its first payment.
    """
    row = RiskAttempt.objects.filter(reference=reference).order_by("-at").first()
    card = print_of("card", fingerprint)
    if row is None or row.card or not card:
        return
    rules = known()
    hits = [
        rule for rule in (rules["card"], rules["card_country"]) if rule.active and _of_card(rule, row, card, country)
    ]
    row.card, row.score = card, min(row.score + sum(rule.score for rule in hits), 9999)
    row.reasons = [*row.reasons, *(rule.code for rule in hits)]
    row.action = _action(row.score, rules) if hits and rules[ON].active else row.action
    row.save(update_fields=["card", "score", "reasons", "action"])


def knows_card(reference: UUID) -> bool:
    """Whether there is nothing to learn of the card: it is known, or nobody asked the rules for that order."""
    return not RiskAttempt.objects.filter(reference=reference, card="").exists()


def _of_card(rule: Rule, row: RiskAttempt, card: str, country: str) -> bool:
    if rule.code == "card_country":
        return bool(country and row.billed and country != row.billed)
    since = clock.now() - timedelta(minutes=rule.minutes)
    earlier = RiskAttempt.objects.filter(card=card, at__gt=since).exclude(reference=row.reference)
    return earlier[: rule.most].count() >= rule.most > 0


def _action(score: int, rules: Mapping[str, Rule]) -> str:
    action = "allow"
    for name in ("challenge", "review", "refuse"):
        if rules[name].active and score >= rules[name].score:
            action = name
    return action


def _applies(rule: Rule, attempt: Attempt, counts: Mapping[str, int]) -> bool:
    if rule.code in counts:
        return counts[rule.code] >= rule.most > 0
    if rule.code == "countries":
        billed, sent = attempt.countries
        return bool(billed and sent and billed != sent)
    if rule.code == "first_order":
        return attempt.is_first and is_large(attempt.minor, attempt.currency)
    return rule.code == "disposable" and _is_disposable(attempt.mail_host)


def _is_disposable(host: str) -> bool:
    """The host or any domain above it is on the list."""
    parts = host.lower().split(".")
    return any(".".join(parts[start:]) in disposable() for start in range(len(parts) - 1))


def _counts(attempt: Attempt, rules: Mapping[str, Rule]) -> dict[str, int]:
    """How many tries share a print with this one; no more are counted than the rule asks, so it stays quick."""
    asked: list[tuple[str, str]] = []
    values: list[Any] = []
    for key in KEYS:
        _ask(asked, values, rules[key], key, key, getattr(attempt, key), declined=False)
    for key in ("email", "ip", "device"):
        _ask(asked, values, rules["declines"], "declines", key, getattr(attempt, key), declined=True)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(sql for _code, sql in asked)}", values)  # columns are ours, values are bound
        found = cursor.fetchone() or ()
    counts: dict[str, int] = {}
    for (code, _sql), count in zip(asked, found, strict=True):
        counts[code] = max(counts.get(code, 0), count)
    return counts


def _ask(
    asked: list[tuple[str, str]],
    values: list[Any],
    rule: Rule,
    code: str,
    column: str,
    value: str,
    *,
    declined: bool,
) -> None:
    if not rule.active or not value or rule.most <= 0:
        return
    where = f"{column} = %s AND {column} <> '' AND at > %s" + (" AND declined" if declined else "")
    total = "coalesce(sum(greatest(declines, 1)), 0)" if declined else "count(*)"
    asked.append((code, _SAME.format(where=where, sum=total)))
    values += [value, clock.now() - timedelta(minutes=rule.minutes), rule.most]
