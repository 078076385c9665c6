"""The page of webhooks."""

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.ground.webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db
LIST = "/back/settings/webhooks/"


@pytest.fixture(autouse=True)
def shop() -> None:
    makers.a_shop()


def added(client) -> tuple[Endpoint, str]:
    page = client.post(f"{LIST}add", {"url": "https://erp.example/in", "kinds": ["orders.order_placed"]})
    return Endpoint.objects.get(), page.content.decode()


def test_the_secret_is_shown_once(client) -> None:
    client = makers.signed_in()
    endpoint, page = added(client)
    assert endpoint.secret in page and endpoint.kinds == ["orders.order_placed"]
    assert endpoint.secret not in client.get(f"{LIST}{endpoint.id}/").content.decode()
    assert "https://erp.example/in" in client.get(LIST).content.decode()


def test_a_new_secret_leaves_the_old_one_beside_it() -> None:
    client = makers.signed_in()
    endpoint, _page = added(client)
    page = client.post(f"{LIST}{endpoint.id}/change", {"deed": "rotate"}).content.decode()
    fresh = Endpoint.objects.get()
    assert fresh.secret in page and fresh.old_secret == endpoint.secret and fresh.old_until


def test_it_is_tried_turned_off_and_removed() -> None:
    client = makers.signed_in()
    endpoint, _page = added(client)
    change = f"{LIST}{endpoint.id}/change"
    client.post(change, {"deed": "test"})
    assert Delivery.objects.get().kind == "webhooks.test"
    assert "webhooks.test" in client.get(f"{LIST}{endpoint.id}/").content.decode()
    client.post(change, {"deed": "replay", "delivery": str(Delivery.objects.get().id)})
    client.post(change, {"deed": "off"})
    assert not Endpoint.objects.get().enabled
    client.post(change, {"deed": "forget"})
    assert Endpoint.objects.exists()
    client.post(change, {"deed": "forget", "sure": "1"})
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("url", ["http://erp.example/", "https://u:p@erp.example/", "nonsense"])
def test_an_address_that_is_none_is_refused(url) -> None:
    makers.signed_in().post(f"{LIST}add", {"url": url})
    assert not Endpoint.objects.exists()
