"""One conversation: what was written, who wrote it, and the answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_POST

from nitka.care.desk import actions as desk
from nitka.care.desk import queries as known
from nitka.care.desk.queries import ConversationView, MessageView
from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import may, staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.moments import when
from nitka.faces.backoffice.names import staff_names
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.shown_orders import NOT_YET, shown_all
from nitka.faces.backoffice.views.messages import state_word
from nitka.people.customers import queries as customers
from nitka.sale.orders import queries as orders

MOST_ORDERS = 8
# What somebody sent us is shown and never run.
_FILE_CSP = {"default-src": ["'none'"], "sandbox": [""]}


@dataclass(frozen=True)
class Said:
    """A message as the thread shows it: who, when, how sure we are, and what was left out."""

    message: MessageView
    who: str
    when: str
    state: str
    notes: tuple[str, ...]


@require_GET
@staff("messages.answer")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The conversation with its customer beside it."""
    return _page(request, found(code))


@require_POST
@staff("messages.answer")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Send the answer by mail; what was typed is not lost where it cannot be sent."""
    talk, text = found(code), request.POST.get("text", "")
    close = request.POST.get("then") == "close"
    outcome = do(
        request,
        lambda: desk.answer(conversation_id=talk.id, text=text, by=actor_id(request),
                            seen=_seen(request), close=close),
        verb="message.answer", subject=talk.code,
        said=_("Sent to %(email)s. The conversation is closed.") % {"email": talk.email} if close
        else _("Sent to %(email)s.") % {"email": talk.email},
    )  # fmt: skip
    if not outcome.done:
        return _page(request, found(code), draft=text, status=outcome.problem.status if outcome.problem else 409)
    return see_other(reverse("back:messages")) if close else _back(talk)


@require_POST
@staff("messages.answer")
def cause(request: HttpRequest, code: str) -> HttpResponse:
    """Why they write, by who has read it."""
    talk, chosen = found(code), request.POST.get("cause", "")
    do(
        request,
        lambda: desk.set_cause(conversation_id=talk.id, cause=chosen, by=actor_id(request)),
        verb="message.cause", subject=talk.code, detail={"cause": chosen}, said=_("The cause is kept."),
    )  # fmt: skip
    return _back(talk)


@require_POST
@staff("messages.answer")
def order(request: HttpRequest, code: str) -> HttpResponse:
    """Which order it is about."""
    talk, wanted = found(code), request.POST.get("order", "")[:40].replace("\x00", "")
    do(
        request, lambda: desk.link_order(conversation_id=talk.id, code=wanted),
        verb="message.order", subject=talk.code, detail={"order": wanted}, said=_("The order is kept."),
    )  # fmt: skip
    return _back(talk)


@require_POST
@staff("messages.answer")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """The matter is settled."""
    talk = found(code)
    do(request, lambda: desk.close_conversation(conversation_id=talk.id), verb="message.close", subject=talk.code,
       said=_("Closed. One more message of theirs opens it again."))  # fmt: skip
    return see_other(reverse("back:messages"))


@require_POST
@staff("messages.answer")
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """It waits for us again."""
    talk = found(code)
    do(request, lambda: desk.reopen_conversation(conversation_id=talk.id), verb="message.reopen", subject=talk.code,
       said=_("Open again."))  # fmt: skip
    return _back(talk)


@require_GET
@staff("messages.answer")
@csp_override(_FILE_CSP)
def file(request: HttpRequest, code: str, file_id: UUID) -> HttpResponse:
    """A file that came with a message: pictures are shown, all else is saved."""
    kept = known.file_of(file_id)
    if kept is None or kept[0] != found(code).id:
        raise Http404
    _conversation, name, kind, content = kept
    response = HttpResponse(content, content_type=kind)
    how = "inline" if kind.startswith("image/") else "attachment"
    plain = name.encode("ascii", "ignore").decode() or "file"
    response["Content-Disposition"] = f'{how}; filename="{plain}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def found(code: str) -> ConversationView:
    """The conversation of that code, or a 404."""
    talk = known.conversation_by_code(code)
    if talk is None:
        raise Http404
    return talk


def _page(request: HttpRequest, talk: ConversationView, *, draft: str = "", status: int = 200) -> HttpResponse:
    word, tone = state_word(talk.state)
    customer = customers.customer(talk.customer_id) if talk.customer_id else None
    others = known.conversations_of_customer(talk.customer_id) if talk.customer_id else []
    context: dict[str, Any] = {
        "talk": talk, "word": word, "tone": tone, "said": _said(talk, request.language),  # type: ignore[attr-defined]
        "customer": customer, "draft": draft, "causes": known.cause_names(),
        "others": [each for each in others if each.id != talk.id][:5],
        "orders": _orders(request, talk), "sees_orders": may(request, "orders.view"),
        "channel": known.channel_names().get(talk.channel, talk.channel),
        "cause_by": _("as they said") if talk.cause_by == "asker" else _("guessed by rule")
        if talk.cause_by == "rule" else _("said by one of us"),
    }  # fmt: skip
    return page(request, "backoffice/conversation.html", context, status=status)


def _said(talk: ConversationView, language: str) -> list[Said]:
    names = staff_names()
    return [
        Said(
            each,
            (names.get(each.author, "") if each.author else _("The shop itself"))
            if each.direction == "out" else _sender(talk, each),
            when(each.at, language),
            "danger" if each.kind == "bounce" else "promised" if each.kind == "machine" else "done",
            tuple(_notes(talk, each)),
        )
        for each in talk.messages
    ]  # fmt: skip


def _sender(talk: ConversationView, each: MessageView) -> str:
    if each.kind == "words" and each.sender == talk.email and talk.name:
        return talk.name
    return each.sender


def _notes(talk: ConversationView, each: MessageView) -> list[str]:
    notes = []
    if each.kind == "bounce":
        notes.append(_("Our mail came back."))
    elif each.kind == "machine":
        notes.append(_("An automatic answer."))
    elif each.direction == "in":
        if each.sender != talk.email:
            notes.append(_("From another address: %(email)s. Answers go to %(asker)s.")
                         % {"email": each.sender, "asker": talk.email})  # fmt: skip
        notes.append([_("sender not proved"), _("from the mailbox that we wrote to"), _("signed in")][each.proof])
    whys = {"kind": _("of a kind that we do not keep"), "size": _("too large"), "many": _("too many")}
    for left in each.context.get("left_out", []):
        notes.append(_("Left out: %(name)s, %(why)s") % {"name": left["name"], "why": whys.get(left["why"], "")})
    return notes


def _orders(request: HttpRequest, talk: ConversationView) -> list[Any]:
    if not may(request, "orders.view") or not (talk.customer_id or talk.order_code):
        return []
    ids = customers.customer_ids_of(talk.customer_id) if talk.customer_id else []
    which = Q(customer_id__in=ids) if ids else Q(code=talk.order_code)
    rows = orders.order_rows().exclude(status__in=NOT_YET).filter(which)
    return shown_all(rows.order_by("-placed_at")[:MOST_ORDERS], request.language)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("seen", ""))
    except ValueError:
        return None


def _back(talk: ConversationView) -> HttpResponse:
    return see_other(reverse("back:conversation", kwargs={"code": talk.code}))
