"""Signing in as a plain HTTP client does, by the forms of the pages."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from nitka.people.contact.models import OutgoingMail
from tests.worker import run_jobs


def hidden(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of the first form in the page's own part."""
    main = response.content.decode().partition("<main")[2]
    form = main.partition("<form")[2].partition("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}


def code_for(email: str) -> str:
    """The code of the newest mail to that address."""
    run_jobs()
    mail = OutgoingMail.objects.filter(to=email, template="contact/mail/sign_in_code").latest("created_at")
    return re.search(r"\b\d{6}\b", mail.text).group()  # type: ignore[union-attr]


def sign_in(client: Client, email: str = "zofia@example.com", language: str = "en", target: str = "") -> HttpResponse:
    """Ask for a code, look into the mailbox, type it."""
    asked = client.post(f"/{language}/account/sign-in", {"email": email, "next": target})
    page = client.get(asked["Location"])
    return client.post(f"/{language}/account/code", {**hidden(page), "code": code_for(email)})
