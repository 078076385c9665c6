"""The page that shows what is collected, and what is not."""

from uuid import UUID

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.people.events import actions as events
from nitka.people.events import queries
from nitka.people.events.models import Rejected
from nitka.people.events.tests import makers as sent

pytestmark = pytest.mark.django_db
ANNA = UUID(int=7)


@pytest.fixture
def owner() -> Client:
    makers.a_shop()
    events.put_built_in_sources()
    return makers.signed_in("owner")


def source() -> int:
    return queries.source("server").id


def test_it_shows_sources_with_their_keys_and_the_last_events(owner: Client) -> None:
    sent.event(evidence=ANNA, name="Product Added", source=source(), properties={"sku": "<b>1</b>"})
    page = owner.get("/back/collection/").content.decode()
    assert queries.source("server").write_key in page
    assert "Product Added" in page and "<b>1" not in page


def test_it_shows_what_was_not_taken_and_why(owner: Client) -> None:
    Rejected.objects.create(source=source(), type="track", name="", reason="no event name", count=3, excerpt="{'a': 1}")
    page = owner.get("/back/collection/?tab=rejected").content.decode()
    assert "no event name × 3" in page


def test_it_tells_people_from_machines_and_sources_apart(owner: Client) -> None:
    sent.event(evidence=ANNA, name="By Anna", source=source())
    sent.event(evidence=ANNA, name="By a robot", source=source(), flags=queries.BOT)
    sent.event(evidence=ANNA, name="From elsewhere", source=source() + 1)
    people = owner.get(f"/back/collection/?who=people&source={source()}").content.decode()
    assert "By Anna" in people and "By a robot" not in people and "From elsewhere" not in people
    assert "By a robot" in owner.get("/back/collection/?who=bots").content.decode()
    assert "By Anna" not in owner.get("/back/collection/?type=page").content.decode()


def test_the_open_page_gets_what_came_after_its_cursor(owner: Client) -> None:
    first = sent.event(evidence=ANNA, name="Seen", source=source())
    last = sent.event(evidence=ANNA, name="New", source=source())
    said = owner.get(f"/back/collection/since?cursor={first}").json()
    assert said["cursor"] == str(last)
    assert [row["id"] for row in said["rows"]] == [str(last)] and "New" in said["rows"][0]["html"]
    assert owner.get("/back/collection/since?cursor=nonsense").status_code == 200


def test_minutes_count_people_and_machines(owner: Client) -> None:
    sent.event(evidence=ANNA, source=source())
    sent.event(evidence=ANNA, source=source(), flags=queries.BOT)
    each = queries.minutes()
    assert len(each) == 30
    assert (sum(one.people for one in each), sum(one.bots for one in each)) == (1, 1)


def test_it_is_not_for_everybody() -> None:
    assert makers.signed_in("agent").get("/back/collection/").status_code == 403
    assert Client().get("/back/collection/").status_code == 302
