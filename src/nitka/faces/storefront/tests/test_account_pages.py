import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.people.contact import actions as contact
from nitka.people.contact import queries as contacts
from nitka.people.contact.models import OutgoingMail
from nitka.people.customers import queries as people
from nitka.people.customers.actions import recognise
from nitka.people.customers.tests import makers as customers
from nitka.shelf.pricing import actions as pricing

pytestmark = pytest.mark.django_db
PAGES = ["", "orders", "addresses", "addresses/new", "about", "security"]


@pytest.fixture
def zofia(client: Client) -> Client:
    pricing.set_up_markets()
    sign_in(client)
    return client


def me() -> people.CustomerView:
    found = people.customer_by_email("zofia@example.com")
    assert found is not None
    return found


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.mark.parametrize("language", ["en", "bg", "hy", "nb", "pl", "ru"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language(zofia: Client, language: str, page: str) -> None:
    response = zofia.get(f"/{language}/account/{page}")
    html = response.content.decode()
    assert response.status_code == 200 and f'<html lang="{language}"' in html
    assert " style=" not in html and " onclick" not in html and "<script>" not in html


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_for_a_stranger(client: Client, page: str) -> None:
    response = client.get(f"/en/account/{page}")
    assert response.status_code == 302 and response["Location"].startswith("/en/account/sign-in?next=")


def test_an_address_is_added_changed_and_forgotten(zofia: Client) -> None:
    form = customers.WARSAW.as_dict()
    assert zofia.post("/en/account/addresses/new", form)["Location"] == "/en/account/addresses"
    (saved,) = people.addresses_of(me().id)
    page = f"/en/account/addresses/{saved.id}"
    wrong = zofia.post(page, {**form, "postcode": "nonsense"})
    assert wrong.status_code == 422 and "00-950" in wrong.content.decode()
    zofia.post(page, {**form, "line1": "Nowy Świat 1"})
    assert "Nowy Świat 1" in zofia.get("/en/account/addresses").content.decode()
    zofia.post(f"{page}/delete")
    assert people.addresses_of(me().id) == []
    assert zofia.get(page).status_code == 404


def test_a_device_that_gets_news_is_listed_and_forgotten_by_its_owner_alone(zofia: Client) -> None:
    other = recognise(email="ola@example.com", language="en", market="eu")
    key = b64(
        generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
    for whose, topic in ((me().id, "order:1"), (me().id, "order:2"), (other, "order:3")):
        contact.follow_by_push(
            endpoint=f"https://push.example/{whose}", p256dh=key, auth=b64(b"sixteen bytes ok"), topic=topic,
            language="en", customer_id=whose, name="Firefox, <Android>",
        )  # fmt: skip
    page = zofia.get("/en/account/security").content.decode()
    assert page.count("/devices/") == 1 and "Firefox, &lt;Android&gt;" in page
    (theirs,) = contacts.push_devices([other])
    zofia.post(f"/en/account/devices/{theirs.id}/forget")
    assert contacts.push_devices([other]) == (theirs,)
    (mine,) = contacts.push_devices([me().id])
    assert mine.follows == 2
    assert zofia.post(f"/en/account/devices/{mine.id}/forget").status_code == 303
    assert "/devices/" not in zofia.get("/en/account/security").content.decode()


def test_another_country_shows_its_fields_and_keeps_what_was_typed(zofia: Client) -> None:
    html = zofia.post(
        "/en/account/addresses/new", {"step": "country", "country": "US", "line1": "1 Main St", "name": "Ann"}
    ).content.decode()
    assert "ZIP code" in html and "California" in html and 'value="1 Main St"' in html


def test_nobody_touches_the_address_of_somebody_else(zofia: Client) -> None:
    from nitka.people.customers import actions

    kari = customers.customer("kari@example.com")
    theirs = actions.save_address(customer_id=kari, address=customers.OSLO)
    assert zofia.get(f"/en/account/addresses/{theirs}").status_code == 404
    assert zofia.post(f"/en/account/addresses/{theirs}", customers.WARSAW.as_dict()).status_code == 404
    zofia.post(f"/en/account/addresses/{theirs}/delete")
    assert [each.address.city for each in people.addresses_of(kari)] == ["Oslo"]


def test_what_a_customer_tells_is_kept_and_can_be_taken_back(zofia: Client) -> None:
    about = "/en/account/about"
    zofia.post(about, {"what": "name", "name": "Zofia", "phone": "+48 22 555 01 23"})
    zofia.post(about, {"what": "birthday", "birthday": "1990-02-28"})
    zofia.post(about, {"what": "channel", "preferred_channel": "whatsapp"})
    zofia.post(about, {"what": "occasion_add", "kind": "anniversary", "name": "Wedding", "day": "29", "month": "2"})
    found = me()
    assert (found.name, found.phone, str(found.birthday)) == ("Zofia", "+48225550123", "1990-02-28")
    assert found.preferred_channel == "whatsapp" and people.has_consent("zofia@example.com", "occasions")
    page = zofia.get(about).content.decode()
    assert "Wedding" in page and "29 February" in page
    zofia.post(about, {"what": "occasion_drop", "place": "1"})
    zofia.post(about, {"what": "birthday", "birthday": ""})
    assert me().birthday is None and not people.has_consent("zofia@example.com", "occasions")


@pytest.mark.parametrize(
    "form",
    [
        {"what": "birthday", "birthday": "2999-01-01"}, {"what": "birthday", "birthday": "soon"},
        {"what": "occasion_add", "day": "31", "month": "2"}, {"what": "channel", "preferred_channel": "owl"},
        {"what": "name", "phone": "1"}, {"what": "preferences", "language": "xx"}, {"what": "fly"}, {},
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_said(zofia: Client, form: dict[str, str]) -> None:
    page = zofia.post("/en/account/about", form)
    assert page.status_code == 422 and (
        "aria-invalid" in page.content.decode() or 'role="alert"' in page.content.decode()
    )


def test_preferences_are_remembered_on_the_next_browser(zofia: Client) -> None:
    changed = zofia.post(
        "/en/account/about", {"what": "preferences", "language": "nb", "market": "no", "units": "imperial"}
    )
    assert changed["Location"] == "/nb/account/about?saved=1"
    assert zofia.cookies["nitka_prefs"].value == "no.imperial"
    other = Client()
    sign_in(other)
    assert other.cookies["nitka_prefs"].value == "no.imperial"


def test_the_newsletter_is_asked_for_here_and_confirmed_by_mail(zofia: Client) -> None:
    zofia.post("/en/account/about", {"what": "newsletter", "newsletter": "1"})
    assert OutgoingMail.objects.filter(template="contact/mail/newsletter_confirm").count() == 1
    assert not people.has_consent("zofia@example.com", "newsletter")


def test_an_account_page_costs_few_queries(zofia: Client, django_assert_max_num_queries) -> None:
    zofia.get("/en/account/")
    for page in PAGES:
        with django_assert_max_num_queries(10):
            zofia.get(f"/en/account/{page}")
