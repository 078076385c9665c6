"""The list of products, its CSV, and a new product."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other
from nitka.faces.backoffice.pages import here, page
from nitka.ground import money
from nitka.ground.locale import pick
from nitka.ground.problem import Problem
from nitka.shelf.catalog import actions as catalog_actions
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.catalog.queries import ProductDraft, ProductSource, VariantDraft
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

    source: ProductSource
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
    found = keyset(filtered(request), request, by="-created_at")
    tree = catalog.category_tree()
    return page(
        request,
        "backoffice/products.html",
        {
            "list": found,
            "products": shown([row.id for row in found.rows], {node.id: node for node in tree}, request.language),  # type: ignore[attr-defined]
            "tree": tree,
            "tabs": _tabs(request),
        },
    )


def shown(ids: list[UUID], nodes: dict[UUID, Any], language: str) -> list[ShownProduct]:
    """These products with picture, price and stock, in a handful of queries for any number."""
    sources = catalog.product_source(ids)
    variant_ids = [variant.id for source in sources for variant in source.variants]
    free = inventory.available(variant_ids)
    market = next(iter(pricing.markets()), None)
    prices = pricing.prices(variant_ids, market.code) if market else {}
    words = status_words()
    rows = []
    for source in sources:
        picture = next((media.src for media in source.media if media.kind == "picture"), "")
        own = [prices[variant.id].minor for variant in source.variants if variant.active and variant.id in prices]
        node = nodes.get(source.category_id) if source.category_id else None
        rows.append(
            ShownProduct(
                source, pick(node.name, language) if node else "", words[source.status], picture,
                sum(variant.active for variant in source.variants),
                sum(free[variant.id] for variant in source.variants if variant.active),
                min(own, default=None), market.currency if market else "",
            )
        )  # fmt: skip
    return rows


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
    rows = catalog.product_rows(search=request.GET.get("q", "").strip())
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
        free, prices = inventory.available(variant_ids), pricing.all_prices(variant_ids)
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
    return catalog_actions.put_products(drafts=[draft])[0]


def _handle(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.strip().lower()).strip("-")[:100]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
