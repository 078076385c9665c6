"""The demo's mailbox: every mail that the shop would have sent. There is none on a real shop."""

import functools
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from nitka.care.desk import actions as desk
from nitka.faces.storefront.page import show
from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.people.contact import queries as contact

PAGE_SIZE = 50
# A mail may carry styles of its own; it may load nothing, run nothing and send nothing.
_MAIL_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "img-src": [CSP.SELF, "data:"],
    "form-action": [CSP.NONE], "base-uri": [CSP.NONE], "frame-ancestors": [CSP.SELF], "sandbox": ["allow-popups"],
}  # fmt: skip
# The page that shows it may hold a frame of our own, no more.
_PAGE_CSP: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """On a real shop there is nothing at this address."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not settings.NITKA_DEMO:
            raise Http404
        response = view(request, **parts)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


@require_safe
@demo_only
def listing(request: HttpRequest) -> HttpResponse:
    """The newest mails first, or those to one address."""
    to = request.GET.get("to", "").strip()[:254]
    found = Paginator(contact.mailbox_rows(to), PAGE_SIZE).get_page(request.GET.get("page"))
    return show(request, "storefront/account/mailbox.html", {"mails": found, "to": to})


@require_safe
@demo_only
@csp_override(_PAGE_CSP)
def letter(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One mail: as it looks, as text, and its headers."""
    return show(request, "storefront/account/letter.html", {"mail": _found(mail_id), "error": ""})


@require_POST
@demo_only
@csp_override(_PAGE_CSP)
@rate_limit("mailbox_answer", "30/m")
def answer(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """Answer as the reader of this mail would: a raw mail is made and taken in by the way that all mails take."""
    mail = _found(mail_id)
    text = request.POST.get("text", "").replace("\x00", "").strip()[:20_000]
    try:
        if not text:
            raise desk.AnswerProblem(_("Please write an answer first."))
        desk.take_in_mail(raw=answer_to(mail, text))
    except Problem as problem:
        context = {"mail": mail, "error": problem.message}
        return show(request, "storefront/account/letter.html", context, status=problem.status)
    return HttpResponseRedirect(f"{reverse('mailbox_letter', args=[mail_id])}?answered=1", status=303)


def answer_to(mail: contact.MailView, text: str) -> bytes:
    """What a mail program sends when its owner answers: threading headers, and the mail quoted below."""
    headers = dict(mail.headers)
    message = EmailMessage()
    message["From"] = mail.to
    message["To"] = headers.get("Reply-To") or contact.sender().address
    message["Subject"] = mail.subject if mail.subject.lower().startswith("re:") else f"Re: {mail.subject}"
    message["Message-ID"] = f"<{new_id()}@mailbox.invalid>"
    message["In-Reply-To"] = headers["Message-ID"]
    message["References"] = " ".join(filter(None, (headers.get("References", ""), headers["Message-ID"])))
    message["Date"] = format_datetime(clock.now())
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    wrote = f"On {mail.created_at:%d %b %Y at %H:%M} {contact.sender().shop_name} wrote:"
    message.set_content(f"{text}\n\n{wrote}\n{quoted}\n")
    return message.as_bytes()


@require_safe
@demo_only
@xframe_options_sameorigin
@csp_override(_MAIL_CSP)
def body(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The HTML of a mail as it was sent, shut in a sandbox."""
    return HttpResponse(_found(mail_id).html)


@require_safe
@demo_only
def attachment(request: HttpRequest, mail_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file that went with a mail, to be saved."""
    found = contact.attachment(mail_id, attachment_id)
    if found is None:
        raise Http404
    name, content_type, content = found
    response = HttpResponse(content, content_type=content_type)
    safe = "".join(letter for letter in name if letter.isalnum() or letter in "._- ")
    response["Content-Disposition"] = f'attachment; filename="{safe.encode("ascii", "ignore").decode() or "file"}"'
    return response


def _found(mail_id: UUID) -> contact.MailView:
    mail = contact.mail(mail_id)
    if mail is None:
        raise Http404
    return mail
