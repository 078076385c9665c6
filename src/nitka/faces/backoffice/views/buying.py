"""Buying: suppliers, purchase orders, and goods on their way."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import amount, cell
from nitka.faces.backoffice.views.stock import MAY_COUNT
from nitka.ground import clock
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions as inventory_actions
from nitka.shelf.inventory import queries as inventory


@require_GET
@staff(*MAY_COUNT)
def show(request: HttpRequest) -> HttpResponse:
    """Purchase orders, the newest on top, and a form for a new one."""
    rows = inventory.purchase_rows()
    if state := request.GET.get("state", ""):
        rows = rows.filter(state=state)
    return page(
        request, "backoffice/buying.html",
        {"list": keyset(rows, request, by="-number"), "suppliers": inventory.suppliers(active=True),
         "locations": inventory.locations(), "states": states()},
    )  # fmt: skip


def states() -> dict[str, str]:
    """The states of a purchase order in words."""
    return {"draft": _("Draft"), "sent": _("Sent"), "closed": _("Closed"), "cancelled": _("Cancelled")}


@require_POST
@staff("catalog.edit")
def new(request: HttpRequest) -> HttpResponse:
    """An empty draft at a supplier."""
    made = do(
        request, lambda: inventory_actions.draft_purchase(
            supplier=request.POST.get("supplier", ""), location=request.POST.get("location", ""), lines={}
        ),
        verb="stock.purchase", subject=request.POST.get("supplier", ""),
    )  # fmt: skip
    return _to(made.value) if made.done else see_other(reverse("back:buying"))


@require_GET
@staff(*MAY_COUNT)
def one(request: HttpRequest, purchase_id: UUID) -> HttpResponse:
    """A purchase order: what is ordered, on its way, and here."""
    found = _found(purchase_id)
    variants = catalog.variants({line.variant_id for line in found.lines})
    return page(
        request, "backoffice/purchase.html",
        {"purchase": found, "variants": variants, "state_word": states()[found.state], "cell": cell,
         "today": clock.now().date().isoformat()},
    )  # fmt: skip


@require_POST
@staff("catalog.edit")
def change(request: HttpRequest, purchase_id: UUID) -> HttpResponse:
    """Save the lines of a draft, and one more by its SKU."""
    found = _found(purchase_id)
    try:
        lines = {line.variant_id: _pieces(request, f"pieces.{line.variant_id}") for line in found.lines}
        costs = {line.variant_id: _cost(request, f"cost.{line.variant_id}", found.currency) for line in found.lines}
        if sku := request.POST.get("new.sku", "").strip():
            variant_id = catalog.variant_ids_by_sku([sku]).get(sku)
            if variant_id is None:
                raise ValueError(_("There is no SKU %(sku)s.") % {"sku": sku})
            lines[variant_id] = lines.get(variant_id, 0) + (_pieces(request, "new.pieces") or 1)
            if request.POST.get("new.cost"):
                costs[variant_id] = _cost(request, "new.cost", found.currency)
    except ValueError as trouble:
        say(request, str(trouble), "error")
        return _to(purchase_id)
    note = request.POST.get("note", "").strip()[:400]
    do(
        request, lambda: inventory_actions.change_purchase(
            purchase_id=purchase_id, lines=lines, costs=costs, note=note
        ),
        verb="stock.purchase_change", subject=found.number, said=_("Saved."),
    )  # fmt: skip
    return _to(purchase_id)


@require_POST
@staff("catalog.edit")
def deed(request: HttpRequest, purchase_id: UUID, what: str) -> HttpResponse:
    """Send the order to its supplier, or cancel what is missing."""
    found = _found(purchase_id)
    if what == "send":
        said = _("Sent to %(name)s.") if found.supplier.email else _("Marked as sent; %(name)s has no mail address.")
        do(request, lambda: inventory_actions.send_purchase(purchase_id=purchase_id), verb="stock.purchase_send",
           subject=found.number, said=said % {"name": found.supplier.name})  # fmt: skip
    else:
        do(request, lambda: inventory_actions.cancel_purchase(purchase_id=purchase_id), verb="stock.purchase_cancel",
           subject=found.number, said=_("Nothing more is expected of this order."))  # fmt: skip
    return _to(purchase_id)


@require_POST
@staff(*MAY_COUNT)
def announce(request: HttpRequest, purchase_id: UUID) -> HttpResponse:
    """Goods are on their way: when they are expected, and what the way costs."""
    found = _found(purchase_id)
    try:
        values: dict[str, Any] = {
            "expected_on": date.fromisoformat(request.POST.get("expected_on", "")),
            "lines": {line.variant_id: _pieces(request, f"pieces.{line.variant_id}") for line in found.lines},
            **_costs(request, found.currency),
        }
    except ValueError as trouble:
        say(request, str(trouble), "error")
        return _to(purchase_id)
    values["carrier"] = request.POST.get("carrier", "")[:60]
    values["tracking_number"] = request.POST.get("tracking", "")[:60]
    do(request, lambda: inventory_actions.announce_inbound(purchase_id=purchase_id, **values), verb="stock.inbound",
       subject=found.number, said=_("The shipment is on the list of what is expected."))  # fmt: skip
    return _to(purchase_id)


@require_POST
@staff(*MAY_COUNT)
def receive(request: HttpRequest, purchase_id: UUID, shipment_id: UUID) -> HttpResponse:
    """Count what arrived, correct what the way cost, or close a shipment whose rest will not come."""
    found = _found(purchase_id)
    shipment = next((each for each in found.inbound if each.id == shipment_id), None)
    if shipment is None:
        raise Http404
    what = request.POST.get("what", "receive")
    try:
        good = {line.variant_id: _pieces(request, f"good.{line.variant_id}") for line in shipment.lines}
        bad = {line.variant_id: _pieces(request, f"bad.{line.variant_id}") for line in shipment.lines}
        costs = _costs(request, found.currency) if what == "costs" else {}
    except ValueError as trouble:
        say(request, str(trouble), "error")
        return _to(purchase_id)
    if what == "receive":
        do(request, lambda: (inventory_actions.receive_inbound(shipment_id=shipment_id, good=good, damaged=bad), None),
           verb="stock.receive", subject=found.number, said=_("The goods are on the shelf."))  # fmt: skip
    elif what == "costs":
        do(request, lambda: inventory_actions.change_inbound(shipment_id=shipment_id, **costs), verb="stock.landed",
           subject=found.number, said=_("The cost of the way is shared anew."))  # fmt: skip
    else:
        do(request, lambda: inventory_actions.close_inbound(shipment_id=shipment_id), verb="stock.inbound_close",
           subject=found.number, said=_("The rest may be announced anew, or cancelled."))  # fmt: skip
    return _to(purchase_id)


@require_GET
@staff(*MAY_COUNT)
def inbound(request: HttpRequest) -> HttpResponse:
    """What is on its way to the warehouses, soonest on top."""
    return page(request, "backoffice/inbound.html", {"shipments": inventory.inbound(), "today": clock.now().date()})


@require_http_methods(["GET", "POST"])
@staff("catalog.edit")
def suppliers(request: HttpRequest) -> HttpResponse:
    """All suppliers, and a form for one more."""
    if request.method == "POST":
        code = request.POST.get("code", "").strip().lower()
        if _put_supplier(request, code):
            return see_other(reverse("back:supplier", kwargs={"code": code}))
        return see_other(request.path)
    return page(request, "backoffice/suppliers.html", {"suppliers": inventory.suppliers(), "names": LANGUAGE_NAMES})


@require_http_methods(["GET", "POST"])
@staff("catalog.edit")
def supplier(request: HttpRequest, code: str) -> HttpResponse:
    """A supplier and what is bought there."""
    found = next((each for each in inventory.suppliers() if each.code == code), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("what") == "item":
            _put_item(request, code, found.currency)
        else:
            _put_supplier(request, code)
        return see_other(request.path)
    items = inventory.supplier_items(supplier=code)
    return page(
        request, "backoffice/supplier.html",
        {"supplier": found, "items": items, "variants": catalog.variants({each.variant_id for each in items}),
         "names": LANGUAGE_NAMES},
    )  # fmt: skip


def _put_supplier(request: HttpRequest, code: str) -> bool:
    posted = request.POST
    days = posted.get("lead_days", "")
    return do(
        request, lambda: inventory_actions.put_supplier(
            code=code, name=posted.get("name", "").strip(), country=posted.get("country", "").strip().upper(),
            currency=posted.get("currency", "").strip().upper(), email=posted.get("email", ""),
            language=posted.get("language", "en"), lead_days=int(days) if days.isdecimal() else 14,
            active=bool(posted.get("active", "1")),
        ),
        verb="stock.supplier", subject=code, said=_("Saved."),
    ).done  # fmt: skip


def _put_item(request: HttpRequest, code: str, currency: str) -> None:
    sku = request.POST.get("sku", "").strip()
    variant_id = catalog.variant_ids_by_sku([sku]).get(sku)
    try:
        if variant_id is None:
            raise ValueError(_("There is no SKU %(sku)s.") % {"sku": sku})
        cost = _cost(request, "cost", currency)
        pack, minimum = _pieces(request, "pack") or 1, _pieces(request, "minimum") or 1
    except ValueError as trouble:
        return say(request, str(trouble), "error")
    known = variant_id
    do(
        request, lambda: inventory_actions.put_supplier_item(
            supplier=code, variant_id=known, cost_minor=cost, supplier_sku=request.POST.get("supplier_sku", "")[:100],
            pack=pack, minimum=minimum,
        ),
        verb="stock.supplier_item", subject=f"{code} {sku}", said=_("Saved."),
    )  # fmt: skip
    return None


def _costs(request: HttpRequest, currency: str) -> dict[str, Any]:
    split = "weight" if request.POST.get("split_by") == "weight" else "value"
    return {
        **{f"{name}_minor": _cost(request, name, currency) for name in ("freight", "duty", "other")}, "split_by": split,
    }  # fmt: skip


def _cost(request: HttpRequest, name: str, currency: str) -> int:
    return amount(request.POST.get(name, ""), currency) or 0


def _pieces(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "").strip()
    if text and not (text.isdecimal() and len(text) <= 8):
        raise ValueError(_("A count is a whole number from 0, not “%(text)s”. Nothing was saved.") % {"text": text})
    return int(text or 0)


def _found(purchase_id: UUID) -> Any:
    found = inventory.purchase(purchase_id)
    if found is None:
        raise Http404
    return found


def _to(purchase_id: UUID) -> HttpResponse:
    return see_other(reverse("back:purchase", kwargs={"purchase_id": purchase_id}))
