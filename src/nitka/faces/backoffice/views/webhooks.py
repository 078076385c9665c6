"""Addresses that are told of facts: made, tried, turned off, and what became of every delivery."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.ground import clock
from nitka.ground.webhooks import actions as webhooks
from nitka.ground.webhooks import queries

STATES = ("waiting", "failed", "delivered")
LONGEST_DAYS = 30


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All endpoints, and a form for another."""
    return page(
        request, "backoffice/webhooks.html", {"endpoints": queries.endpoints(), "kinds": queries.kinds_told()}
    )  # fmt: skip


@require_POST
@staff("settings.edit")
def add(request: HttpRequest) -> HttpResponse:
    """Make an endpoint; its secret is on the answer, and never again."""
    url = request.POST.get("url", "")
    outcome = do(
        request, lambda: webhooks.put_endpoint(url=url, kinds=request.POST.getlist("kinds")), verb="webhooks.add",
        subject=url[:120],
    )  # fmt: skip
    if not outcome.done:
        return see_other(reverse("back:webhooks"))
    endpoint_id, secret = outcome.value
    return _one(request, endpoint_id, secret)


@require_GET
@staff("settings.edit")
def one(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """One endpoint and its deliveries."""
    return _one(request, endpoint_id)


@require_POST
@staff("settings.edit")
def change(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """One of the deeds that the page offers."""
    deed = request.POST.get("deed", "")
    if deed == "rotate":
        outcome = do(
            request, lambda: webhooks.rotate_secret(endpoint_id=endpoint_id), verb="webhooks.rotate",
            subject=str(endpoint_id),
        )  # fmt: skip
        return _one(request, endpoint_id, outcome.value if outcome.done else "")
    if deed == "save":
        _save(request, endpoint_id)
    elif deed in ("on", "off"):
        do(
            request, lambda: webhooks.set_enabled(endpoint_id=endpoint_id, enabled=deed == "on"),
            verb=f"webhooks.{deed}", subject=str(endpoint_id),
            said=_("It is told from now on.") if deed == "on" else _("It is told nothing any more."),
        )  # fmt: skip
    elif deed == "test":
        do(
            request, lambda: webhooks.send_test(endpoint_id=endpoint_id), verb="webhooks.test",
            subject=str(endpoint_id), said=_("A test message is on its way; its line is in the log below."),
        )  # fmt: skip
    elif deed == "replay":
        _replay(request, endpoint_id)
    elif deed == "forget" and request.POST.get("sure"):
        do(
            request, lambda: webhooks.forget_endpoint(endpoint_id=endpoint_id), verb="webhooks.forget",
            subject=str(endpoint_id), said=_("It is gone, with its log."),
        )  # fmt: skip
        return see_other(reverse("back:webhooks"))
    return see_other(reverse("back:webhook", kwargs={"endpoint_id": endpoint_id}))


def _save(request: HttpRequest, endpoint_id: UUID) -> None:
    url, kinds = request.POST.get("url", ""), request.POST.getlist("kinds")
    do(
        request, lambda: webhooks.put_endpoint(url=url, kinds=kinds, endpoint_id=endpoint_id), verb="webhooks.change",
        subject=url[:120], said=_("Saved."),
    )  # fmt: skip


def _replay(request: HttpRequest, endpoint_id: UUID) -> None:
    try:
        delivery = UUID(request.POST["delivery"]) if request.POST.get("delivery") else None
        days = min(max(int(request.POST.get("days") or 1), 1), LONGEST_DAYS)
    except ValueError:
        return
    outcome = do(
        request,
        lambda: webhooks.replay(
            endpoint_id=endpoint_id, delivery_id=delivery, since=clock.now() - timedelta(days=days)
        ),
        verb="webhooks.replay", subject=str(endpoint_id),
    )  # fmt: skip
    if outcome.done:
        words = ngettext("%(n)d message is sent again.", "%(n)d messages are sent again.", outcome.value)
        say(request, words % {"n": outcome.value})


def _one(request: HttpRequest, endpoint_id: UUID, secret: str = "") -> HttpResponse:
    endpoint = queries.endpoint(endpoint_id)
    if endpoint is None:
        raise Http404
    state = request.GET.get("state", "")
    found = queries.deliveries_of(endpoint_id, state=state if state in STATES else "")
    tried = {
        each.id: [(datetime.fromisoformat(line["at"]).astimezone(UTC), line) for line in each.log] for each in found
    }
    answer = page(
        request, "backoffice/webhook.html",
        {"endpoint": endpoint, "deliveries": found, "tried": tried, "secret": secret, "kinds": queries.kinds_told(),
         "state": state},
    )  # fmt: skip
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer
