"""Posts for social networks: drafts, when they go, what became of them; and what is said of the shop there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import may, refuse, staff
from nitka.faces.backoffice.lists import keyset, see_other
from nitka.faces.backoffice.moments import read_wall, wall
from nitka.faces.backoffice.pages import here, page, say
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.ground.problem import Problem
from nitka.growth.campaigns import actions as campaigns
from nitka.growth.campaigns import queries as known
from nitka.people.customers import queries as customers
from nitka.shelf.content import queries as content

WRITES = "catalog.edit"
CUSTOMERS = "customers.view"
LISTENS = ("messages.answer", "catalog.edit")
MOST_TEXT = 5_000


@require_GET
@staff(WRITES)
def show(request: HttpRequest) -> HttpResponse:
    """Posts, drafts first."""
    words = {**_states(), "all": _("All")}
    state = request.GET.get("state", "draft")
    state = state if state in words else "draft"
    counts = known.counts()
    tabs = [
        {"label": label, "href": here(request, state=None if each == "draft" else each, before=None, after=None),
         "count": counts.get(each, 0) if each in ("draft", "scheduled", "failed") else None, "current": each == state}
        for each, label in words.items()
    ]  # fmt: skip
    found = keyset(known.post_rows("" if state == "all" else state), request, by="-changed_at")
    context = {"list": found, "tabs": tabs, "states": _states(), "state": state, **_names()}
    return page(request, "backoffice/social.html", context)


@require_http_methods(["GET", "POST"])
@staff(WRITES)
def new(request: HttpRequest) -> HttpResponse:
    """Write a post by hand; the address of a page brings words and a picture along."""
    if request.method == "POST":
        done = do(
            request,
            lambda: campaigns.put_post(
                network=request.POST.get("network", ""), language=request.POST.get("language", ""),
                text=request.POST.get("text", "")[:MOST_TEXT], path=request.POST.get("path", ""), by=actor_id(request),
            ),
            verb="social.new",
        )  # fmt: skip
        if done.done:
            return see_other(reverse("back:social-post", args=[done.value]))
    spoken = {code: LANGUAGE_NAMES[code] for code in content.shop().languages}
    typed = request.POST if request.method == "POST" else request.GET
    return page(request, "backoffice/social_new.html", {"spoken": spoken, "typed": typed, **_names()})


@require_GET
@staff(WRITES)
def post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """One post, with what can be done."""
    found = known.post(post_id)
    if found is None:
        raise Http404
    context = {"post": found, "states": _states(), "when": wall(found.scheduled_at), **_names()}
    return page(request, "backoffice/social_post.html", context)


@require_POST
@staff(WRITES)
def post_deed(request: HttpRequest, post_id: UUID, deed: str) -> HttpResponse:
    """Save, schedule, send now, take back or delete."""
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "save": (lambda: _save(request, post_id), _("Saved.")),
        "schedule": (lambda: _schedule(request, post_id), _("The post is saved, and goes at that moment.")),
        "send": (lambda: _send(request, post_id), _("The post is saved, and goes within a minute.")),
        "back": (lambda: campaigns.take_back(post_id=post_id), _("The post is a draft again.")),
        "delete": (lambda: campaigns.delete_post(post_id=post_id), _("The post is deleted.")),
    }
    if deed not in acts:
        raise Http404
    if deed == "schedule" and read_wall(request.POST.get("at", "")) is None:
        say(request, _("Say when it is to go."), "error")
        return see_other(reverse("back:social-post", args=[post_id]))
    act, said = acts[deed]
    done = do(request, act, verb=f"social.{deed}", subject=str(post_id), said=said)
    if deed == "delete" and done.done:
        return see_other(reverse("back:social"))
    return see_other(reverse("back:social-post", args=[post_id]))


def _save(request: HttpRequest, post_id: UUID) -> None:
    posted = request.POST
    if "text" in posted:  # a button beside the form keeps what stands there
        campaigns.put_post(post_id=post_id, text=posted["text"][:MOST_TEXT], path=posted.get("path", ""))


def _schedule(request: HttpRequest, post_id: UUID) -> None:
    _save(request, post_id)
    at = read_wall(request.POST.get("at", ""))
    if at is not None:
        campaigns.schedule_post(post_id=post_id, at=at)


def _send(request: HttpRequest, post_id: UUID) -> None:
    _save(request, post_id)
    campaigns.send_now(post_id=post_id)


@require_GET
@staff(*LISTENS)
def mentions(request: HttpRequest) -> HttpResponse:
    """What others wrote about us, those first that nobody looked at."""
    words = {"new": _("To look at"), "done": _("Done"), "all": _("All")}
    state = request.GET.get("state", "new")
    state = state if state in words else "new"
    tabs = [
        {"label": label, "href": here(request, state=None if each == "new" else each, before=None, after=None),
         "count": known.new_mentions() if each == "new" else None, "current": each == state}
        for each, label in words.items()
    ]  # fmt: skip
    found = keyset(known.mention_rows("" if state == "all" else state), request, by="-at")
    knows = may(request, CUSTOMERS)
    whose = {
        each.customer_id: customers.customer(each.customer_id) for each in found.rows if knows and each.customer_id
    }
    context = {
        "list": found, "tabs": tabs, "state": state, "connected": any(known.connected().values()), "whose": whose,
        "knows": knows, **_names(),
    }  # fmt: skip
    return page(request, "backoffice/mentions.html", context)


@require_POST
@staff(*LISTENS)
def mention_deed(request: HttpRequest, mention_id: UUID, deed: str) -> HttpResponse:
    """Say that it is done, whose it is, or forget it."""
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "done": (lambda: campaigns.set_mention_done(mention_id=mention_id), _("Done.")),
        "again": (lambda: campaigns.set_mention_done(mention_id=mention_id, done=False), _("It is to be looked at.")),
        "forget": (lambda: campaigns.forget_mention(mention_id=mention_id), _("Nothing of it is kept.")),
        "whose": (lambda: _link(request, mention_id), _("Saved.")),
    }
    if deed not in acts:
        raise Http404
    if deed == "whose" and not may(request, CUSTOMERS):
        return refuse(request)
    act, said = acts[deed]
    do(request, act, verb=f"mention.{deed}", subject=str(mention_id), said=said)
    return see_other(reverse("back:mentions"))


def _link(request: HttpRequest, mention_id: UUID) -> None:
    """To the customer with that address or number; to nobody without one."""
    typed = request.POST.get("customer", "").replace("\0", "").strip()[:254]
    marks = (typed.lower(), typed.upper())
    found = (
        [each for each in customers.search(typed) if each.email == marks[0] or each.code == marks[1]] if typed else []
    )
    if typed and not found:
        raise Problem(_("No customer has this e-mail address or number."))
    campaigns.link_mention(mention_id=mention_id, customer_id=found[0].id if found else None)


def _states() -> dict[str, str]:
    return {
        "draft": _("Drafts"), "scheduled": _("Scheduled"), "sending": _("On the way"), "sent": _("Sent"),
        "kept": _("Kept, not sent"), "failed": _("Failed"),
    }  # fmt: skip


def _names() -> dict[str, Any]:
    return {"networks": known.NETWORKS, "connected_to": known.connected(), "tongues": LANGUAGE_NAMES}
