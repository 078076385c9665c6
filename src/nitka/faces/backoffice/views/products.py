"""The list of products, its CSV, and a new product."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other, typed
from nitka.faces.backoffice.pages import here, page
from nitka.ground import money
from nitka.ground.locale import pick
from nitka.ground.problem import Problem
from nitka.shelf.catalog import actions as catalog_actions
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import ProductDraft, VariantDraft
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

STATUSES = ("published", "draft", "archived")
EXPORT_BATCH = 200


class Taken(Problem):
    """Another product has this handle or SKU."""

    code = "taken"


@dataclass(frozen=True)
class ShownProduct:
    """One row of the list."""

    source: Any
    category: str
    status_word: str
    picture: str
    variants: int
    available: int
    price_minor: int | None
    currency: str


@require_GET
@staff()
def show(request: HttpRequest) -> HttpResponse:
    """Products, newest first."""
    market = next(iter(pricing.markets()), None)
    found = keyset(_summed(catalog.at_a_glance(filtered(request)), market), request, by="-created_at")
    return page(
        request,
        "backoffice/products.html",
        {
            "list": found,
            "products": [_shown(row, market, request.language) for row in found.rows],  # type: ignore[attr-defined]
            "tree": catalog.category_tree(),
            "tabs": _tabs(request),
        },
    )


def _summed(rows: "QuerySet[Any]", market: pricing.MarketView | None) -> "QuerySet[Any]":
    """The rows with what can be promised and the lowest price in that market, so that many ask no more than one."""
    own = Q(variant__product_id=OuterRef("pk"), variant__active=True)
    free = inventory.level_rows().filter(own).order_by().values("variant__product_id")
    prices = pricing.price_rows().filter(own, market_id=market.code if market else "").order_by("minor")
    return rows.annotate(
        available=Coalesce(Subquery(free.values(n=Sum(F("on_hand") - F("reserved")))), 0),
        price_minor=Subquery(prices.values("minor")[:1]),
    )


def _shown(row: Any, market: pricing.MarketView | None, language: str) -> ShownProduct:
    return ShownProduct(
        row, pick(row.category.name, language) if row.category else "", status_words()[row.status],
        catalog.picture_of(row), row.active_variants, row.available, row.price_minor, market.currency if market else "",
    )  # fmt: skip


def status_words() -> dict[str, str]:
    """States of a product as people read them."""
    return {"published": _("On sale"), "draft": _("Draft"), "archived": _("Archived")}


def filtered(request: HttpRequest) -> "QuerySet[Any]":
    """The products that the address asks for."""
    rows = without_status(request)
    status = request.GET.get("status", "")
    return rows.filter(status=status) if status in STATUSES else rows


def without_status(request: HttpRequest) -> "QuerySet[Any]":
    """The same over all states."""
    rows = catalog.product_rows(search=typed(request))
    if category := _uuid(request.GET.get("category", "")):
        rows = rows.filter(category_id__in=catalog.categories_of(category))
    if request.GET.get("out"):
        there = inventory.level_rows().order_by().filter(on_hand__gt=F("reserved"))
        rows = rows.exclude(id__in=there.values("variant__product_id"))
    return rows


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    found = without_status(request).order_by().values_list("status").annotate(n=Count("pk", distinct=True))
    counted = dict(found)
    chosen = request.GET.get("status", "")
    entries = [("", _("All"), sum(counted.values()))]
    entries += [(status, word, counted.get(status, 0)) for status, word in status_words().items()]
    return [
        {"label": label, "key": key, "href": here(request, status=key or None), "current": key == chosen, "count": n}
        for key, label, n in entries
    ]


@require_GET
@staff()
def export(request: HttpRequest) -> HttpResponse:
    """The same list as CSV, a line for each variant, prices by market."""
    ids = list(filtered(request).order_by("-created_at", "-pk").values_list("pk", flat=True))
    markets = pricing.markets()
    header = [_("Handle"), _("Title"), _("Status"), _("SKU"), _("Barcode"), _("Available")]
    header += [f"{market.code} {market.currency}" for market in markets]
    return spreadsheets.answer("products", header, _lines(ids, markets))


def _lines(ids: list[UUID], markets: Any) -> Any:
    for start in range(0, len(ids), EXPORT_BATCH):
        sources = catalog.product_source(ids[start : start + EXPORT_BATCH])
        variant_ids = [variant.id for source in sources for variant in source.variants]
        free, prices = inventory.available(variant_ids), pricing.base_prices(variant_ids)
        for source in sources:
            for variant in source.variants:
                own = prices[variant.id]
                yield [
                    source.handle, pick(source.title, "en"), source.status, variant.sku, variant.gtin,
                    free[variant.id],
                    *(money.decimal(own[m.code].minor, m.currency) if m.code in own else "" for m in markets),
                ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@staff("catalog.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A product begins with a name and one SKU, as a draft that nobody sees."""
    if request.method == "POST":
        title, sku = request.POST.get("title", "").strip(), request.POST.get("sku", "").strip()
        handle = _handle(request.POST.get("handle", "") or title)
        draft = ProductDraft(
            handle=handle, title={request.language: title}, status="draft", variants=(VariantDraft(sku=sku),),  # type: ignore[attr-defined]
        )  # fmt: skip
        outcome = do(
            request, lambda: _put_new(draft), verb="product.create", subject=handle,
            said=_("The product is a draft. Give it texts, prices, stock and pictures, then put it on sale."),
        )  # fmt: skip
        if outcome.done:
            return see_other(reverse("back:product", kwargs={"product_id": outcome.value.product_id}))
    return page(request, "backoffice/product_new.html", {"values": request.POST})


def _put_new(draft: ProductDraft) -> Any:
    """Put a product that was not there before: a known handle or SKU would change the product that has it."""
    sku = draft.variants[0].sku
    if catalog.variant_ids_by_sku([sku]):
        raise Taken(_("The SKU %(sku)s belongs to another product.") % {"sku": sku})
    if catalog.product_by_handle(draft.handle):
        raise Taken(_("There is a product with the handle %(handle)s already.") % {"handle": draft.handle})
    return catalog_actions.put_products(drafts=[draft], by_hand=True)[0]


def _handle(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.strip().lower()).strip("-")[:100]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
