"""Channels: where visits come from, the rules that say so, and a place to try them."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.channel_names import channel_name, conditions, field_names
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other, typed
from nitka.faces.backoffice.pages import page, say
from nitka.ground import clock
from nitka.people.events import actions, queries
from nitka.shelf.content import queries as content

DAYS = 28
PEOPLE, ALL = "people", "all"


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Visits by channel, the rules from the top, a trial, and the hosts that bring nobody anew."""
    who: queries.Who = ALL if request.GET.get("who") == ALL else PEOPLE
    start, end = _lately()
    numbers = queries.sessions_by_channel(start, end, who)
    paying, own = queries.quiet_hosts()
    address, referrer = _whole(typed(request, "address")), _whole(typed(request, "referrer"))
    trial = queries.try_address(address, referrer) if address or referrer else None
    rules = queries.channel_rules()
    return page(
        request, "backoffice/channels.html",
        {
            "numbers": numbers, "total": sum(each.sessions for each in numbers), "who": who, "days": DAYS,
            "shares": _shares(start, end), "rules": rules, "trial": trial, "address": address, "referrer": referrer,
            "paying": paying, "own": own, "channel_name": channel_name, "conditions": conditions,
            "built_in": bool(rules) and rules[0].id is None,
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, line: int) -> HttpResponse:
    """Change the rule at that line; 0 is a new one, which goes to the top."""
    rules = queries.channel_rules()
    if line > len(rules):
        raise Http404
    given = rules[line - 1] if line else None
    values = {name: list(given.conditions.get(name, ())) if given else [] for name in field_names()}
    channel = given.channel if given else ""
    if request.method == "POST":
        channel, values = request.POST.get("channel", "").strip(), _patterns(request)
        if do(
            request,
            lambda: actions.put_channel_rule(channel=channel, conditions=values, line=line or None),
            verb="channels.rule", subject=channel, said=_("Saved. Visits from now on follow it."),
        ).done:  # fmt: skip
            return see_other(reverse("back:channels") + "#rules")
    return page(
        request, "backoffice/channel_rule.html",
        {
            "line": line, "channel": channel, "values": values, "fields": field_names(), "channel_name": channel_name,
            "channels": list(dict.fromkeys([*queries.DEFAULT_CHANNELS, *(rule.channel for rule in rules)])),
        },
    )  # fmt: skip


@require_POST
@staff("settings.edit")
def move(request: HttpRequest) -> HttpResponse:
    """Put a rule higher or lower."""
    line, to = _line(request, "line"), _line(request, "to")
    do(request, lambda: actions.move_channel_rule(line=line, to=to), verb="channels.move", subject=f"{line} → {to}")
    return see_other(f"{reverse('back:channels')}#rule-{to}")


@require_POST
@staff("settings.edit")
def remove(request: HttpRequest) -> HttpResponse:
    """Take a rule away."""
    line = _line(request, "line")
    do(
        request, lambda: actions.remove_channel_rule(line=line), verb="channels.remove", subject=str(line),
        said=_("The rule is gone."),
    )  # fmt: skip
    return see_other(reverse("back:channels") + "#rules")


@require_POST
@staff("settings.edit")
def restore(request: HttpRequest) -> HttpResponse:
    """Let the built-in rules hold again."""
    do(request, actions.restore_channel_rules, verb="channels.restore", said=_("The built-in rules hold again."))
    return see_other(reverse("back:channels") + "#rules")


@require_POST
@staff("settings.edit")
def hosts(request: HttpRequest) -> HttpResponse:
    """Keep the lists of hosts that bring nobody anew."""
    paying, own = (request.POST.get(name, "").replace(",", " ").split() for name in ("paying", "own"))
    do(
        request, lambda: actions.set_quiet_hosts(paying=paying, own=own), verb="channels.hosts",
        detail={"paying": len(paying), "own": len(own)}, said=_("Saved. Visits from now on follow it."),
    )  # fmt: skip
    return see_other(reverse("back:channels") + "#hosts")


@require_POST
@staff("settings.edit")
def reapply(request: HttpRequest) -> HttpResponse:
    """Give past visits the channels of the rules of now."""
    outcome = do(request, actions.reapply_channels, verb="channels.reapply")
    if outcome.done:
        _say_changed(request, outcome.value)
    return see_other(reverse("back:channels"))


def _say_changed(request: HttpRequest, count: int) -> None:
    if count:
        say(
            request,
            ngettext("%(n)d visit has another channel now.", "%(n)d visits have another channel now.", count)
            % {"n": count},
        )
    else:
        say(request, _("All visits have their channel by these rules already."))


def _lately() -> tuple[datetime, datetime]:
    """The last four weeks with today, by the shop's calendar."""
    zone = content.shop().zone
    today = clock.today(zone)
    return (
        clock.at_local(today - timedelta(days=DAYS - 1), time(), zone),
        clock.at_local(today + timedelta(days=1), time(), zone),
    )


def _shares(start: datetime, end: datetime) -> dict[str, Any]:
    """How many of all visits were machines'."""
    everybody = queries.sessions_by_channel(start, end, ALL)
    visits, machines = sum(each.sessions for each in everybody), sum(each.bots for each in everybody)
    return {"visits": visits, "machines": machines, "people": visits - machines}


def _patterns(request: HttpRequest) -> dict[str, list[str]]:
    """One pattern a line: a campaign may have commas and spaces in its name."""
    return {
        name: [line.strip() for line in request.POST.get(name, "").replace("\x00", "").splitlines() if line.strip()]
        for name in field_names()
    }


def _line(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _whole(address: str) -> str:
    """An address as people type it, without its beginning, is one too."""
    return f"https://{address}" if address and "://" not in address else address
