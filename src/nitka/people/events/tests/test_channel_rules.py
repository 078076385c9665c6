"""The merchant's own rules: the first change copies the built-in ones; order decides; the past can follow."""

from datetime import timedelta

import pytest

from nitka.ground import clock
from nitka.people.events import actions, queries
from nitka.people.events.actions import ChannelRuleProblem
from nitka.people.events.default_rules import DEFAULT_RULES
from nitka.people.events.visits import Session

pytestmark = pytest.mark.django_db


def channel(address: str) -> str:
    return queries.try_address(address).channel


def test_the_built_in_rules_hold_until_one_is_changed() -> None:
    assert [each.channel for each in queries.channel_rules()] == [rule.channel for rule in DEFAULT_RULES]
    assert queries.channel_rules()[0].id is None
    actions.put_channel_rule(channel="Influencers", conditions={"campaign": ["*influ*"]})
    rules = queries.channel_rules()
    assert len(rules) == len(DEFAULT_RULES) + 1 and rules[0].channel == "Influencers" and rules[0].id is not None
    assert channel("https://shop.example/?utm_source=google&utm_medium=cpc&utm_campaign=INFLU-1") == "Influencers"
    assert channel("https://shop.example/?utm_source=google&utm_medium=cpc") == "paid_search"
    actions.restore_channel_rules()
    assert queries.channel_rules()[0].id is None


def test_rules_move_and_the_first_that_holds_wins() -> None:
    actions.put_channel_rule(channel="Mine", conditions={"source": ["google"]})
    assert queries.try_address("https://shop.example/?gclid=1").line == 1
    actions.move_channel_rule(line=1, to=999)
    assert channel("https://shop.example/?gclid=1") == "paid_search"
    assert queries.channel_rules()[-1].channel == "Mine"
    actions.move_channel_rule(line=len(queries.channel_rules()), to=2)
    assert queries.channel_rules()[1].channel == "Mine"


def test_a_rule_is_changed_in_its_place_and_taken_away() -> None:
    actions.put_channel_rule(channel="Mine", conditions={"source": ["google"]})
    actions.put_channel_rule(channel="Ours", conditions={"source": ["@search"]}, line=1)
    assert queries.channel_rules()[0].conditions == {"source": ("@search",)}
    actions.remove_channel_rule(line=1)
    assert len(queries.channel_rules()) == len(DEFAULT_RULES)


@pytest.mark.parametrize(("name", "conditions"), [
    ("", {"source": ["x"]}), ("Mine", {}), ("Mine", {"source": ["  "]}), ("Mine", {"source": ["@nothing"]}),
    ("Mine", {"campaign": ["~(["]}), ("Mine", {"source": ["x" * 201]}),
])  # fmt: skip
def test_it_refuses_rules_that_mean_nothing(name: str, conditions: dict[str, list[str]]) -> None:
    with pytest.raises(ChannelRuleProblem):
        actions.put_channel_rule(channel=name, conditions=conditions)
    assert queries.channel_rules()[0].id is None


def test_it_refuses_hosts_that_are_none() -> None:
    with pytest.raises(ChannelRuleProblem):
        actions.set_quiet_hosts(paying=["https://pay.example/x"], own=[])
    actions.set_quiet_hosts(paying=["WWW.Pay.example", ""], own=["blog.shop.example"])
    assert queries.quiet_hosts() == (["pay.example"], ["blog.shop.example"])


def test_past_visits_follow_new_rules_when_asked() -> None:
    now = clock.now()
    for source in ("google", "google", "bing"):
        Session.objects.create(
            visitor="00000000-0000-0000-0000-000000000001", evidence="00000000-0000-0000-0000-000000000001",
            evidences=[], started_at=now, last_at=now, channel="paid_search", source=source, medium="cpc", click="gclid",
        )  # fmt: skip
    actions.put_channel_rule(channel="Google Ads", conditions={"source": ["google"], "click": ["gclid"]})
    assert actions.reapply_channels() == 2
    assert actions.reapply_channels() == 0
    numbers = queries.sessions_by_channel(now - timedelta(hours=1), now + timedelta(hours=1), "all")
    assert [(each.channel, each.sessions) for each in numbers] == [("Google Ads", 2), ("paid_search", 1)]
