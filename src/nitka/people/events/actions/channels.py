"""How the merchant tells channels apart. The first change copies the built-in rules, which then are theirs."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem
from nitka.people.events import channel_book
from nitka.people.events.channels import FIELDS, Touch, channel_of
from nitka.people.events.default_rules import DEFAULT_RULES
from nitka.people.events.known_sites import LISTS
from nitka.people.events.visits import ChannelRule, QuietHosts, Session

MOST_RULES = 200
MOST_PATTERNS = 100
_TOUCH = ("source", "medium", "campaign", "click", "referrer")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class ChannelRuleProblem(Problem):
    """A rule or a list of hosts that cannot be kept; the message says why."""

    code = "bad_channel_rule"
    status = 422


@transaction.atomic
def put_channel_rule(
    *, channel: str, conditions: Mapping[str, Sequence[str]], line: int | None = None
) -> int:  # fmt: skip
    """Change the rule at that line (from 1), or add one at the top; returns its line.

    Raises ChannelRuleProblem for a rule without a channel or conditions, an unknown list, a broken expression.
    """
    name = channel.strip()[:60]
    clean = {field: _patterns(conditions.get(field, ())) for field in FIELDS}
    clean = {field: patterns for field, patterns in clean.items() if patterns}
    if not name:
        raise ChannelRuleProblem(_("Say which channel it is."))
    if not clean:
        raise ChannelRuleProblem(_("Say at least one thing by which it is known."))
    rows = _own_rows()
    if line is None:
        if len(rows) >= MOST_RULES:
            raise ChannelRuleProblem(_("There are too many rules. Take one away first."))
        _write([ChannelRule(channel=name, conditions=clean), *rows])
        return 1
    row = _at(rows, line)
    row.channel, row.conditions = name, clean
    row.save(update_fields=["channel", "conditions"])
    return line


@transaction.atomic
def move_channel_rule(*, line: int, to: int) -> None:
    """Put the rule of one line (from 1) at another; those between move up or down."""
    rows = _own_rows()
    row = _at(rows, line)
    rows.remove(row)
    rows.insert(min(max(to, 1), len(rows) + 1) - 1, row)
    _write(rows)


@transaction.atomic
def remove_channel_rule(*, line: int) -> None:
    """Take a rule away. Raises ChannelRuleProblem for the last one: without any the built-in ones would return."""
    rows = _own_rows()
    row = _at(rows, line)
    if len(rows) == 1:
        raise ChannelRuleProblem(_("One rule must stay. Take back the built-in ones instead."))
    rows.remove(row)
    row.delete()
    _write(rows)


@transaction.atomic
def restore_channel_rules() -> None:
    """Let the built-in rules hold again."""
    ChannelRule.objects.all().delete()


@transaction.atomic
def set_quiet_hosts(*, paying: Iterable[str], own: Iterable[str]) -> None:
    """Say where money is taken and which other houses the shop has. Raises ChannelRuleProblem for what is no host."""
    QuietHosts.objects.update_or_create(id=1, defaults={"paying": _hosts(paying), "own": _hosts(own)})


@transaction.atomic
def reapply_channels() -> int:
    """Give past visits the channels that the rules of now say; returns how many changed. Where visits begin stays."""
    book, changed = channel_book.read(), 0
    kinds = Session.objects.values_list("channel", *_TOUCH).distinct()
    for channel, *values in list(kinds):
        touch = dict(zip(_TOUCH, values, strict=True))
        now = channel_of(Touch(**touch), book.rules)[:60]
        if now != channel:
            changed += Session.objects.filter(channel=channel, **touch).update(channel=now)
    return changed


def _own_rows() -> list[ChannelRule]:
    rows = list(ChannelRule.objects.select_for_update())
    if rows:
        return rows
    rows = [
        ChannelRule(
            position=place, channel=rule.channel,
            conditions={name: list(getattr(rule, name)) for name in FIELDS if getattr(rule, name)},
        )
        for place, rule in enumerate(DEFAULT_RULES, 1)
    ]  # fmt: skip
    return ChannelRule.objects.bulk_create(rows)


def _at(rows: Sequence[ChannelRule], line: int) -> ChannelRule:
    if not 1 <= line <= len(rows):
        raise ChannelRuleProblem(_("This rule is not there any more."))
    return rows[line - 1]


def _write(rows: Sequence[ChannelRule]) -> None:
    for place, row in enumerate(rows, 1):
        row.position = place
    ChannelRule.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["position", "channel", "conditions"]
    )


def _patterns(given: Iterable[str]) -> list[str]:
    patterns = [each.strip() for each in given if each.strip()][:MOST_PATTERNS]
    for pattern in patterns:
        if len(pattern) > 200:
            raise ChannelRuleProblem(_("A pattern may have 200 letters."))
        if pattern.startswith("@") and pattern[1:] not in LISTS:
            raise ChannelRuleProblem(
                _("There is no list %(name)s. There are: %(names)s.")
                % {"name": pattern, "names": ", ".join(f"@{name}" for name in LISTS)}
            )
        if pattern.startswith("~"):
            try:
                re.compile(pattern[1:])
            except re.error:
                raise ChannelRuleProblem(_("%(text)s is no regular expression.") % {"text": pattern[1:]}) from None
    return patterns


def _hosts(given: Iterable[str]) -> list[str]:
    hosts = sorted({each.strip().lower().removeprefix("www.") for each in given if each.strip()})
    for host in hosts:
        if not _HOST.fullmatch(host) or len(host) > 200:
            raise ChannelRuleProblem(_("%(text)s is no host such as pay.example.com.") % {"text": host})
    return hosts
