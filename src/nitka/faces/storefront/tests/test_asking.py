import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nitka.care.desk.models import Conversation
from nitka.care.desk.tests.makers import PNG, last_mail, seen
from nitka.faces.storefront import asking
from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.people.contact.models import OutgoingMail
from nitka.sale.orders import queries as orders
from nitka.sale.orders.tests.makers import an_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LEAST_SECONDS", -1)


def send(visitor: Client, address: str, **fields: Any) -> Any:
    page = visitor.get(address).content.decode()
    stamp = unescape(re.search(r'name="stamp" value="([^"]+)"', page).group(1))  # type: ignore[union-attr]
    typed = {"stamp": stamp, "email": "anna@example.com", "text": "Is it warm?", "cause": "product", "website": ""}
    return visitor.post(address, typed | fields)


def only() -> Any:
    return seen(Conversation.objects.get().id)


def test_a_product_page_leads_to_a_form_that_knows_the_product_and_the_cart(visitor: Client, shop: Any) -> None:
    page = visitor.get("/en/p/fonn-wool-blanket/").content.decode()
    (href,) = re.findall(r'href="(/en/contact\?about=[^"]+)"', page)
    variant = re.search(r'name="variant" value="([^"]+)"', page).group(1)  # type: ignore[union-attr]
    visitor.post("/en/cart/add", {"variant": variant, "quantity": "2"})
    answer = send(visitor, unescape(href))
    assert answer.status_code == 303, answer.content.decode()
    found = only()
    assert (
        found.context["product"]["slug"] == "fonn-wool-blanket" and found.context["page"] == "/en/p/fonn-wool-blanket/"
    )
    assert found.context["cart"]["lines"][0]["quantity"] == 2
    assert found.cause == "product" and found.market == "eu"
    page = visitor.get(answer["Location"]).content.decode()
    assert found.code in page and found.code in last_mail().subject


def test_the_cause_is_chosen_already_where_the_place_tells_it(visitor: Client) -> None:
    for about, cause in (("product:fonn-wool-blanket", ["product"]), ("page:delivery", ["delivery"]), ("", [])):
        main = (
            visitor.get("/en/contact", {"about": about}).content.decode().partition("<main")[2].partition("</main>")[0]
        )
        assert re.findall(r'<option value="(\w+)" selected', main) == cause


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(visitor: Client) -> None:
    answer = send(visitor, "/en/contact", email="anna@", text="", name="Anna")
    html = answer.content.decode()
    assert answer.status_code == 422 and "f-email-error" in html and "f-text-error" in html
    assert 'value="anna@"' in html and 'value="Anna"' in html


def test_pictures_come_along_and_wrong_ones_are_refused(visitor: Client) -> None:
    wrong = SimpleUploadedFile("x.png", b"<svg>", content_type="image/png")
    answer = send(visitor, "/en/contact", pictures=[wrong])
    assert answer.status_code == 422 and "f-pictures-error" in answer.content.decode()
    right = [SimpleUploadedFile(f"{n}.png", PNG) for n in range(2)]
    assert send(visitor, "/en/contact", pictures=right).status_code == 303
    assert len(only().messages[0].files) == 2


def test_traps_catch_programs_and_tell_people(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(visitor, "/en/contact", website="http://spam").status_code == 422
    assert send(visitor, "/en/contact", stamp="forged").status_code == 422
    monkeypatch.setattr(asking, "LEAST_SECONDS", 60)
    answer = send(visitor, "/en/contact")
    assert answer.status_code == 422 and "Is it warm?" in answer.content.decode()
    assert not Conversation.objects.exists() and not OutgoingMail.objects.exists()


def test_one_place_does_not_send_without_end(visitor: Client, settings: Any) -> None:
    settings.NITKA_RATE_LIMITS = True
    answers = [send(visitor, "/en/contact").status_code for _n in range(6)]
    assert answers == [303] * 5 + [429]


def test_a_double_press_sends_one_question(visitor: Client) -> None:
    page = visitor.get("/en/contact").content.decode()
    stamp = unescape(re.search(r'name="stamp" value="([^"]+)"', page).group(1))  # type: ignore[union-attr]
    typed = {"stamp": stamp, "email": "anna@example.com", "text": "Is it warm?", "cause": "other"}
    first, second = (visitor.post("/en/contact", typed) for _n in range(2))
    assert first["Location"] == second["Location"] and OutgoingMail.objects.count() == 1


def test_the_one_who_is_signed_in_is_known(visitor: Client) -> None:
    sign_in(visitor, "zofia@example.com")
    assert (
        'name="email"' not in visitor.get("/en/contact").content.decode().partition("<main")[2].partition("</main>")[0]
    )
    send(visitor, "/en/contact", email="somebody@else.example")
    found = only()
    assert found.email == "zofia@example.com" and found.messages[0].proof == 2
    assert "Is it warm?" in visitor.get("/en/account/messages").content.decode()


def test_an_order_is_asked_about_by_who_may_see_it_and_shows_the_talk(visitor: Client, shop: Any) -> None:
    order = orders.order(an_order(email="max@example.com").order_id)
    assert order
    refused = visitor.get(f"/en/order/{order.code}/ask")
    assert refused.status_code == 302
    address = f"/en/order/{order.code}/ask?k={order.token}"
    assert 'value="max@example.com"' in visitor.get(address).content.decode()
    assert send(visitor, address, email="max@example.com", cause="delivery").status_code == 303
    assert only().order_code == order.code
    page = visitor.get(f"/en/order/{order.code}?k={order.token}").content.decode()
    assert "Is it warm?" in page and only().code in page


def test_help_pages_lead_to_the_form(visitor: Client, shop: Any) -> None:
    html = visitor.get("/en/help/delivery/").content.decode()
    assert "/en/contact?about=page:delivery" in html


def test_a_place_that_is_not_there_is_nowhere(visitor: Client) -> None:
    for about in ("product:gone", "page:../../x", "order:NK-0000-00", "cart", "\x01", "x" * 3000):
        assert visitor.get("/en/contact", {"about": about}).status_code == 200
