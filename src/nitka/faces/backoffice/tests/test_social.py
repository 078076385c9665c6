"""Posts for social networks in the back office: written, scheduled by the shop's clock, kept; mentions looked at."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.ground import clock
from nitka.growth.campaigns import actions as campaigns
from nitka.growth.campaigns.models import Mention, SocialPost
from nitka.people.accounts.queries import audit_rows
from nitka.people.customers import actions as customers
from nitka.shelf.catalog.tests.makers import put_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Client:
    makers.a_shop()
    put_product()
    return makers.signed_in("owner")


def test_a_post_is_written_scheduled_on_the_clock_of_the_shop_and_kept_without_an_account(owner: Client) -> None:
    assert "No drafts" in owner.get("/back/social/").content.decode()
    answer = owner.post(
        "/back/social/new", {"network": "facebook", "language": "en", "text": "Wool & <b>", "path": "/en/"}
    )
    address = answer["Location"]
    assert "Wool &amp; &lt;b&gt;" in owner.get(address).content.decode()
    plan = {"text": "Warm wool", "path": "/en/", "at": "2999-01-02T09:30"}
    owner.post(f"{address}schedule", plan)
    post = SocialPost.objects.get()
    assert post.state == "scheduled" and post.scheduled_at is not None
    page = owner.get(address).content.decode()
    assert "2999-01-02T09:30" in page and "utm_source=facebook" in page
    owner.post(f"{address}send", {"text": "Warm wool", "path": "/en/"})
    assert campaigns.send_post(post_id=post.id)
    assert "not sent: no account is connected" in owner.get(address).content.decode()
    assert "Warm wool" in owner.get("/back/social/?state=kept").content.decode()
    assert audit_rows().filter(verb="social.schedule").exists()


@pytest.mark.parametrize("at", ["", "soon", "2020-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_moment_that_is_none_is_refused_in_words(owner: Client, at: str) -> None:
    post_id = campaigns.put_post(network="facebook", language="en", text="Hi")
    answer = owner.post(f"/back/social/{post_id}/schedule", {"text": "Hi", "path": "", "at": at})
    assert answer.status_code == 303
    assert SocialPost.objects.get().state in ("draft", "scheduled")


def test_mentions_are_looked_at_and_forgotten(owner: Client) -> None:
    row = Mention.objects.create(
        network="instagram", kind="comment", fingerprint=str(uuid4()), author="<i>ola", text="Lovely", at=clock.now()
    )
    page = owner.get("/back/social/mentions/").content.decode()
    assert "&lt;i&gt;ola" in page and "Lovely" in page
    owner.post(f"/back/social/mentions/{row.id}/done")
    assert "Lovely" not in owner.get("/back/social/mentions/").content.decode()
    owner.post(f"/back/social/mentions/{row.id}/forget")
    assert "Lovely" not in owner.get("/back/social/mentions/?state=all").content.decode()
    with clock.freeze(clock.now() + timedelta(days=400)):
        assert campaigns.clear_old_mentions() == 1


def test_a_mention_is_said_to_be_a_customers_and_nobodys_again(owner: Client) -> None:
    row = Mention.objects.create(network="facebook", kind="mention", fingerprint=str(uuid4()), at=clock.now())
    anna = customers.recognise(email="anna@example.com", language="en", market="eu", name="Anna <b>")
    address = f"/back/social/mentions/{row.id}/whose"
    owner.post(address, {"customer": " Anna@example.com"})
    row.refresh_from_db()
    assert row.customer_id == anna
    page = owner.get("/back/social/mentions/").content.decode()
    assert "Anna &lt;b&gt;" in page and f"/back/customers/{anna}/" in page
    for typed in ("anna", "nobody@example.com", "\0"):
        owner.post(address, {"customer": typed})
        row.refresh_from_db()
        assert row.customer_id == (anna if typed != "\0" else None)
    assert makers.signed_in("warehouse").post(address, {"customer": "anna@example.com"}).status_code == 403


def test_strangers_and_staff_of_other_work_see_nothing(owner: Client) -> None:
    assert Client().get("/back/social/").status_code == 302
    assert makers.signed_in("warehouse").get("/back/social/").status_code == 403
