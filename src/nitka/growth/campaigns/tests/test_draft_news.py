"""Posts that write themselves, and what people may do with them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.growth.campaigns import actions, queries
from nitka.growth.campaigns.models import SocialPost
from nitka.shelf.catalog.models import Product
from nitka.shelf.inventory.tests.makers import variants
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing.tests.makers import markets

pytestmark = pytest.mark.django_db


def test_a_new_product_becomes_a_draft_for_each_network_once() -> None:
    variants(1, handle="lamp")
    assert actions.draft_news() == 2 and actions.draft_news() == 0
    row = SocialPost.objects.get(network="facebook")
    assert row.state == "draft" and row.text.startswith("New: Lamp") and row.path == "/en/p/lamp/"


def test_what_was_published_long_ago_or_is_a_draft_is_no_news() -> None:
    for handle in ("old", "draft"):
        variants(1, handle=handle)
    Product.objects.filter(handle="old").update(published_at=clock.now() - timedelta(days=4))
    Product.objects.filter(handle="draft").update(status="draft")
    assert actions.draft_news() == 0


def test_an_import_of_many_makes_ten_products_a_day_and_the_rest_later() -> None:
    for number in range(13):
        variants(1, handle=f"cup-{number}")
    assert actions.draft_news() == 20 and actions.draft_news() == 0
    with clock.freeze(clock.now() + timedelta(days=1)):
        assert actions.draft_news() == 6


def test_a_sale_and_a_promotion_for_everybody_become_drafts_when_they_begin() -> None:
    markets()
    now = clock.now()
    later = now + timedelta(hours=2)
    pricing.put_list(name="Winter sale", market="eu", kind="sale", starts_at=later, ends_at=now + timedelta(days=9))
    ten = {"kind": "percent", "percent": "10"}
    pricing.put_promotion(name="ten", label={"en": "Ten per cent off"}, benefit=ten, starts_at=later)
    pricing.put_promotion(name="secret", label={"en": "Psst"}, benefit=ten, code="PSST")
    pricing.put_list(name="For some", market="eu", labels=["vip"], percent_off=Decimal(5))
    assert actions.draft_news() == 0
    with clock.freeze(later + timedelta(minutes=1)):
        assert actions.draft_news() == 4
    texts = set(SocialPost.objects.filter(network="instagram").values_list("text", flat=True))
    assert any(text.startswith("Winter sale\n\nUntil ") for text in texts) and "Ten per cent off" in texts


def test_a_post_is_scheduled_taken_back_and_deleted_but_not_changed_once_it_went() -> None:
    post_id = actions.put_post(network="facebook", language="en", text="Hello", path="/en/?q=a+b&utm_source=x")
    moment = clock.now() + timedelta(days=1)
    actions.schedule_post(post_id=post_id, at=moment)
    assert not actions.send_post(post_id=post_id) and actions.send_due() == 0
    actions.take_back(post_id=post_id)
    with clock.freeze(moment + timedelta(minutes=1)):
        assert actions.send_due() == 0
        actions.send_now(post_id=post_id)
        assert actions.send_due() == 1 and actions.send_post(post_id=post_id)
        assert not actions.send_post(post_id=post_id)
    found = queries.post(post_id)
    assert found and found.state == "kept" and not found.is_open
    for verb in (actions.take_back, actions.delete_post, actions.send_now):
        with pytest.raises(Problem):
            verb(post_id=post_id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "https://evil.example/"}, {"path": "//evil.example"}, {"path": "/\\evil"}, {"text": " "},
        {"network": "x"}, {"language": "xx"}, {"text": "a" * 6_000}, {"path": "javascript:alert(1)"},
    ],
)  # fmt: skip
def test_what_is_no_post_is_refused_in_words(wrong: dict[str, str]) -> None:
    with pytest.raises(Problem) as refusal:
        actions.put_post(**{"network": "facebook", "language": "en", "text": "Hi", "path": "/en/", **wrong})
    assert refusal.value.message and SocialPost.objects.count() == 0


def test_instagram_wants_a_picture_and_a_moment_is_to_come() -> None:
    post_id = actions.put_post(network="instagram", language="en", text="Hi")
    with pytest.raises(Problem, match="picture"):
        actions.send_now(post_id=post_id)
    with pytest.raises(Problem, match="still to come"):
        actions.schedule_post(post_id=post_id, at=datetime(2020, 1, 1, tzinfo=UTC))
