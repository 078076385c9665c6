"""How many pieces lie where, and counting them anew."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other, typed
from nitka.faces.backoffice.pages import page, say
from nitka.ground.locale import pick
from nitka.ground.problem import Problem
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions as inventory_actions
from nitka.shelf.inventory import queries as inventory

# Whoever moves the goods may count them too.
MAY_COUNT = ("catalog.edit", "orders.ship")


class CountedMeanwhile(Problem):
    """Stock moved between looking and saving."""

    code = "counted_meanwhile"


@require_GET
@staff()
def show(request: HttpRequest) -> HttpResponse:
    """Stock by variant and location."""
    shown = keyset(filtered(request), request, by="variant__sku")
    everything = inventory.level_rows()
    return page(
        request,
        "backoffice/stock.html",
        {
            "levels": shown,
            "variants": catalog.variants({row.variant_id for row in shown.rows}),
            "locations": inventory.locations(),
            "tabs": _tabs(request, everything),
        },
    )


@require_POST
@staff(*MAY_COUNT)
def save(request: HttpRequest) -> HttpResponse:
    """Write the counts that were changed on the page, all of them or none."""
    changes, wrong = _changes(request)
    if wrong:
        say(
            request,
            _("A count is a whole number from 0, not “%(text)s”. Nothing was saved.") % {"text": wrong},
            "error",
        )
    elif not changes:
        say(request, _("No count was changed."), "warn")
    else:
        said = ngettext("%(n)d count was saved.", "%(n)d counts were saved.", len(changes)) % {"n": len(changes)}
        skus = {sku: f"{was} → {now}" for _variant, _place, sku, was, now in changes}
        do(request, lambda: _count(changes), verb="stock.count", subject=", ".join(skus)[:100], detail=skus, said=said)
    return see_other(request.POST.get("back") or request.path)


@require_GET
@staff()
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    rows = filtered(request).select_related("variant__product").order_by("variant__sku")
    return spreadsheets.answer(
        "stock",
        [_("SKU"), _("Product"), _("Location"), _("On hand"), _("Promised"), _("Available")],
        (
            (
                row.variant.sku, pick(row.variant.product.title, "en"), row.location.code, row.on_hand, row.reserved,
                row.on_hand - row.reserved,
            )
            for row in rows.iterator()
        ),
    )  # fmt: skip


def filtered(request: HttpRequest) -> "QuerySet[Any]":
    """The levels that the address asks for."""
    rows = only(inventory.level_rows(), request.GET.get("show", ""))
    if place := typed(request, "location"):
        rows = rows.filter(location__code=place)
    if text := typed(request):
        rows = rows.annotate(titles=Cast("variant__product__title", TextField()))
        rows = rows.filter(Q(variant__sku__icontains=text) | Q(variant__gtin=text) | Q(titles__icontains=text))
    return rows


def only(rows: "QuerySet[Any]", what: str) -> "QuerySet[Any]":
    """low: some, but few, can still be promised; out: none."""
    return rows.filter(_is(what))


def _is(what: str) -> Q:
    if what == "low":
        return Q(on_hand__gt=F("reserved"), on_hand__lte=F("reserved") + inventory.FEW)
    return Q(on_hand__lte=F("reserved")) if what == "out" else Q()


def _tabs(request: HttpRequest, rows: "QuerySet[Any]") -> list[dict[str, Any]]:
    from nitka.faces.backoffice.pages import here

    chosen = request.GET.get("show", "")
    words = {"": _("All"), "low": _("Low"), "out": _("Sold out")}
    counted = rows.order_by().aggregate(**{f"n_{key}": Count("pk", filter=_is(key)) for key in words})
    return [
        {"label": label, "key": key, "href": here(request, show=key or None), "current": key == chosen,
         "count": counted[f"n_{key}"]}
        for key, label in words.items()
    ]  # fmt: skip


Change = tuple[UUID, str, str, int, int]


def _changes(request: HttpRequest) -> tuple[list[Change], str]:
    """The changed counts as (variant, location, SKU, was, now), and the first text that is no count."""
    changes: list[Change] = []
    for name, value in request.POST.items():
        text = str(value)
        kind, _dot, key = name.partition(".")
        if kind != "count":
            continue
        was = request.POST.get(f"was.{key}", "")
        if text.strip() == was:
            continue
        variant, _colon, place = key.partition(":")
        try:
            changes.append((UUID(variant), place, request.POST.get(f"sku.{key}", variant), int(was or 0), _whole(text)))
        except ValueError:
            return [], text
    return changes, ""


def _whole(text: str) -> int:
    number = int(text.strip())
    if not 0 <= number <= 10_000_000:
        raise ValueError(text)
    return number


def _count(changes: list[Change]) -> None:
    levels = inventory.levels({variant for variant, *_rest in changes})
    for variant, place, sku, was, now in changes:
        stands = next((level.on_hand for level in levels.get(variant, ()) if level.location == place), 0)
        if stands != was:
            raise CountedMeanwhile(
                _("%(sku)s moved while you were looking: it was %(was)d, now %(now)d. Look again, then save.")
                % {"sku": sku, "was": was, "now": stands}
            )
        inventory_actions.adjust_stock(variant_id=variant, location=place, by=now - was, reason="count")
