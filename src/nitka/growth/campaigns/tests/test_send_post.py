"""Posts by Meta's API, against a stand-in that hangs up, breaks and refuses: what stands there stands there once."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from PIL import Image

from nitka.ground.facts.models import FactRow
from nitka.growth.campaigns import actions
from nitka.growth.campaigns.models import Mention, SocialPost
from nitka.growth.campaigns.tests.makers import (
    ACCOUNT,
    PAGE,
    SHOP,
    TOKEN,
    Graph,
    clean,
    due,
    running,
    try_until_settled,
)

pytestmark = pytest.mark.django_db
TOO_MUCH = {"code": 4, "message": "Application request limit reached"}
THEIRS = {"code": 2, "message": "Temporary", "is_transient": True}
FAULTS = [
    "lost",
    "broken",
    "down",
    None,
    THEIRS,
    TOO_MUCH,
    {"code": 506, "message": "Duplicate"},
    b"[]",
    b"\x00",
    b"{}",
]


@pytest.fixture
def graph(settings, tmp_path: Path) -> Iterator[type[Graph]]:
    Image.new("RGB", (60, 40), "#886644").save(tmp_path / "lamp.webp")
    settings.MEDIA_ROOT, settings.NITKA_PUBLIC_URL = tmp_path, SHOP
    settings.META_TOKEN, settings.META_PAGE, settings.META_INSTAGRAM = TOKEN, PAGE, ACCOUNT
    settings.OUTBOUND_MAY_REACH = ("127.0.0.1",)
    with running() as address:
        settings.META_GRAPH_URL = address
        yield clean()


def test_a_post_goes_to_the_page_with_a_link_that_says_where_visitors_come_from(graph, settings) -> None:
    post = try_until_settled(due(picture="lamp.webp"))
    (row,) = graph.page
    assert post.state == "sent" and post.outside_id == row["id"]
    words, _gap, link = row["message"].rpartition("\n\n")
    query = parse_qs(urlsplit(link).query)
    assert words == "Warm wool" and link.startswith(f"{SHOP}/en/?")
    assert query["utm_source"] == ["facebook"] and query["utm_content"] == [str(post.id)]
    picture = Image.open(Path(settings.MEDIA_ROOT) / row["url"].removeprefix(f"{SHOP}/media/"))
    assert picture.format == "JPEG" and picture.size == (1080, 1080)
    assert FactRow.objects.filter(kind="campaigns.social_post_sent").count() == 1


def test_instagram_gets_a_container_and_its_publication(graph) -> None:
    post = try_until_settled(due("instagram", picture="lamp.webp"))
    assert post.state == "sent" and len(graph.account) == 1
    assert post.outside_address == f"https://www.instagram.com/p/{post.outside_id}/"
    assert [each[0] for each in graph.asked][:3] == [
        f"POST {ACCOUNT}/media", "GET 5000", f"POST {ACCOUNT}/media_publish",
    ]  # fmt: skip


@pytest.mark.parametrize("network", ["facebook", "instagram"])
@pytest.mark.parametrize("path", ["/en/", ""])
@effort(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@example(faults=[None, None, "lost"])  # Instagram's third question is the publication
@example(faults=["lost", "down", THEIRS])
@given(faults=st.lists(st.sampled_from(FAULTS), max_size=7))
def test_whatever_goes_wrong_it_never_stands_there_twice(graph, network: str, path: str, faults: list[object]) -> None:
    clean()
    graph.faults = list(faults)
    post = try_until_settled(due(network, path=path, picture="lamp.webp"))
    standing = graph.page if network == "facebook" else graph.account
    assert len(standing) <= 1
    assert (post.state == "sent") <= (len(standing) == 1)
    assert post.state in ("sent", "failed") and TOKEN not in post.trouble
    if post.state == "failed":
        assert post.trouble
        actions.send_now(post_id=post.id)
        graph.faults = []
        assert try_until_settled(post.id).state == "sent" and len(standing) == 1


def test_a_worker_that_died_half_way_left_a_post_that_is_looked_for_first(graph) -> None:
    post_id = due()
    graph.faults = [None]
    actions.send_post(post_id=post_id)
    SocialPost.objects.filter(id=post_id).update(state="sending", outside_id="")  # it died before it wrote it down
    assert actions.send_due() == 0
    post = try_until_settled(post_id)
    assert post.state == "sent" and len(graph.page) == 1 and post.outside_id == graph.page[0]["id"]


def test_a_token_that_is_no_longer_good_is_not_tried_again_and_never_shown(graph) -> None:
    graph.faults = [{"code": 190, "message": f"Error validating {TOKEN}: it expired" + "x" * 5_000}]
    post = try_until_settled(due())
    assert post.state == "failed" and post.tries == 1 and len(graph.asked) == 1
    assert post.trouble.startswith("190: Error validating …")
    assert FactRow.objects.filter(kind="campaigns.social_post_failed").count() == 1


def test_a_container_that_expired_is_made_anew(graph) -> None:
    post_id = due("instagram", picture="lamp.webp")
    graph.faults = [None, TOO_MUCH]
    actions.send_post(post_id=post_id)
    graph.containers["5000"]["status_code"] = "EXPIRED"
    assert try_until_settled(post_id).state == "sent"
    assert len(graph.account) == 1 and graph.containers["5001"]["status_code"] == "PUBLISHED"


def test_without_an_account_it_is_kept_and_said_so(settings) -> None:
    settings.META_TOKEN = ""
    post = try_until_settled(due())
    assert post.state == "kept" and post.provider == "dry_run" and "Warm wool" in post.shown
    assert "utm_medium=social" in post.shown and not FactRow.objects.filter(kind="campaigns.social_post_sent")


def test_what_was_said_is_read_in_once_and_not_again_when_it_was_forgotten(graph) -> None:
    comment = {
        "id": "1001_5",
        "message": "Lovely!",
        "from": {"id": "9", "name": "Ola"},
        "permalink_url": "javascript:1",
    }
    own = {"id": "1001_6", "message": "Thank you", "from": {"id": PAGE, "name": "Us"}}
    graph.page.append({"id": "1001_1", "message": "x", "comments": {"data": [comment, own, "?", {"id": {}}]}})
    graph.heard[f"{ACCOUNT}/tags"] = [
        {"id": "31", "caption": "A gift \x00", "username": "per", "timestamp": "2999-01-01T00:00:00+0000"},
        {"id": "../x", "caption": "no"},
    ]
    assert actions.read_mentions() == 2 and actions.read_mentions() == 0
    seen = {each.author: each for each in Mention.objects.all()}
    assert set(seen) == {"Ola", "per"} and seen["Ola"].address == "" and seen["Ola"].about == "1001_1"
    actions.forget_mention(mention_id=seen["Ola"].id)
    assert actions.read_mentions() == 0 and not Mention.objects.filter(author="Ola")
    assert FactRow.objects.filter(kind="campaigns.mention_seen").count() == 2
    graph.faults = [b"[" * 100_000, "down", {"code": "many", "error_subcode": [], "message": 7}]
    assert actions.read_mentions() == 0
