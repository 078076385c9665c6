"""Wish lists: their page, a list that somebody shared, and what can be done with them.

A browser without JavaScript is led back to the page of the lists (303). Our module asks with `Accept: application/json`
and is told which products are wished for; no page has that in itself, for pages are the same for everybody.
"""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nitka.faces.storefront import wish_cookie
from nitka.faces.storefront.cart_cookie import keep_token
from nitka.faces.storefront.page import show
from nitka.faces.storefront.wish_page import filled, part, shared_part
from nitka.ground.problem import Problem
from nitka.ground.web.limits import rate_limit
from nitka.growth.wishes import actions as wishes
from nitka.growth.wishes import queries

View = Callable[..., HttpResponse]
Deed = Callable[[HttpRequest, queries.Owner], str]
NOWHERE = UUID(int=0)


@require_safe
def page(request: HttpRequest, language: str) -> HttpResponse:
    """All lists of whoever asks."""
    return _page(request)


def _page(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    owner = wish_cookie.owner_of(request)
    context = {**part(queries.lists_of(owner), request), "known": owner.customer_id is not None, "error": error}
    return _private(show(request, "storefront/wishes/lists.html", context, status=status))


@require_safe
def mine(request: HttpRequest, language: str) -> HttpResponse:
    """The ids of what is wished for, for the hearts of a page."""
    return _told(request)


def _told(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    products = queries.wished_products(wish_cookie.owner_of(request))
    return _private(JsonResponse({"products": sorted(map(str, products)), "error": error}, status=status))


@rate_limit("wish", "120/m", store="memory")
@require_http_methods(["GET", "HEAD", "POST"])
def put(request: HttpRequest, language: str) -> HttpResponse:
    """Put a product on a list (or off all of them, with `off`). Whoever opens the address by hand sees the lists."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("wishes", args=[language]))
    owner, product_id = wish_cookie.owner_of(request), _id(request, "product")
    device = owner.device
    try:
        if request.POST.get("off"):
            wishes.drop_wish(owner=owner, product_id=product_id)
        else:
            device = wishes.add_wish(
                owner=owner, product_id=product_id, variant_id=_id(request, "variant"),
                market=request.market, language=language,  # type: ignore[attr-defined]
            ).device  # fmt: skip
    except Problem as problem:
        if _asks_as_module(request):
            return _told(request, problem.message, problem.status)
        return _page(request, problem.message, problem.status)
    response: HttpResponse = HttpResponseRedirect(reverse("wishes", args=[language]), status=303)
    if _asks_as_module(request):
        response = _private(JsonResponse({"wished": not request.POST.get("off"), "error": ""}))
    wish_cookie.keep(response, device)
    return response


def _deed(act: Deed) -> View:
    """A view of a deed: do it, then show the lists, or lead to where the deed says."""

    @require_POST
    def view(request: HttpRequest, language: str) -> HttpResponse:
        try:
            anchor = act(request, wish_cookie.owner_of(request))
        except Problem as problem:
            return _page(request, problem.message, problem.status)
        return HttpResponseRedirect(reverse("wishes", args=[language]) + anchor, status=303)

    view.__name__, view.__doc__ = act.__name__.lstrip("_"), act.__doc__
    return view


@_deed
def drop(request: HttpRequest, owner: queries.Owner) -> str:
    """Take one thing off its list."""
    wishes.drop_wish(owner=owner, wish_id=_id(request, "wish"))
    return _anchor(request)


@_deed
def change(request: HttpRequest, owner: queries.Owner) -> str:
    """Write a note to it, or move it to another list, which may be a new one."""
    target = _id(request, "to")
    name = _text(request, "name")
    if request.POST.get("to") == "new" and name:
        target = wishes.make_list(owner=owner, name=name, language=request.language)  # type: ignore[attr-defined]
    wishes.change_wish(
        owner=owner, wish_id=_id(request, "wish"), note=request.POST.get("note", "")[:1000],
        list_id=None if target == NOWHERE else target,
    )  # fmt: skip
    return _anchor(request) if target == NOWHERE else f"#list-{target}"


@_deed
def make(request: HttpRequest, owner: queries.Owner) -> str:
    """Begin another list."""
    return f"#list-{wishes.make_list(owner=owner, name=_text(request, 'name'), language=request.language)}"  # type: ignore[attr-defined]


@_deed
def settle(request: HttpRequest, owner: queries.Owner) -> str:
    """Name, share, close or drop a list, and ask for mail about it or for none: what the button says."""
    list_id, what = _id(request, "list"), request.POST.get("what", "")
    if what == "name":
        wishes.rename_list(owner=owner, list_id=list_id, name=_text(request, "name"))
    elif what == "share":
        wishes.share_list(owner=owner, list_id=list_id)
    elif what == "unshare":
        wishes.unshare_list(owner=owner, list_id=list_id)
    elif what in ("news", "no_news"):
        wishes.set_news(owner=owner, list_id=list_id, on=what == "news")
    elif what == "drop":
        wishes.drop_list(owner=owner, list_id=list_id)
        return ""
    return _anchor(request)


@require_POST
def buy(request: HttpRequest, language: str) -> HttpResponse:
    """Put all of a list into the cart that can be had; what needs a choice stays on the list and is named."""
    owner, list_id = wish_cookie.owner_of(request), _id(request, "list")
    found = next((each for each in queries.lists_of(owner) if each.id == list_id), None)
    if found is None:
        return _page(request, _("There is no such list here any more."), 404)
    token, left = filled(request, found)
    if left:
        words = _("In your cart now is what can be had. Choose first, or wait for: %(products)s.")
        response = _page(request, words % {"products": ", ".join(left)})
    else:
        response = HttpResponseRedirect(reverse("cart", args=[language]), status=303)
    if token:
        keep_token(response, token)
    return response


@require_safe
def shared(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """A list as its owner shows it to others: nothing can be changed, and no search engine shall find it."""
    found = queries.shared_list(token)
    if found is None:
        raise Http404
    response = show(request, "storefront/wishes/shared.html", shared_part(found, request))
    # The address is a key: it must not be handed on to pages that are linked from here.
    response["Referrer-Policy"], response["X-Robots-Tag"] = "same-origin", "noindex"
    return _private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, language: str) -> HttpResponse:
    """No more mail; also the one-click address that mail programs post to (RFC 8058). Its link alone does nothing."""
    context = {"title": _("No more mail about your wishes?"), "text": _("Your lists stay as they are."),
               "confirm": _("Yes, no more mail")}  # fmt: skip
    if request.method == "POST":
        wishes.leave_news(token=request.GET.get("token", "")[:40].replace("\0", ""))
        context = {"title": _("No more mail about your wishes"), "confirm": "",
                   "text": _("Your lists stay as they are. You can ask for mail again there.")}  # fmt: skip
    return _private(show(request, "storefront/message.html", context))


def _asks_as_module(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _anchor(request: HttpRequest) -> str:
    list_id = _id(request, "list")
    return "" if list_id == NOWHERE else f"#list-{list_id}"


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()[:200]


def _id(request: HttpRequest, name: str) -> UUID:
    """The id in that field; one that is none stands for nothing that we have."""
    try:
        return UUID(_text(request, name))
    except ValueError:
        return NOWHERE


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
