"""/<language>/order/<code>/ask-for and /returns: what comes after the sale, as a browser without JavaScript does it."""

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nitka.faces.storefront.tests.buying import bought
from nitka.faces.storefront.tests.makers import Shop
from nitka.sale.orders import actions as deeds
from nitka.sale.orders import queries as orders
from nitka.sale.returns import queries as returns
from nitka.sale.returns.models import Case
from nitka.sale.returns.tests.makers import a_photo
from nitka.sale.shipping import actions as shipping
from nitka.shelf.content import actions as content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_for_business(shop: Shop) -> None:
    shipping.put_built_in_options()
    content.set_shop(country="PL", zone="Europe/Warsaw", name="Shop", line1="ul. Długa 1", city="Gdańsk")


@pytest.fixture
def link(visitor: Client, shop: Shop) -> str:
    """The page of a delivered order of two cups."""
    address = bought(visitor, UUID(shop.variants["STONE-CUP"]), 2)
    order = order_at(address)
    deeds.ship_order(order_id=order.id, carrier="demo_post")
    deeds.deliver_order(order_id=order.id)
    return address


def order_at(link: str) -> orders.OrderView:
    found = orders.order_by_code(link.partition("?")[0].rpartition("/")[2])
    assert found
    return found


def way(link: str, rest: str) -> str:
    path, _mark, query = link.partition("?")
    return f"{path}/{rest}?{query}"


def wish(link: str, pieces: int = 1, **more: str) -> dict[str, str]:
    line = order_at(link).lines[0].id
    return {f"pieces-{line}": str(pieces), f"reason-{line}": more.pop("reason", "not_liked"), **more}


def pictures(count: int = 1) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}.jpg", a_photo(), "image/jpeg") for n in range(count)]


def test_from_the_order_to_the_slip(visitor: Client, link: str) -> None:
    assert way(link, "ask-for/return").partition("?")[0] in visitor.get(link).content.decode()
    assert "Until" in visitor.get(way(link, "ask-for/return")).content.decode()
    review = visitor.post(way(link, "ask-for/return"), wish(link, step="review")).content.decode()
    assert "Goes back to you" in review and not Case.objects.exists()
    key = re.search(r'name="key" value="([^"]+)"', review)
    assert key
    for _twice in range(2):
        done = visitor.post(way(link, "ask-for/return"), wish(link, step="confirm", key=key[1], refund_to="original"))
        assert done.status_code == 303
    case = returns.case(Case.objects.get().id)
    assert case and case.code in done["Location"]
    page = visitor.get(done["Location"]).content.decode()
    assert case.code in page and "Return slip" in page and "<svg" in page
    slip = visitor.get(way(link, f"returns/{case.code}/slip.pdf"))
    assert slip.content.startswith(b"%PDF") and "no-store" in slip["Cache-Control"]
    assert case.code in visitor.get(link).content.decode()


def test_it_is_sent_and_called_off(visitor: Client, link: str) -> None:
    for pieces, deed, state in ((1, "sent", "sent"), (1, "cancel", "cancelled")):
        to = visitor.post(way(link, "ask-for/return"), wish(link, pieces, step="confirm", key=deed))["Location"]
        code = to.partition("?")[0].rpartition("/")[2]
        visitor.post(way(link, f"returns/{code}/do"), {"deed": deed, "tracking_number": "DP1"})
        assert Case.objects.get(code=code).state == state


def test_photos_are_for_the_holder_of_the_order_alone(visitor: Client, link: str) -> None:
    asked = {**wish(link, reason="damaged"), "step": "confirm"}
    without = visitor.post(way(link, "ask-for/replacement"), asked)
    assert without.status_code == 422 and "Add a photo" in without.content.decode()
    done = visitor.post(way(link, "ask-for/replacement"), {**asked, "photos": pictures()})
    assert done.status_code == 303
    case = returns.case(Case.objects.get().id)
    assert case
    address = way(link, f"returns/{case.code}/photos/{case.photos[0]}")
    answer = visitor.get(address)
    assert answer["Content-Type"] == "image/jpeg" and b"SECRET-CAMERA" not in answer.content
    stranger = Client(headers={"Accept-Language": "en-DE"})
    assert stranger.get(address.partition("?")[0]).status_code == 404


def test_a_stranger_learns_nothing(visitor: Client, link: str) -> None:
    visitor.post(way(link, "ask-for/return"), wish(link, step="confirm"))
    code = Case.objects.get().code
    stranger = Client(headers={"Accept-Language": "en-DE"})
    for rest in ("ask-for/return", f"returns/{code}", f"returns/{code}/slip.pdf", "returns/RT-0000-00"):
        answer = stranger.get(way(link, rest).partition("?")[0])
        assert answer.status_code == 303 and answer["Location"] == link.partition("?")[0]
    assert stranger.post(way(link, f"returns/{code}/do").partition("?")[0], {"deed": "cancel"}).status_code == 303
    assert Case.objects.get().state == "approved"


def test_what_cannot_be_done_is_said(visitor: Client, link: str) -> None:
    assert visitor.get(way(link, "ask-for/nothing")).status_code == 404
    assert visitor.post(way(link, "ask-for/return"), {"step": "review"}).status_code == 422
    assert visitor.post(way(link, "ask-for/return"), wish(link, 9, step="review")).status_code == 409
    visitor.post(way(link, "ask-for/return"), wish(link, 2, step="confirm"))
    assert "on their way back" in visitor.get(way(link, "ask-for/return")).content.decode()
    assert visitor.get(way(link, f"returns/{Case.objects.get().code}/label.pdf")).status_code in (200, 404)


def test_a_complaint_in_words(visitor: Client, link: str) -> None:
    words = {"words": "It hums <b>loudly</b>.", "step": "confirm"}
    to = visitor.post(way(link, "ask-for/complaint"), words)["Location"]
    page = visitor.get(to).content.decode()
    assert "It hums &lt;b&gt;loudly" in page and "A person answers you" in page
