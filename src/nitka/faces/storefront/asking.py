"""Writing to the shop: a form that knows where it was opened from, works without JavaScript, and asks no riddles."""

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nitka.care.desk import actions as desk
from nitka.care.desk import queries as known
from nitka.faces.storefront import page
from nitka.faces.storefront.asking_place import Place, of_order, place_of
from nitka.faces.storefront.consent_bar import visitor_of
from nitka.faces.storefront.order_access import opened, private
from nitka.faces.storefront.posted import TRAP, me_of
from nitka.ground.ids import new_token
from nitka.ground.web.limits import TooManyRequests, check, client_address
from nitka.people.customers.queries import CustomerView

MOST_BYTES = 27 * 1024 * 1024
# Nobody reads a form and writes a question in less; programs do.
LEAST_SECONDS = 2
FORM_LIVES_SECONDS = 24 * 3600
FROM_ONE_PLACE, TO_ONE_ADDRESS = "20/h", "5/h"
SALT = "nitka.storefront.asking"


@dataclass
class Form:
    """What was typed, and what is wrong with it."""

    name: str = ""
    email: str = ""
    cause: str = ""
    text: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, language: str) -> HttpResponse:
    """The form, about what `?about=` names: `product:<slug>`, `page:<slug>`, `cart`, or nothing."""
    return _answer(request, language, place_of(request, language))


@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_order(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """The same about an order, for who may see it; else the question for its e-mail address."""
    found = opened(request, code)
    if found is None:
        return HttpResponseRedirect(reverse("order", args=[language, code]))
    return _answer(request, language, of_order(found, language))


@require_safe
def asked(request: HttpRequest, language: str) -> HttpResponse:
    """What happens next; the code is shown to whoever has just got it."""
    text = _("Your question has the number %(code)s. A person answers you by e-mail, and we have sent you a mail "
             "that says so; answer it if you want to add something.")  # fmt: skip
    code = "".join(letter for letter in request.GET.get("code", "")[:16] if letter.isalnum() or letter == "-")
    context = {"title": _("Thank you, we have your question"), "text": text % {"code": code}, "confirm": ""}
    return private(page.show(request, "storefront/message.html", context))


def _answer(request: HttpRequest, language: str, place: Place) -> HttpResponse:
    me = me_of(request)
    if request.method != "POST":
        filled = Form(name=me.name if me else "", email=me.email if me else place.email, cause=place.cause)
        return _show(request, place, filled, me)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        too_much = Form(errors={"pictures": _("Together, the pictures are too large. 5 MB each is the most.")})
        too_much.cause, too_much.status = place.cause, 413
        return _show(request, place, too_much, me)
    form = _read(request, me)
    once = _once(request.POST.get("stamp", ""), form)
    if request.POST.get(TRAP):
        form.errors["form"] = _("This looked as if a machine had written it. Please send it once more.")
    if not form.errors:
        _limit(request, form)
    if form.errors:
        form.status = form.status if form.status != 200 else 422
        return _show(request, place, form, me)
    try:
        done = desk.ask(question=_question(request, language, place, form, me, once))
    except desk.AskProblem as problem:
        form.errors, form.status = problem.detail["errors"], problem.status
        return _show(request, place, form, me)
    address = f"{reverse('asked', args=[language])}?{urlencode({'code': done.code})}"
    return private(HttpResponseRedirect(address, status=303))


def _read(request: HttpRequest, me: CustomerView | None) -> Form:
    def typed(name: str, most: int) -> str:
        return request.POST.get(name, "").replace("\x00", "").strip()[:most]

    email = me.email if me and me.email else typed("email", 320)
    return Form(name=typed("name", 120), email=email, cause=typed("cause", 12), text=typed("text", 20_000))


def _question(
    request: HttpRequest, language: str, place: Place, form: Form, me: CustomerView | None, once: str
) -> desk.Question:
    pictures = tuple(desk.File(each.name or "", each.read()) for each in request.FILES.getlist("pictures"))
    return desk.Question(
        text=form.text, email=form.email, name=form.name, language=language, market=request.market,  # type: ignore[attr-defined]
        about=place.about, subject=place.subject, cause=form.cause, order_code=place.order_code,
        context=place.context, pictures=pictures, customer_id=me.id if me else None, signed_in=me is not None,
        device=visitor_of(request), once=once,
    )  # fmt: skip


def _once(stamp: str, form: Form) -> str:
    """The name of the form that was filled in; what was sent too fast is asked for again, with all that was typed."""
    try:
        made, at = signing.loads(stamp[:300], salt=SALT, max_age=FORM_LIVES_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        form.errors["form"] = _("This page stood open for long. Please send it once more.")
        return ""
    if time.time() - at < LEAST_SECONDS:
        form.errors["form"] = _("That was faster than we can read. Please send it once more.")
    return str(made)


def _limit(request: HttpRequest, form: Form) -> None:
    try:
        check(f"ask:{client_address(request)}", FROM_ONE_PLACE)
        check(f"ask_email:{form.email.lower()}", TO_ONE_ADDRESS)
    except TooManyRequests as problem:
        form.errors["form"], form.status = problem.message, problem.status


def _show(request: HttpRequest, place: Place, form: Form, me: CustomerView | None) -> HttpResponse:
    context: dict[str, Any] = {
        "place": place, "form_of": form, "me": me, "trap": TRAP,
        "causes": list(known.cause_words().items()),
        "stamp": signing.dumps((new_token(), round(time.time(), 1)), salt=SALT),
        "errors": form.errors,
    }  # fmt: skip
    return private(page.show(request, "storefront/asking/ask.html", context, status=form.status))
