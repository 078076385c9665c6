"""/<language>/order: finding an order, its page, and what can be done there."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nitka.faces.storefront.tests.buying import bought, fill, opened, press
from nitka.faces.storefront.tests.makers import Shop
from nitka.people.contact import queries as contact
from nitka.sale.orders import actions as deeds
from nitka.sale.orders import queries as orders
from nitka.sale.shipping import actions as shipping
from nitka.shelf.content import actions as content
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_for_business(shop: Shop, settings) -> None:
    settings.NITKA_DEMO = True
    shipping.put_built_in_options()
    content.set_shop(iban="PL61109010140000071219812874", bic="WBKPPLPP", country="PL", zone="Europe/Warsaw")


@pytest.fixture
def cup(shop: Shop) -> UUID:
    return UUID(shop.variants["STONE-CUP"])


@pytest.fixture
def link(visitor: Client, cup: UUID) -> str:
    """The page of a paid order of two cups."""
    return bought(visitor, cup, 2)


@pytest.fixture
def stranger(shop: Shop) -> Client:
    return Client(headers={"Accept-Language": "en-DE"})


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def plain(link: str) -> str:
    return link.partition("?")[0]


def order_at(link: str) -> orders.OrderView:
    found = orders.order_by_code(plain(link).rpartition("/")[2])
    assert found
    return found


def way(link: str, name: str) -> str:
    path, _mark, query = link.partition("?")
    return f"{path}/{name}?{query}"


def test_it_shows_the_thread_the_goods_the_sums_and_the_address(visitor: Client, link: str) -> None:
    text = page(visitor, link)
    for words in ("Order placed", "Payment received", "Packed", "Delivered", "2 ×", "Stone cup", "€38.90", "€4.90",
                  "Max Fremd", "10115 Berlin", "Card (demo)", "max@example.com"):  # fmt: skip
        assert words in text, words
    assert text.count('data-state="done"') == 2 and text.count('data-state="promised"') == 3


def test_it_is_for_nobody_else_to_read_keep_or_list(visitor: Client, link: str) -> None:
    answer = visitor.get(link)
    assert answer["Referrer-Policy"].startswith("no-referrer") and "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    cookie = answer.cookies["nitka_order"]
    assert cookie["httponly"] and cookie["path"] == plain(link)


def test_a_link_opens_it_anywhere_and_the_browser_that_bought_needs_none(
    visitor: Client, stranger: Client, link: str
) -> None:
    assert "Stone cup" in page(stranger, link)
    assert "Stone cup" in page(visitor, plain(link))


def test_without_link_one_is_asked_the_same_whether_there_is_such_an_order_or_not(shop: Shop, link: str) -> None:
    nobody = Client(headers={"Accept-Language": "en-DE"})
    real, unreal = nobody.get(plain(link)), nobody.get("/en/order/NK-AAAA-AA")
    assert real.status_code == unreal.status_code == 200
    code = plain(link).rpartition("/")[2]
    assert real.content.decode().replace(code, "") == unreal.content.decode().replace("NK-AAAA-AA", "")
    assert "Stone cup" not in real.content.decode()


@pytest.mark.parametrize("token", ["x", "", "AAAAAAAAAAAAAAAAAAAAAA.AAAA", "é", "a" * 3000])
def test_a_wrong_token_opens_nothing(stranger: Client, link: str, token: str) -> None:
    for name in ("", "/invoice.pdf", "/withdraw", "/cancel", "/return-from-payment", "/live"):
        answer = stranger.get(f"{plain(link)}{name}", {"k": token, "key": token}, follow=True)
        assert answer.status_code in (200, 400, 404) and "Stone cup" not in answer.content.decode()


def test_the_token_of_one_order_opens_no_other(visitor: Client, stranger: Client, cup: UUID, link: str) -> None:
    other = bought(stranger, cup)
    mixed = f"{plain(link)}?{other.partition('?')[2]}"
    nobody = Client(headers={"Accept-Language": "en-DE"})
    assert "Stone cup" not in page(nobody, mixed)
    assert nobody.post(way(mixed, "cancel")).status_code == 303
    assert order_at(link).status == "paid"


def test_number_and_address_open_it_and_nothing_less(stranger: Client, link: str) -> None:
    code = order_at(link).code
    for wrong in ({"code": code, "email": "eve@example.com"}, {"code": "NK-AAAA-AA", "email": "max@example.com"},
                  {"code": "", "email": ""}, {"code": "\x00", "email": "\x00"}, {}):  # fmt: skip
        answer = stranger.post("/en/order", wrong)
        assert answer.status_code == 404 and "We find no order" in answer.content.decode()
    right = stranger.post("/en/order", {"code": code.lower().replace("0", "o"), "email": " MAX@example.com "})
    assert right.status_code == 303 and "Stone cup" in page(stranger, right["Location"])
    there = stranger.post(plain(link), {"email": "max@example.com"})
    assert there.status_code == 303


def test_guessing_is_slowed_down(stranger: Client, link: str, settings) -> None:
    settings.NITKA_RATE_LIMITS = True
    tries = [{"code": f"NK-AAAA-{n:02}", "email": "max@example.com"} for n in range(24)]
    answers = [stranger.post("/en/order", each).status_code for each in tries]
    assert answers[:10] == [404] * 10 and answers[-1] == 429


def test_a_signed_in_customer_sees_own_orders_only(visitor: Client, link: str) -> None:
    from nitka.people.accounts.models import User
    from nitka.people.customers import actions as customers

    for email, sees in (("max@example.com", True), ("eve@example.com", False)):
        user = User.objects.create(email=email, name="Somebody")
        customers.link_user(user_id=user.id, email=email)
        client = Client(headers={"Accept-Language": "en-DE"})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert ("Stone cup" in page(client, plain(link))) is sees


def test_news_come_to_the_open_page_and_nothing_new_costs_two_queries(visitor: Client, link: str) -> None:
    live = re.search(r'data-live="([^"]+)"', page(visitor, link))[1].replace("&amp;", "&")
    first = visitor.get(live)
    assert first.status_code == 200 and "<html" not in first.content.decode()
    with CaptureQueriesContext(connection) as queries:
        same = visitor.get(live, headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304 and len(queries) <= 2, [each["sql"] for each in queries]
    order = order_at(link)
    deeds.ship_order(order_id=order.id, carrier="demo_post")
    news = visitor.get(live, headers={"If-None-Match": first["ETag"]})
    assert news.status_code == 200 and "Handed to the carrier" in news.content.decode()
    tracking = orders.order(order.id).shipments[0].tracking_number
    assert tracking in news.content.decode()
    assert visitor.get(live.replace("key=", "key=x")).status_code == 404


def test_a_late_parcel_is_called_late(visitor: Client, link: str) -> None:
    from datetime import timedelta

    from nitka.ground import clock

    order = order_at(link)
    with clock.freeze(clock.now() + timedelta(days=(order.promise.day_to - clock.now().date()).days + 2)):
        text = page(visitor, link)
    assert 'data-state="danger"' in text and "This parcel is late." in text


def test_a_transfer_is_explained_with_its_code_until_the_money_is_here(visitor: Client, cup: UUID) -> None:
    link = bought(visitor, cup, payment="bank_transfer")
    text = page(visitor, link)
    assert "PL61 1090 1014 0000 0712 1981 2874" in text and order_at(link).code in text
    assert "<svg" in text and "Scan it with your banking app" in text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    deeds.confirm_bank_payment(order_id=order_at(link).id, minor=order_at(link).total_minor, actor="Olga")
    text = page(visitor, link)
    assert "PL61" not in text and "Payment received" in text


def test_the_invoice_is_a_pdf_once_it_is_paid(visitor: Client, cup: UUID, link: str) -> None:
    answer = visitor.get(way(link, "invoice.pdf"))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    unpaid = bought(visitor, cup, payment="bank_transfer")
    early = visitor.get(way(unpaid, "invoice.pdf"))
    assert early.status_code == 404 and "text/html" in early["Content-Type"]


def test_cancelling_asks_once_and_sends_the_money_back(visitor: Client, link: str) -> None:
    assert "€38.90 goes back the way it came." in page(visitor, way(link, "cancel"))
    assert order_at(link).status == "paid"
    done = visitor.post(way(link, "cancel"))
    text = page(visitor, done["Location"])
    assert "Your order is cancelled. What you paid is on its way back" in text and "This order was cancelled" in text
    again = visitor.post(way(link, "cancel"))
    assert again.status_code == 303


def test_what_has_left_cannot_be_cancelled(visitor: Client, link: str) -> None:
    deeds.ship_order(order_id=order_at(link).id, carrier="demo_post")
    answer = visitor.post(way(link, "cancel"))
    assert answer.status_code == 409 and "The parcel has left." in answer.content.decode()
    assert "Cancel the order" not in page(visitor, link)


def test_withdrawing_takes_a_statement_a_confirmation_and_is_confirmed_by_mail(visitor: Client, link: str) -> None:
    assert "Withdraw from contract here</a>" in page(visitor, link)
    order = order_at(link)
    field = f"pieces-{order.lines[0].id}"
    form = page(visitor, way(link, "withdraw"))
    assert f'name="{field}"' in form and 'value="Max Fremd"' in form
    review = visitor.post(way(link, "withdraw"), {"name": "Max Fremd", field: "1", "step": "review"})
    assert "Confirm withdrawal</button>" in review.content.decode() and not order_at(link).withdrawals
    for _twice in range(2):
        done = visitor.post(way(link, "withdraw"), {"name": "Max Fremd", field: "1", "step": "confirm"})
    assert "Your withdrawal is declared." in page(visitor, done["Location"])
    assert len(order_at(link).withdrawals) == 1 and "Max Fremd withdrew on" in page(visitor, link)
    run_jobs()
    assert any("ithdraw" in row.subject for row in contact.mailbox_rows(to="max@example.com"))


@pytest.mark.parametrize("pieces", ["3", "-1", "x", "0", "", "99999999999999999999", "\x00"])
def test_a_withdrawal_needs_a_name_and_pieces_that_were_bought(visitor: Client, link: str, pieces: str) -> None:
    field = f"pieces-{order_at(link).lines[0].id}"
    for fields in ({"name": "Max", field: pieces}, {"name": " ", field: "1"}):
        answer = visitor.post(way(link, "withdraw"), {**fields, "step": "confirm"})
        assert answer.status_code == 422 and not order_at(link).withdrawals


def test_a_notice_is_only_shown_if_it_is_true(visitor: Client, link: str) -> None:
    text = page(visitor, f"{link}&done=cancelled")
    assert "is cancelled" not in text and "is declared" not in page(visitor, f"{link}&done=withdrawn")


def test_an_order_whose_card_was_declined_says_so_and_leads_back(visitor: Client, cup: UUID) -> None:
    fill(visitor, str(cup))
    challenge = press(visitor, opened(visitor), choice="challenge")
    home = visitor.post(challenge["Location"], {"answer": "refuse"})["Location"]
    visitor.get(home)
    text = page(visitor, home.replace("/return-from-payment", ""))
    assert "This order was not placed" in text and 'href="/en/checkout?declined"' in text


def test_the_pages_of_an_order_are_whole(visitor: Client, link: str) -> None:
    for path in (link, way(link, "cancel"), way(link, "withdraw"), "/en/order", "/hy/order"):
        text = page(visitor, path)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)) and len(re.findall("<h1", text)) == 1, path
        assert 'rel="canonical"' not in text and "noindex" in text


def test_the_links_to_other_languages_open_the_same_order(visitor: Client, link: str) -> None:
    nobody = Client(headers={"Accept-Language": "en-DE"})
    polish = re.search(r'href="(/pl/order/[^"]+)"', page(visitor, link))[1]
    assert "Stone cup" in page(nobody, polish)
