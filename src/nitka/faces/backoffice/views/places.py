"""Where goods lie, from which of these places orders leave, and where shoppers may fetch their parcels."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.sale.shipping import actions as shipping_actions
from nitka.sale.shipping import queries as shipping
from nitka.sale.shipping.queries import Sourcing
from nitka.shelf.inventory import actions as inventory_actions
from nitka.shelf.inventory import queries as inventory

MOST_RULES, MOST_POINTS = 50, 200
POINT = ("carrier", "code", "name", "line1", "postcode", "city", "country", "hours")


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Places, rules and points on one page."""
    points = shipping.point_rows()
    return page(
        request, "backoffice/places.html",
        {
            "places": inventory.locations(), "rules": list(shipping.sourcing_rows()), "strategies": _strategies(),
            "points": list(points.order_by("carrier", "country", "postcode")[:MOST_POINTS]), "count": points.count(),
            "carriers": shipping.carriers(),
        },
    )  # fmt: skip


@require_POST
@staff("settings.edit")
def save(request: HttpRequest, what: str) -> HttpResponse:
    """One of the forms of the page."""
    deeds = {"place": _place, "rules": _rules, "point": _point, "close": _close}
    if what not in deeds:
        raise Http404
    deeds[what](request)
    return see_other(reverse("back:places"))


def _strategies() -> list[tuple[str, str]]:
    return [
        ("fewest", _("as few parcels as possible")), ("order", _("each piece from the first place that has it")),
        ("together", _("one parcel: pieces are brought together first")),
    ]  # fmt: skip


def _text(request: HttpRequest, name: str, most: int) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()[:most]


def _place(request: HttpRequest) -> None:
    code, name = _text(request, "code", 40).lower(), _text(request, "name", 80)
    country, zone = _text(request, "country", 2), _text(request, "zone", 60)
    if not code.replace("-", "").isalnum() or not name or len(country) != 2:
        return say(request, _("A place needs a short code, a name and a country of two letters."), "error")
    try:
        do(
            request,
            lambda: inventory_actions.put_location(code=code, name=name, country=country, zone=zone),
            verb="place.put", subject=code, said=_("Saved. Its stock is counted on the page of stock."),
        )  # fmt: skip
    except (KeyError, ValueError):
        say(request, _("A time zone is called like Europe/Warsaw."), "error")
    return None


def _rules(request: HttpRequest) -> None:
    known = {each.code for each in inventory.locations()}
    rules = []
    for row in range(MOST_RULES):
        places = _text(request, f"locations-{row}", 400).lower().replace(",", " ").split()
        if unknown := [code for code in places if code not in known]:
            return say(request, _("There is no place %(code)s.") % {"code": unknown[0]}, "error")
        days = _text(request, f"days-{row}", 2)
        if f"strategy-{row}" in request.POST and not request.POST.get(f"drop-{row}"):
            countries = frozenset(_text(request, f"countries-{row}", 400).upper().replace(",", " ").split())
            strategy = _text(request, f"strategy-{row}", 8)
            if countries or places or strategy:
                rules.append(
                    Sourcing(countries, tuple(places), strategy or "fewest", int(days) if days.isdecimal() else 0)
                )
    do(request, lambda: shipping_actions.put_sourcing(rules=rules), verb="sourcing.put",
       said=_("Saved. The next orders leave by these rules."))  # fmt: skip
    return None


def _point(request: HttpRequest) -> None:
    told: dict[str, Any] = {name: _text(request, name, 200) for name in POINT}
    if not all(told[name] for name in POINT if name != "hours"):
        return say(request, _("A point needs a code, a name and a whole address."), "error")
    do(request, lambda: shipping_actions.put_point(**told), verb="point.put", subject=told["code"], said=_("Saved."))
    return None


def _close(request: HttpRequest) -> None:
    row = shipping.point_rows().filter(carrier=_text(request, "carrier", 40), code=_text(request, "code", 60)).first()
    if row is None:
        raise Http404
    told: dict[str, Any] = {name: getattr(row, name) for name in POINT}
    do(request, lambda: shipping_actions.put_point(**told, active=not row.active), verb="point.close",
       subject=row.code, said=_("Saved."))  # fmt: skip
