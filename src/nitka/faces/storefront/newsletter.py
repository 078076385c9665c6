"""The letter now and then: subscribing, confirming, leaving. Opening a link changes nothing; its button does."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from nitka.faces.storefront.page import show
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.people.contact import actions as contact

TEMPLATE = "storefront/message.html"


@require_POST
@rate_limit("newsletter", "5/m")
def subscribe(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for a confirmation by mail. The answer is the same whether the address was known."""
    email = request.POST.get("email", "").strip()[:254]
    try:
        validate_email(email)
    except ValidationError:
        return _say(request, _("This e-mail address looks incomplete"), _("Please go back and look at it once more."), 422)
    contact.subscribe_newsletter(email=email, language=language, source="footer")
    return _say(request, _("One more step"), _("We sent you a letter. Press the button in it, and you are on the list."))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, language: str) -> HttpResponse:
    """The link in the mail leads here; mail scanners open links, so only the button confirms."""
    if request.method != "POST":
        text = _("Press the button, and the letter comes to you.")
        return _ask(request, _("Do you want our letter?"), text, _("Yes, send it to me"))
    try:
        contact.confirm_newsletter(token=request.POST.get("token", "")[:500])
    except Problem as problem:
        return _say(request, _("This link does not work any more"), problem.message, problem.status)
    return _say(request, _("Welcome"), _("You are on the list. Every letter has a link to leave it again."))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, language: str) -> HttpResponse:
    """Leave the list; also the one-click address of mail programs (RFC 8058), which post from elsewhere."""
    token = request.GET.get("token") or request.POST.get("token", "")
    if request.method != "POST":
        return _ask(request, _("Leave the list?"), _("We will not write to you again."), _("Yes, leave the list"))
    try:
        contact.unsubscribe(token=token[:500])
    except Problem as problem:
        return _say(request, _("This link does not work any more"), problem.message, problem.status)
    return _say(request, _("You have left the list"), _("We will not write to you again, apart from mails on your orders."))


def _say(request: HttpRequest, title: str, text: str, status: int = 200) -> HttpResponse:
    return show(request, TEMPLATE, {"title": title, "text": text, "confirm": None}, status=status)


def _ask(request: HttpRequest, title: str, text: str, label: str) -> HttpResponse:
    confirm: dict[str, Any] = {"action": request.path, "token": request.GET.get("token", "")[:500], "label": label}
    return show(request, TEMPLATE, {"title": title, "text": text, "confirm": confirm})
