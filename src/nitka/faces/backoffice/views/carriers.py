"""All carriers on one page: what waits for the driver, what is late, papers, kept promises, prices."""

from collections import Counter
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.deeds import record
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import here, page, say
from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.people.customers.queries import PostalAddress
from nitka.sale.orders import actions as orders
from nitka.sale.orders import queries as order_queries
from nitka.sale.shipping import actions as shipping
from nitka.sale.shipping import queries as parcels
from nitka.shelf.content import queries as content

TABS = ("today", "labels", "manifests", "performance", "rates")
PERIODS = (30, 90, 365)
MOST = 100


@require_GET
@staff("orders.view")
def show(request: HttpRequest) -> HttpResponse:
    """The tab that is asked for."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    context = {"today": _today, "labels": _labels, "manifests": _manifests, "performance": _performance,
               "rates": _rates}[tab](request)  # fmt: skip
    titles = {"today": _("Today"), "labels": _("Labels"), "manifests": _("Manifests and pickups"),
              "performance": _("Kept promises"), "rates": _("Prices")}  # fmt: skip
    tabs = [{"label": titles[key], "href": here(request, tab=key, days=None, by=None), "current": key == tab,
             "count": None, "key": ""} for key in TABS]  # fmt: skip
    return page(request, f"backoffice/carriers_{tab}.html", {"tabs": tabs, "names": parcels.carrier_names(), **context})


@require_GET
@staff("orders.view")
def label(request: HttpRequest, shipment_id: UUID) -> HttpResponse:
    """The label as PDF."""
    return _pdf(parcels.label_pdf(shipment_id), f"label-{shipment_id}.pdf")


@require_GET
@staff("orders.view")
def manifest(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """The manifest as PDF."""
    return _pdf(parcels.manifest_pdf(manifest_id), f"manifest-{manifest_id}.pdf")


@require_GET
@staff("orders.view")
def export(request: HttpRequest) -> HttpResponse:
    """Kept promises as CSV."""
    numbers = _numbers(request)
    return spreadsheets.answer(
        "kept-promises",
        [_("Group"), _("Parcels"), _("In time"), _("Late"), _("Not yet here"), _("In time, %"), _("Days on the way")],
        [(row.key or _("All"), row.parcels, row.kept, row.late, row.still_away, row.percent, row.days)
         for row in numbers["rows"]],
    )  # fmt: skip


@require_POST
@staff("orders.ship")
def make_label(request: HttpRequest, code: str) -> HttpResponse:
    """A label for what is still to be sent of an order."""
    order = order_queries.order_by_code(code)
    if order is None:
        raise Http404
    carrier = request.POST.get("carrier", "")
    grams = request.POST.get("weight_g", "")
    weight = int(grams) if grams.isdecimal() and 0 < int(grams[:7]) else None
    _asked(
        request, lambda: orders.label_order(order_id=order.id, carrier=carrier, weight_g=weight), "order.label",
        order.code, _("The label is made. Print it, and press “Ship” when the driver has the parcel."),
    )  # fmt: skip
    return see_other(reverse("back:order", kwargs={"code": order.code}))


@require_POST
@staff("orders.ship")
def cancel_label(request: HttpRequest, shipment_id: UUID) -> HttpResponse:
    """Take a label back."""
    _asked(
        request, lambda: shipping.cancel_label(shipment_id=shipment_id), "carrier.cancel_label", str(shipment_id),
        _("The label is taken back."),
    )  # fmt: skip
    return see_other(reverse("back:carriers") + "?tab=labels")


@require_POST
@staff("orders.ship")
def make_manifest(request: HttpRequest, carrier: str) -> HttpResponse:
    """All labelled parcels of a carrier on one list."""
    _asked(
        request, lambda: shipping.make_manifest(carrier=carrier, place=_place()), "carrier.manifest", carrier,
        _("The manifest is made. Print it for the driver."),
    )  # fmt: skip
    return see_other(reverse("back:carriers") + "?tab=manifests")


@require_POST
@staff("orders.ship")
def order_pickup(request: HttpRequest, carrier: str) -> HttpResponse:
    """Have the carrier come."""
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
        ready, closes = (time.fromisoformat(request.POST.get(name, "")) for name in ("ready_at", "closes_at"))
    except ValueError:
        say(request, _("Write the day and both times."), "error")
        return see_other(reverse("back:carriers"))
    _asked(
        request,
        lambda: shipping.order_pickup(carrier=carrier, on=on, ready_at=ready, closes_at=closes, place=_place()),
        "carrier.pickup", carrier, _("The carrier will come."),
    )  # fmt: skip
    return see_other(reverse("back:carriers") + "?tab=manifests")


def _asked(request: HttpRequest, act: Any, verb: str, subject: str, said: str) -> None:
    """Like `do`, for what asks a carrier and so must not stand in a transaction."""
    try:
        act()
    except Problem as problem:
        say(request, problem.message, "error")
        return
    with transaction.atomic():
        record(request, verb, subject)
    say(request, said)


def _today(request: HttpRequest) -> dict[str, Any]:
    zone = content.shop().zone
    waiting = parcels.label_rows().filter(
        state="made", manifest=None, shipment__reverse=False, shipment__state__in=["announced", "shipped"]
    )
    late = list(parcels.late_rows(clock.today(zone))[:MOST])
    today = clock.today(zone)
    counts = Counter(waiting.values_list("shipment__carrier", flat=True))
    return {
        "waiting": sorted(counts.items()), "late": late, "codes": _codes(row.reference for row in late),
        "on_way": parcels.parcel_rows().filter(state="shipped", reverse=False).count(), "today": today,
        "total": parcels.kept_by("carrier", today - timedelta(days=90), today, today=today, zone=zone)[-1],
        "cause": parcels.cause_text,
    }  # fmt: skip


def _labels(request: HttpRequest) -> dict[str, Any]:
    rows = list(parcels.label_rows()[:MOST])
    words = {"asked": _("asked for"), "made": _("made"), "cancelled": _("taken back"), "failed": _("refused")}
    return {"labels": rows, "codes": _codes(row.shipment.reference for row in rows), "words": words}


def _manifests(request: HttpRequest) -> dict[str, Any]:
    return {"manifests": list(parcels.manifest_rows()[:MOST]), "pickups": list(parcels.pickup_rows()[:MOST])}


def _performance(request: HttpRequest) -> dict[str, Any]:
    return _numbers(request) | {
        "periods": [(each, here(request, days=each), each == _days(request)) for each in PERIODS],
        "ways": [(by, title, here(request, by=by), by == _by(request)) for by, title in _groups().items()],
    }


def _numbers(request: HttpRequest) -> dict[str, Any]:
    zone = content.shop().zone
    today, by = clock.today(zone), _by(request)
    rows = parcels.kept_by(by, today - timedelta(days=_days(request)), today, today=today, zone=zone)
    return {"rows": rows[:-1], "total": rows[-1], "by": by, "days": _days(request)}


def _groups() -> dict[str, str]:
    return {"carrier": _("Carrier"), "country": _("Country"), "option": _("Delivery option"), "location": _("Place")}


def _by(request: HttpRequest) -> str:
    by = request.GET.get("by", "")
    return by if by in _groups() else "carrier"


def _days(request: HttpRequest) -> int:
    wanted = request.GET.get("days", "")
    return int(wanted) if wanted.isdecimal() and wanted in map(str, PERIODS) else 90


def _rates(request: HttpRequest) -> dict[str, Any]:
    country, postcode = request.GET.get("country", "").upper()[:2], request.GET.get("postcode", "")[:20]
    grams = request.GET.get("weight_g", "")
    weight = int(grams[:6]) if grams.isdecimal() else 1000
    shop = content.shop()
    question = parcels.RateQuestion(
        from_country=shop.country, from_postcode=shop.postcode, to_country=country or shop.country,
        to_postcode=postcode, weight_g=weight, currency=shop.currency,
    )  # fmt: skip
    found = parcels.ask_rates(question) if country else ()
    return {"found": found, "country": country, "postcode": postcode, "weight_g": weight, "asked": bool(country)}


def _codes(references: Any) -> dict[UUID, str]:
    wanted = set(references)
    return dict(order_queries.order_rows().filter(id__in=wanted).values_list("id", "code")) if wanted else {}


def _place() -> PostalAddress:
    return order_queries.sender()


def _pdf(paper: bytes | None, name: str) -> HttpResponse:
    if paper is None:
        raise Http404
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
