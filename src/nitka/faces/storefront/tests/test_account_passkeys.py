"""Passkeys in a real Chromium with a virtual authenticator, under the shop's own CSP."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from nitka.faces.storefront.tests.account_makers import code_for
from nitka.people.contact.models import OutgoingMail
from nitka.shelf.pricing import actions as pricing
from tests.worker import run_jobs

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    pricing.set_up_markets()
    with connection.cursor() as cursor:
        # Other tests that commit leave jobs behind; their facts are gone.
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    context = browser.new_context(locale="en-GB", base_url=live_server.url.replace("127.0.0.1", "localhost"))
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    opened.troubles = []  # type: ignore[attr-defined]
    opened.on("console", lambda m: opened.troubles.append(m.text) if m.type == "error" else None)  # type: ignore[attr-defined]
    devtools = context.new_cdp_session(opened)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    yield opened
    context.close()


def sign_in_by_code(page: Page) -> None:
    page.goto("/pl/account/")
    page.locator("main input[name=email]").fill("zofia@example.com")
    page.locator("main form[action$='/sign-in'] button").click()
    page.wait_for_url("**/account/code?**")
    page.locator("input[name=code]").fill(code_for("zofia@example.com"))
    page.locator("main form[action$='/code'] button").click()
    page.wait_for_url("**/pl/account/")


def test_a_passkey_is_added_and_signs_in_without_a_code(page: Page) -> None:
    sign_in_by_code(page)
    page.goto("/pl/account/security")
    page.locator("form[data-make] input[name=name]").fill("Telefon")
    page.locator("form[data-make] button").click()
    page.locator("main", has_text="Telefon,").wait_for()
    assert Authenticator.objects.get().type == "webauthn"
    run_jobs()
    assert OutgoingMail.objects.filter(template="contact/mail/security_notice").count() == 1

    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/pl/")
    page.goto("/pl/account/addresses")
    page.locator("main form[data-passkey] button").click()
    page.wait_for_url("**/pl/account/addresses")
    assert OutgoingMail.objects.filter(template="contact/mail/sign_in_code").count() == 1
    assert Authenticator.objects.get().last_used_at is not None
    assert not [text for text in page.troubles if "Content Security Policy" in text]  # type: ignore[attr-defined]


def test_a_passkey_that_was_removed_opens_nothing(page: Page) -> None:
    sign_in_by_code(page)
    page.goto("/pl/account/security")
    page.locator("form[data-make] button").click()
    page.locator("form[action$='/remove'] button").wait_for()
    page.locator("form[action$='/remove'] button").click()
    page.wait_for_load_state()
    assert not Authenticator.objects.exists()
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/pl/")
    page.goto("/pl/account/sign-in")
    page.locator("main form[data-passkey] button").click()
    page.locator("main form[data-passkey] [role=alert]:not(:empty)").wait_for()
    page.goto("/pl/account/")
    assert "/sign-in" in page.url
