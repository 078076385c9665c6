"""What runs low, what nobody wants, and the ledger of a variant."""

from datetime import timedelta
from typing import Any
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
from nitka.faces.backoffice.views.stock import MAY_COUNT
from nitka.ground import clock
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions as inventory_actions
from nitka.shelf.inventory import queries as inventory

MOST = 300
PERIODS = (90, 180, 365)


@require_GET
@staff(*MAY_COUNT)
def low(request: HttpRequest) -> HttpResponse:
    """What is to be ordered (or, with `?show=all`, everything that has a forecast), and who waits for what."""
    needs = inventory.needs(low=request.GET.get("show") != "all")[:MOST]
    waiting = inventory.alerts_waiting()
    ids = {need.variant_id for need in needs} | set(list(waiting)[:50])
    return page(
        request, "backoffice/stock_low.html",
        {"needs": needs, "waiting": waiting, "variants": catalog.variants(ids), "everything": bool(
            request.GET.get("show"))},
    )  # fmt: skip


@require_POST
@staff("catalog.edit")
def draft(request: HttpRequest) -> HttpResponse:
    """Draft orders for all that is low now."""
    made = do(request, inventory_actions.draft_purchases, verb="stock.drafts", subject="")
    if made.done:
        n = len(made.value)
        say(request, ngettext("%(n)d order is drafted.", "%(n)d orders are drafted.", n) % {"n": n})
    return see_other(reverse("back:buying"))


@require_GET
@staff(*MAY_COUNT)
def dead(request: HttpRequest) -> HttpResponse:
    """What lies there and was not sold for so many days."""
    days = next((each for each in PERIODS if str(each) == request.GET.get("days")), 180)
    rows = inventory.dead_stock(since=clock.now() - timedelta(days=days))
    return page(
        request, "backoffice/stock_dead.html",
        {"rows": rows, "days": days, "periods": PERIODS, "variants": catalog.variants({r.variant_id for r in rows})},
    )  # fmt: skip


@require_GET
@staff(*MAY_COUNT)
def ledger(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Every move of a variant, its forecast, and the merchant's own word on reordering."""
    return page(
        request, "backoffice/stock_ledger.html",
        {
            "variant": _variant(variant_id), "moves": inventory.moves_of(variant_id), "kinds": kinds(),
            "levels": inventory.levels([variant_id])[variant_id], "outlook": inventory.outlook(variant_id),
            "rule": inventory.reorder_rule(variant_id),
            "places": [(place.code, place.name) for place in inventory.locations()],
            "landed": inventory.landed_costs([variant_id]).get(variant_id),
        },
    )  # fmt: skip


def kinds() -> dict[str, str]:
    """What moved goods, in words."""
    return {
        "opening": _("Opening balance"), "sale": _("Sold"), "return": _("Came back"), "receipt": _("From a supplier"),
        "adjustment": _("Adjusted"), "count": _("Counted"), "transfer": _("Carried"), "grade": _("Graded"),
    }  # fmt: skip


@require_POST
@staff(*MAY_COUNT)
def move(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Carry pieces to another place, or grade them anew."""
    variant, posted = _variant(variant_id), request.POST
    text = posted.get("pieces", "").strip()
    pieces = int(text) if text.isdecimal() and len(text) <= 8 else 0
    place, to, reason = posted.get("location", ""), posted.get("to", ""), posted.get("reason", "").strip()[:200]
    if to in ("damaged", "good", "gone"):
        do(request, lambda: inventory_actions.grade_stock(
            variant_id=variant_id, location=place, pieces=pieces, to=to, reason=reason),
           verb="stock.grade", subject=variant.sku, detail={"to": to, "pieces": pieces}, said=_("Saved."))  # fmt: skip
    else:
        do(request, lambda: inventory_actions.transfer(
            variant_id=variant_id, pieces=pieces, source=place, target=to, reason=reason),
           verb="stock.transfer", subject=variant.sku, detail={"to": to, "pieces": pieces},
           said=_("Saved."))  # fmt: skip
    return _back(variant_id)


@require_POST
@staff("catalog.edit")
def rule(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """When and how many to order; what is left empty is computed."""
    variant = _variant(variant_id)
    names = ("service_percent", "lead_days", "point", "quantity")
    texts = {name: request.POST.get(name, "").strip() for name in names}
    if wrong := next((text for text in texts.values() if text and not text.isdecimal()), ""):
        say(request, _("“%(text)s” is no whole number. Nothing was saved.") % {"text": wrong}, "error")
        return _back(variant_id)
    values = {name: int(text) if text else None for name, text in texts.items()}
    never = bool(request.POST.get("never"))
    do(request, lambda: inventory_actions.set_reorder_rule(variant_id=variant_id, never=never, **values),
       verb="stock.rule", subject=variant.sku, said=_("Saved."))  # fmt: skip
    return _back(variant_id)


def _variant(variant_id: UUID) -> Any:
    found = catalog.variants([variant_id]).get(variant_id)
    if found is None:
        raise Http404
    return found


def _back(variant_id: UUID) -> HttpResponse:
    return see_other(reverse("back:stock-ledger", kwargs={"variant_id": variant_id}))
