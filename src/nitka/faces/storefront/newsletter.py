"""The letter now and then: subscribing, confirming, leaving. Opening a link changes nothing; its button does."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nitka.faces.storefront.consent_bar import visitor_of
from nitka.faces.storefront.happenings import told
from nitka.faces.storefront.page import show
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.people.contact import actions as contact
from nitka.shelf.content import queries as content

TEMPLATE = "storefront/message.html"


@require_POST
@rate_limit("newsletter", "5/m")
def subscribe(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for a confirmation by mail. The answer is the same whether the address was known."""
    try:
        contact.subscribe_newsletter(
            email=request.POST.get("email", "")[:320],
            language=language,
            source=_source(request.POST.get("at", "")),
            device=visitor_of(request),
        )
    except Problem as problem:
        return _say(request, _("We could not write to this address"), problem.message, problem.status)
    text = _("We sent you a mail. Press the button in it, and you are on the list.")
    return _say(request, _("One more step"), text, happened="Newsletter Requested")


def _source(slug: str) -> str:
    """Where it was asked: on which page a block of ours stands, else in the footer."""
    page = content.page_link(slug[:100]) if slug else None
    return f"page:{page.slug}"[:60] if page else "footer"


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, language: str) -> HttpResponse:
    """The link in the mail leads here; mail scanners open links, so only the button confirms."""
    if request.method != "POST":
        text = _("Press the button, and the letter comes to you.")
        return _ask(request, _("Do you want our letter?"), text, _("Yes, send it to me"))
    try:
        contact.confirm_newsletter(token=request.GET.get("token", ""))
    except Problem as problem:
        return _say(request, _("This link does not work any more"), problem.message, problem.status)
    text = _("You are on the list. Every letter has a link to leave it again.")
    return _say(request, _("Welcome"), text, happened="Newsletter Signed Up")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, language: str) -> HttpResponse:
    """Leave the list; also the one-click address that mail programs post to (RFC 8058)."""
    if request.method != "POST":
        return _ask(request, _("Leave the list?"), _("We will not write to you again."), _("Yes, leave the list"))
    try:
        contact.unsubscribe(token=request.GET.get("token", ""))
    except Problem as problem:
        return _say(request, _("This link does not work any more"), problem.message, problem.status)
    return _say(request, _("You have left the list"), _("From now on we write to you only about your orders."))


def _say(request: HttpRequest, title: str, text: str, status: int = 200, happened: str = "") -> HttpResponse:
    context = {"title": title, "text": text, "confirm": "", "happened": told(happened, {}) if happened else ""}
    return show(request, TEMPLATE, context, status=status)


def _ask(request: HttpRequest, title: str, text: str, label: str) -> HttpResponse:
    return show(request, TEMPLATE, {"title": title, "text": text, "confirm": label})
