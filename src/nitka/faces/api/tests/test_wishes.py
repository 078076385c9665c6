"""Wish lists for other storefronts."""

from uuid import UUID

import pytest

from nitka.ground.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp(shop: dict[str, UUID]) -> str:
    return str(shop["lamp"])


def post(client, path: str, body: dict | None = None):
    return client.post(f"/api/v1{path}", body or {}, content_type="application/json")


def test_the_first_wish_gives_the_token_that_opens_the_list(client, lamp: str) -> None:
    made = post(client, "/wishes", {"product_id": lamp, "market": "eu"})
    assert made.status_code == 201, made.content
    token, (own,) = made.json()["token"], made.json()["lists"]
    assert own["wishes"][0]["product_id"] == lamp and own["wishes"][0]["price_minor"]
    assert post(client, "/wishes", {"product_id": lamp, "market": "eu", "token": token}).json()["lists"] == [own]
    assert client.get(f"/api/v1/wish-lists/{token}").json()["lists"] == [own]
    assert client.get("/api/v1/wish-lists/somebody-elses-token").status_code == 404
    gone = client.delete(f"/api/v1/wish-lists/{token}/wishes/{own['wishes'][0]['id']}")
    assert gone.json()["lists"][0]["wishes"] == []


def test_a_shared_list_shows_what_is_on_it_and_no_key(client, lamp: str) -> None:
    made = post(client, "/wishes", {"product_id": lamp, "market": "eu"}).json()
    token, (own,) = made["token"], made["lists"]
    path = f"/api/v1/wish-lists/{token}/wishes/{own['wishes'][0]['id']}"
    client.patch(path, {"note": "in oak"}, content_type="application/json")
    shared = post(client, f"/wish-lists/{token}/{own['id']}/share").json()["lists"][0]["share_token"]
    seen = client.get(f"/api/v1/wish-lists/shared/{shared}").json()
    assert seen == {"name": "", "wishes": [{"product_id": lamp, "variant_id": own["wishes"][0]["variant_id"],
                                            "note": "in oak"}]}  # fmt: skip
    client.delete(f"/api/v1/wish-lists/{token}/{own['id']}/share")
    assert client.get(f"/api/v1/wish-lists/shared/{shared}").status_code == 404


def test_what_is_not_sold_is_refused(client, lamp: str) -> None:
    answer = post(client, "/wishes", {"product_id": str(new_id())})
    assert answer.status_code == 422 and answer.json()["code"] == "wish_refused"
