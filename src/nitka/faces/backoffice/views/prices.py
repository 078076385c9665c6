"""Prices of many products in one grid."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import cell, read_prices
from nitka.faces.backoffice.views.product import option_texts
from nitka.faces.backoffice.views.products import filtered
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing

# Each variant has four fields a market; Django takes a thousand fields a form.
PRODUCTS = 8
MOST_FIELDS = 950


@require_GET
@staff()
def show(request: HttpRequest) -> HttpResponse:
    """A line for each variant, a column for each market."""
    found = keyset(filtered(request), request, by="-created_at", size=PRODUCTS)
    own = catalog.variants_of([row.id for row in found.rows])
    variants = [(row, variant) for row in found.rows for variant in own[row.id] if variant.active]
    chosen = request.GET.get("market", "")
    markets = [market for market in pricing.markets() if chosen in ("", market.code)]
    language: str = request.language  # type: ignore[attr-defined]
    texts = {key: text for row in found.rows for key, text in option_texts(row.options, own[row.id], language).items()}
    most = MOST_FIELDS // (4 * max(1, len(markets)) + 1)
    return page(
        request,
        "backoffice/prices.html",
        {
            "list": found,
            "variants": variants[:most],
            "left_out": len(variants) - most,
            "markets": markets,
            "all_markets": pricing.markets(),
            "prices": pricing.base_prices([variant.id for _product, variant in variants]),
            "options": texts,
            "tree": catalog.category_tree(),
            "cell": cell,
        },
    )


@require_POST
@staff("catalog.edit")
def save(request: HttpRequest) -> HttpResponse:
    """Write the prices that were changed, all of them or none."""
    try:
        changes, detail = read_prices(request.POST)
    except ValueError as trouble:
        say(request, str(trouble), "error")
        return see_other(request.POST.get("back") or request.path)
    if changes:
        said = ngettext("%(n)d price was saved.", "%(n)d prices were saved.", len(changes)) % {"n": len(changes)}
        do(
            request, lambda: pricing_actions.set_prices(prices=changes), verb="prices.set",
            subject=", ".join(sorted({key.split(" ")[0] for key in detail}))[:100], detail=detail, said=said,
        )  # fmt: skip
    else:
        say(request, _("No price was changed."), "warn")
    return see_other(request.POST.get("back") or request.path)
