"""What can be chosen of a product: its options, their values, and the variants that are missing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.option_forms import (
    MISSING,
    NEW,
    Typed,
    changed_option,
    chosen_combinations,
    new_option,
)
from nitka.faces.backoffice.pages import say
from nitka.faces.backoffice.views.product import back_to, found, shown
from nitka.shelf.catalog import actions as catalog_actions
from nitka.shelf.catalog.queries import ProductSource
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing


@require_POST
@staff("catalog.edit")
def save(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Add an option, or save the names, values and order of one."""
    source = found(product_id)
    code = request.POST.get("option", "")
    before = next((option for option in source.options if option["code"] == code), None)
    if code and before is None:
        say(request, _("The options were changed meanwhile. Look at the list again."), "error")
        return back_to(product_id, "options")
    draft = changed_option(request.POST, before) if before else new_option(request.POST, source)
    outcome = do(
        request, lambda: catalog_actions.edit_options(product_id=product_id, options=[draft]),
        verb="product.options", subject=source.handle, detail={draft.code: ", ".join(draft.values)[:400]},
        said=_("The option is saved. Variants that are missing are listed below."),
    )  # fmt: skip
    if outcome.problem:
        return shown(request, source, typed_option=Typed(code or NEW, request.POST), status=422)
    return back_to(product_id, "options")


@require_POST
@staff("catalog.edit")
def remove(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Take an option off the product; its variants stay."""
    source = found(product_id)
    code = request.POST.get("option", "")
    do(
        request, lambda: catalog_actions.edit_options(product_id=product_id, without=[code]),
        verb="product.options", subject=source.handle, detail={code: "–"},
        said=_("The option is taken off. The variants on sale are what they were."),
    )  # fmt: skip
    return back_to(product_id, "options")


@require_POST
@staff("catalog.edit")
def make(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Make the variants that were ticked."""
    source = found(product_id)
    try:
        wanted = chosen_combinations(request.POST)
    except ValueError:
        wanted = {}
    if not wanted:
        say(request, _("No combination was ticked."), "warn")
        return back_to(product_id, "options")
    done = do(
        request, lambda: catalog_actions.edit_options(product_id=product_id, make=wanted),
        verb="product.variants", subject=source.handle, detail={"skus": ", ".join(wanted.values())[:400]},
        said=ngettext(
            "%(num)d variant is made. Write its price and stock below.",
            "%(num)d variants are made. Write their prices and stock below.",
            len(wanted),
        ) % {"num": len(wanted)},
    )  # fmt: skip
    if done.problem:
        return shown(request, source, typed_option=Typed(MISSING, request.POST), status=422)
    if done.done and request.POST.get("priced"):
        _price(request, source, done.value)
    return back_to(product_id, "variants" if done.done else "options")


def _price(request: HttpRequest, source: ProductSource, made: tuple[UUID, ...]) -> None:
    """Give new variants the prices of the first; what it cost before is the first one's own story."""
    first = next((each for each in source.variants if each.active), None)
    known = pricing.base_prices([first.id])[first.id] if first else {}
    prices = [(each, market, price.minor, None) for each in made for market, price in known.items()]
    if first and prices:
        do(
            request, lambda: pricing_actions.set_prices(prices=prices), verb="product.prices", subject=source.handle,
            detail={"like": first.sku},
        )  # fmt: skip
