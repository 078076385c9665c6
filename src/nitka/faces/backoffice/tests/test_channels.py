"""Channels in the back office: read, tried, changed, put in order, applied to the past."""

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.ground import clock
from nitka.people.events import queries
from nitka.people.events.default_rules import DEFAULT_RULES
from nitka.people.events.visits import Session

pytestmark = pytest.mark.django_db
PAGE = "/back/settings/channels/"
SOMEBODY = "00000000-0000-0000-0000-000000000001"


def a_visit(channel: str = "paid_search", *, bot: bool = False) -> None:
    now = clock.now()
    Session.objects.create(
        visitor=SOMEBODY, evidence=SOMEBODY, evidences=[], started_at=now, last_at=now, channel=channel,
        source="google", medium="cpc", pages=3, bot=bot,
    )  # fmt: skip


def test_it_is_the_owners_and_managers_page() -> None:
    assert makers.signed_in("agent").get(PAGE).status_code == 403
    assert makers.signed_in("manager").get(PAGE).status_code == 200


def test_visits_are_of_people_unless_all_are_asked_for() -> None:
    a_visit()
    a_visit(bot=True)
    client = makers.signed_in()
    text = client.get(PAGE).content.decode()
    assert "1 visit of a machine is left out." in text and "Of machines" not in text
    assert "Of machines" in client.get(PAGE, {"who": "all"}).content.decode()


def test_an_address_is_tried_against_the_rules() -> None:
    text = makers.signed_in().get(PAGE, {"address": "shop.example/?utm_source=chatgpt.com"}).content.decode()
    assert "<strong>AI assistants</strong>" in text and "by rule" in text


def test_a_rule_is_made_changed_moved_and_taken_away() -> None:
    client = makers.signed_in()
    assert client.get(f"{PAGE}0/").status_code == 200
    answer = client.post(f"{PAGE}0/", {"channel": "Influencers", "campaign": "influ*\nblog, post"})
    assert answer.status_code == 303
    assert queries.channel_rules()[0].conditions == {"campaign": ("influ*", "blog, post")}
    client.post(f"{PAGE}move", {"line": "1", "to": "2"})
    assert queries.channel_rules()[1].channel == "Influencers"
    client.post(f"{PAGE}2/", {"channel": "Bloggers", "source": "@social"})
    assert queries.channel_rules()[1].channel == "Bloggers"
    client.post(f"{PAGE}remove", {"line": "2"})
    assert len(queries.channel_rules()) == len(DEFAULT_RULES)
    client.post(f"{PAGE}restore")
    assert queries.channel_rules()[0].id is None
    assert makers.audit("channels.rule") == ["Bloggers", "Influencers"]


def test_what_was_typed_stays_when_it_is_refused() -> None:
    text = makers.signed_in().post(f"{PAGE}0/", {"channel": "Mine", "campaign": "~(["}).content.decode()
    assert "is no regular expression" in text and 'value="Mine"' in text and "~([" in text
    assert queries.channel_rules()[0].id is None


def test_hosts_are_kept_and_the_past_follows() -> None:
    client = makers.signed_in()
    client.post(f"{PAGE}hosts", {"paying": "pay.example\nbank.example", "own": ""})
    assert queries.quiet_hosts()[0] == ["bank.example", "pay.example"]
    a_visit("something old")
    client.post(f"{PAGE}reapply")
    assert "1 visit has another channel now." in client.get(PAGE).content.decode()
    assert Session.objects.get().channel == "paid_search"


@pytest.mark.parametrize("line", [999, 9999])
def test_there_is_no_page_of_a_rule_that_is_not_there(line: int) -> None:
    assert makers.signed_in().get(f"{PAGE}{line}/").status_code == 404


def test_a_deed_on_a_rule_that_went_meanwhile_says_so() -> None:
    client = makers.signed_in()
    client.post(f"{PAGE}remove", {"line": "x"})
    assert "This rule is not there any more." in client.get(PAGE).content.decode()
