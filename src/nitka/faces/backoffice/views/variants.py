"""What of a product is bought: its variants, their prices in every market, their stock at every location."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.drafts import draft_of, variant_draft
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.pages import say
from nitka.faces.backoffice.price_forms import read_prices
from nitka.faces.backoffice.views.product import back_to, found
from nitka.faces.backoffice.views.stock import MAY_COUNT
from nitka.shelf.catalog import actions as catalog_actions
from nitka.shelf.catalog.queries import ProductSource, VariantDraft
from nitka.shelf.inventory import actions as inventory_actions
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import actions as pricing_actions


@require_POST
@staff("catalog.edit")
def save(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Save barcodes, weights and which variants are sold, and add a variant."""
    source = found(product_id)
    try:
        variants = [_edited(request, each) for each in source.variants]
        if sku := request.POST.get("new.sku", "").strip():
            variants.append(_added(request, source, sku))
    except ValueError as trouble:
        say(request, _("A weight is a whole number of grams, not “%(text)s”.") % {"text": trouble.args[0]}, "error")
        return back_to(product_id, "variants")
    draft = draft_of(source, variants=tuple(variants))
    do(
        request, lambda: catalog_actions.put_products(drafts=[draft], by_hand=True),
        verb="product.variants", subject=source.handle, detail={"skus": ", ".join(each.sku for each in variants)[:400]},
        said=_("The variants are saved."),
    )  # fmt: skip
    return back_to(product_id, "variants")


def _edited(request: HttpRequest, variant: Any) -> VariantDraft:
    draft = variant_draft(variant)
    if f"gtin.{variant.id}" not in request.POST:
        return draft
    return replace(
        draft,
        gtin=request.POST[f"gtin.{variant.id}"].strip(),
        weight_g=_grams(request.POST.get(f"weight.{variant.id}", "")),
        active=bool(request.POST.get(f"active.{variant.id}")),
    )


def _added(request: HttpRequest, source: ProductSource, sku: str) -> VariantDraft:
    options = {
        option["code"]: request.POST[f"new.option.{option['code']}"]
        for option in source.options
        if request.POST.get(f"new.option.{option['code']}")
    }
    return VariantDraft(
        sku=sku, gtin=request.POST.get("new.gtin", "").strip(), weight_g=_grams(request.POST.get("new.weight", "")),
        options=options,
    )  # fmt: skip


def _grams(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return int(text)
    except ValueError:
        raise ValueError(text) from None


@require_POST
@staff("catalog.edit")
def prices(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Save the prices that were changed."""
    source = found(product_id)
    try:
        changes, detail = read_prices(request.POST)
    except ValueError as trouble:
        say(request, str(trouble), "error")
        return back_to(product_id, "prices")
    if changes:
        do(
            request, lambda: pricing_actions.set_prices(prices=changes), verb="product.prices", subject=source.handle,
            detail=detail, said=_("The prices are saved; the shop shows them within seconds."),
        )  # fmt: skip
    else:
        say(request, _("No price was changed."), "warn")
    return back_to(product_id, "prices")


@require_POST
@staff(*MAY_COUNT)
def stock(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Write what was counted at each location."""
    source = found(product_id)
    own = {str(variant.id): variant for variant in source.variants}
    levels = inventory.levels([variant.id for variant in source.variants])
    changes: list[tuple[UUID, str, int]] = []
    detail: dict[str, str] = {}
    for name, value in request.POST.items():
        text = str(value)
        kind, _dot, key = name.partition(".")
        variant_id, _colon, place = key.partition(":")
        if kind != "count" or variant_id not in own or not text.strip():
            continue
        if not text.strip().isdecimal() or len(text.strip()) > 8:
            say(
                request,
                _("A count is a whole number from 0, not “%(text)s”. Nothing was saved.") % {"text": text},
                "error",
            )
            return back_to(product_id, "stock")
        variant = own[variant_id]
        was = next((level.on_hand for level in levels[variant.id] if level.location == place), None)
        if str(was) == request.POST.get(f"was.{key}", "None") and was != int(text):
            changes.append((variant.id, place, int(text)))
            detail[f"{variant.sku} {place}"] = f"{was or 0} → {int(text)}"
    if changes:
        do(
            request, lambda: inventory_actions.set_stock(levels=changes), verb="stock.count", subject=source.handle,
            detail=detail, said=_("The stock is saved."),
        )  # fmt: skip
    else:
        say(request, _("No count was saved: nothing was changed, or the stock moved meanwhile. Look again."), "warn")
    return back_to(product_id, "stock")
