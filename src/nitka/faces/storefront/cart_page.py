"""The cart as a page and as what stands in the drawer: the same template for both."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from nitka.faces.storefront import checkout_credit, happenings
from nitka.faces.storefront.checkout_words import Arrival, arrival
from nitka.faces.storefront.installing import keep_here
from nitka.faces.storefront.page import show
from nitka.ground import locale
from nitka.ground.web.pages import render
from nitka.sale.checkout import queries as checkout
from nitka.sale.checkout.queries import CartView
from nitka.sale.companies import queries as companies

PAGE, DRAWER = "cart-page", "cart-live"


@dataclass(frozen=True)
class Said:
    """What a deed has to say beside the cart itself."""

    notice: str = ""
    error: str = ""
    undo: bool = False
    code: str = ""
    code_error: str = ""
    status: int = 200
    token: str = ""

    @property
    def is_worth_a_page(self) -> bool:
        """Whether a redirect would lose what must be read."""
        return bool(self.notice or self.error or self.code_error)


@dataclass(frozen=True)
class LiveShell:
    """As much of the frame as a fragment needs."""

    home: str
    cart_count: int
    cart_sum: str


def is_live(request: HttpRequest) -> bool:
    """Whether htmx or one of our modules asks, and not the browser itself."""
    return request.headers.get("HX-Request") == "true"


def badge_of(view: CartView, language: str) -> tuple[int, str]:
    """Count and sum for the header, from a cart that was read already."""
    return view.count, locale.format_money(view.goods_minor, view.currency, language) if view.count else ""


def cart_page(request: HttpRequest, language: str, token: str, said: Said, deed: str = "") -> HttpResponse:
    """The cart with what the last deed said; a fragment for htmx, else the whole page."""
    if is_live(request) and request.method == "GET" and _stands_on_the_page(request):
        # The page behind would not follow what is done in the drawer, so it is shown anew instead.
        return HttpResponse(headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
    view = checkout.cart(token, language, request.market)  # type: ignore[attr-defined]
    context = {
        "cart": view, "said": said, "offers": view.offers[:4], "arrival": _first_arrival(view, language),
        "happened": _happened(request, view, said, deed), "for_company": _acts_for_company(request),
    }  # fmt: skip
    count, total = badge_of(view, language)
    if is_live(request):
        target = PAGE if request.headers.get("HX-Target") == PAGE else DRAWER
        shell = LiveShell(f"/{language}/", count, total)
        response = render(request, "storefront/cart/live.html", {**context, "target": target, "shell": shell})
    else:
        response = show(
            request, "storefront/cart/cart.html", {**context, "target": PAGE}, status=said.status, cart=(count, total)
        )
    response["Cache-Control"] = "no-store"
    return response if is_live(request) else keep_here(response, "cart")


def _acts_for_company(request: HttpRequest) -> bool:
    """Asked of nobody who came without a session."""
    me = checkout_credit.buyer(request)
    return me is not None and any(each.may_buy for each in companies.memberships(me))


def _happened(request: HttpRequest, view: CartView, said: Said, deed: str) -> Markup:
    """What the deed was, for who measures; looking is a deed too."""
    if said.error:
        return Markup("")
    code = request.POST.get("code", "").strip()[:100]
    if deed == "coupon":
        return happenings.coupon("use", code, view, said.code_error)
    if deed == "coupon_drop":
        return happenings.coupon("drop", code, view)
    if deed:
        return happenings.cart_changed(deed, request.POST.dict(), view)  # type: ignore[arg-type]
    return happenings.cart_viewed(view)


def _first_arrival(view: CartView, language: str) -> Arrival | None:
    """The cheapest way of delivery, for the line below the sum."""
    cheapest = min(view.delivery_options, key=lambda each: (each.price_minor, each.promise.day_to), default=None)
    return arrival(cheapest, language) if cheapest else None


def _stands_on_the_page(request: HttpRequest) -> bool:
    where = request.headers.get("HX-Current-URL", "").partition("?")[0]
    return where.endswith(request.path) and request.headers.get("HX-Target") != PAGE
