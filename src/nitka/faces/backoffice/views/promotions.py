"""Promotions: the list, one of them, its codes, and what a sample cart would cost."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice import promotion_forms as forms
from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import keyset, see_other, typed
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.promotion_words import benefit_text, kinds, weekdays
from nitka.ground import clock
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.ground.problem import Problem
from nitka.people.customers import queries as customers
from nitka.sale.shipping import queries as shipping
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.pricing.queries import Basket, BasketLine, Buyer, Preview, PromotionView


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All promotions, and the lanes that they run in."""
    rows = pricing.promotion_rows()
    if text := typed(request):
        rows = rows.filter(name__icontains=text) | rows.filter(shown_code__icontains=text)  # type: ignore[misc]  # annotated by pricing
    found = keyset(rows, request, by="name")
    return page(
        request, "backoffice/promotions.html",
        {"list": found, "now": clock.now(), "gave": pricing.promotion_sums([row.id for row in found.rows]),
         "what": benefit_text, "lanes": pricing.lane_rows()},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Make a promotion."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, promotion_id: UUID) -> HttpResponse:
    """Change a promotion."""
    if pricing.promotion(promotion_id) is None:
        raise Http404
    return _edit(request, promotion_id)


def _edit(request: HttpRequest, promotion_id: UUID | None) -> HttpResponse:
    view, preview = pricing.promotion(promotion_id) if promotion_id else None, None
    if request.method == "POST":
        try:
            values = {**forms.read(request.POST), "promotion_id": promotion_id}
        except ValueError as trouble:
            say(request, str(trouble), "error")
            return see_other(request.path)
        if request.POST.get("deed") == "preview":
            preview = _preview(request, values)
        elif (done := _save(request, values)) is not None:
            return see_other(reverse("back:promotion", kwargs={"promotion_id": done}))
        view = forms.as_typed(values, view)
    return _form(request, promotion_id, view, preview)


def _save(request: HttpRequest, values: dict[str, Any]) -> UUID | None:
    done = do(
        request, lambda: pricing_actions.put_promotion(**values), verb="promotion.put", subject=values["name"],
        detail={"kind": values["benefit"]["kind"], "code": values["code"]}, said=_("The promotion is saved."),
    )  # fmt: skip
    return done.value if done.done else None


def _form(
    request: HttpRequest, promotion_id: UUID | None, view: PromotionView | None, preview: Preview | None
) -> HttpResponse:
    return page(
        request, "backoffice/promotion.html",
        {
            "promotion": view, "saved": promotion_id, **forms.filled(view), "currencies": forms.currencies(),
            "names": LANGUAGE_NAMES,
            "cell": forms.cell, "day": forms.day, "kinds": kinds(), "weekday_names": weekdays(), "parts": forms.PARTS,
            "lanes": pricing.lane_rows(), "markets": pricing.markets(), "tree": catalog.category_tree(),
            "options": shipping.option_rows(), "known_labels": customers.labels(), "preview": preview,
            "skus_of": _skus(preview), "posted": request.POST, "what": benefit_text,
        },
    )  # fmt: skip


def _preview(request: HttpRequest, draft: dict[str, Any] | None) -> Preview | None:
    posted = request.POST
    try:
        lines = forms.read_lines(posted)
        buyer = Buyer(
            labels=tuple(each.strip().lower() for each in posted.get("sample_labels", "").split(",") if each.strip()),
            orders_count=0 if posted.get("sample_first") else 1,
            vat_number="XX" if posted.get("sample_company") else "",
        )
        basket = Basket(
            lines=tuple(BasketLine(*line) for line in lines),
            market=posted.get("sample_market", ""),
            country=posted.get("sample_country", "").strip().upper(),
            offers=False,
            coupon_codes=tuple(posted.get("sample_codes", "").split()),
        )
        return pricing.preview(basket=basket, buyer=buyer, draft=draft)
    except ValueError as trouble:
        say(request, str(trouble), "error")
    except Problem as problem:
        say(request, problem.message, "error")
    return None


def _skus(preview: Preview | None) -> dict[UUID, str]:
    if preview is None:
        return {}
    products = catalog.products_of_variants([line.variant_id for line in preview.quote.lines])
    return {row.id: row.sku for rows in catalog.variants_of(set(products.values())).values() for row in rows}


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def sample(request: HttpRequest) -> HttpResponse:
    """What a cart would cost with all promotions that run."""
    preview = _preview(request, None) if request.method == "POST" else None
    return page(
        request, "backoffice/promotion_sample.html",
        {"preview": preview, "skus_of": _skus(preview), "posted": request.POST, "markets": pricing.markets()},
    )  # fmt: skip


@require_POST
@staff("settings.edit")
def end(request: HttpRequest, promotion_id: UUID) -> HttpResponse:
    """Let it count no more."""
    view = pricing.promotion(promotion_id)
    do(
        request, lambda: pricing_actions.end_promotion(promotion_id=promotion_id), verb="promotion.end",
        subject=view.name if view else "", said=_("The promotion counts no more."),
    )  # fmt: skip
    return see_other(reverse("back:promotions"))


@require_POST
@staff("settings.edit")
def generate(request: HttpRequest, promotion_id: UUID) -> HttpResponse:
    """Make codes that nobody can guess."""
    number, uses = (request.POST.get(name, "") for name in ("number", "uses"))
    view = pricing.promotion(promotion_id)
    do(
        request,
        lambda: pricing_actions.generate_codes(
            promotion_id=promotion_id, number=int(number) if number.isdecimal() else 0,
            uses=int(uses) if uses.isdecimal() else 1, prefix=request.POST.get("prefix", ""),
            batch=clock.now().date().isoformat(),
        ),
        verb="promotion.codes", subject=view.name if view else "", detail={"number": number},
        said=_("The codes are made. Download them as a file."),
    )  # fmt: skip
    return see_other(reverse("back:promotion", kwargs={"promotion_id": promotion_id}))


@require_GET
@staff("settings.edit")
def codes(request: HttpRequest, promotion_id: UUID) -> HttpResponse:
    """All codes of a promotion as a file."""
    rows = pricing.code_rows(promotion_id).values_list("code", "used", "most", "batch")
    return spreadsheets.answer("codes", [_("Code"), _("Used"), _("At most"), _("Made")], rows.iterator(2000))


@require_POST
@staff("settings.edit")
def lane(request: HttpRequest) -> HttpResponse:
    """Make or change a lane."""
    posted = request.POST
    place = posted.get("position", "")
    do(
        request,
        lambda: pricing_actions.put_lane(
            code=posted.get("code", "").strip().lower(), name=posted.get("name", ""), takes=posted.get("takes", ""),
            position=int(place) if place.isdecimal() else 9,
        ),
        verb="promotion.lane", subject=posted.get("code", ""), said=_("The lane is saved."),
    )  # fmt: skip
    return see_other(reverse("back:promotions"))
