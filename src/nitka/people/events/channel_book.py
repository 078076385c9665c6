"""The rules that hold now: the merchant's own, or the built-in ones where they wrote none."""

from collections.abc import Mapping
from dataclasses import dataclass

from nitka.people.events.channels import FIELDS, Rule
from nitka.people.events.default_rules import DEFAULT_RULES
from nitka.people.events.known_sites import PAYMENT_HOSTS
from nitka.people.events.visits import ChannelRule, QuietHosts


@dataclass(frozen=True)
class Book:
    """Rules from the top, and the hosts that bring nobody anew."""

    rules: tuple[Rule, ...]
    paying: frozenset[str]
    own: frozenset[str]


def read() -> Book:
    """All of it; two questions."""
    rows = tuple(rule_of(row.channel, row.conditions) for row in ChannelRule.objects.all())
    hosts = QuietHosts.objects.first()
    paying, own = (hosts.paying, hosts.own) if hosts else (PAYMENT_HOSTS, ())
    return Book(rows or DEFAULT_RULES, frozenset(paying), frozenset(own))


def rule_of(channel: str, conditions: Mapping[str, list[str]]) -> Rule:
    """A rule from what its row keeps."""
    return Rule(channel, **{name: tuple(conditions.get(name, ())) for name in FIELDS})
