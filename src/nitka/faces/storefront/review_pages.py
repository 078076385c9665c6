"""Pages of reviews: all of a product's with filters, writing one, whether one helped, never to be asked again."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nitka.faces.storefront import reviews as shown
from nitka.faces.storefront.account_guard import own_path
from nitka.faces.storefront.consent_bar import device_of
from nitka.faces.storefront.order_access import private
from nitka.faces.storefront.page import show
from nitka.faces.storefront.posted import is_too_large, me_of, refuse_machines
from nitka.ground import locale
from nitka.ground.problem import Problem
from nitka.ground.web import public
from nitka.ground.web.limits import check, client_address, rate_limit
from nitka.people.customers import queries as people
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known
from nitka.shelf.search import queries as search

MESSAGE = "storefront/message.html"
_KEPT = ("stars", "language", "topic", "pictures", "bought", "sort")


def product_of(request: HttpRequest, language: str, slug: str) -> search.ProductPage:
    """The product that a page is about. Raises Http404."""
    found = search.product_page(slug=slug, language=language, market=request.market)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@require_safe
@public.public_page(*_KEPT, "page")
def listing(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """All reviews of a product: by stars, language, topic, with pictures, by buyers; sorted, page by page."""
    product = product_of(request, language, slug)
    public.shown(request, f"product:{product.product_id}", f"reviews:{product.product_id}")
    wish = {name: request.GET.get(name, "")[:80].replace("\0", "") for name in _KEPT if request.GET.get(name)}
    stars = int(wish["stars"]) if wish.get("stars", "") in ("1", "2", "3", "4", "5") else 0
    number = request.GET.get("page", "1")
    listed = known.reviews_of(
        product_id=product.product_id, stars=stars, language=wish.get("language", ""), topic=wish.get("topic", ""),
        with_pictures="pictures" in wish, verified="bought" in wish, sort=wish.get("sort", "helpful"),
        page=int(number) if number.isdecimal() and len(number) < 5 else 1,
    )  # fmt: skip
    names = shown.aspect_names(product)
    context = shown.reviews_part(product, language) | {
        "product": product,
        "reviews": [shown.review(asdict(each), language, names) for each in listed.items],
        "total": shown.counted(listed.total, language),
        "chips": _chips(product, wish, request.path),
        "sorts": _sorts(wish, request.path),
        "pages": pager(listed, lambda n: _address(request.path, wish | ({"page": str(n)} if n > 1 else {}))),
    }  # fmt: skip
    return show(request, "storefront/reviews/list.html", context)


def pager(listed: known.Listed, address: Callable[[int], str]) -> list[tuple[str, str, bool]]:
    """Links to the first page, the last, and those beside this one; a gap has no address."""
    near = sorted({1, listed.pages, *range(max(1, listed.page - 2), min(listed.pages, listed.page + 2) + 1)})
    links: list[tuple[str, str, bool]] = []
    for place, number in enumerate(near):
        if place and number - near[place - 1] > 1:
            links.append(("…", "", False))
        links.append((str(number), address(number), number == listed.page))
    return links


def _address(path: str, wish: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(wish)}" if wish else path


def _chips(product: search.ProductPage, wish: Mapping[str, str], path: str) -> list[tuple[str, str, bool]]:
    """(words, address, chosen): pressing a chosen one takes it back."""
    said: Mapping[str, Any] = product.opinions or {}
    offers = [("stars", str(n), _("%(n)s stars") % {"n": n}) for n in range(5, 0, -1) if wish.get("stars") == str(n)]
    if said.get("verified", 0) not in (0, said.get("count")):
        offers.append(("bought", "1", _("Bought here")))
    if said.get("with_pictures"):
        offers.append(("pictures", "1", _("With pictures")))
    spoken = said.get("languages", {})
    if len(spoken) > 1:
        offers += [("language", code, f"{locale.LANGUAGE_NAMES.get(code, code)} ({n})") for code, n in spoken.items()]
    offers += [("topic", key, f"{words} ({n})") for key, words, n in said.get("topics", ())]
    chips = []
    for name, value, words in offers:
        chosen = wish.get(name) == value
        rest = {other: kept for other, kept in wish.items() if other != name}
        chips.append((words, _address(path, rest if chosen else rest | {name: value}), chosen))
    return chips


def _sorts(wish: Mapping[str, str], path: str) -> list[tuple[str, str, bool]]:
    words = {
        "helpful": _("what helped most"), "new": _("the newest"), "best": _("the best"), "worst": _("the worst"),
    }  # fmt: skip
    rest = {name: value for name, value in wish.items() if name != "sort"}
    return [
        (text, _address(path, rest | ({"sort": sort} if sort != "helpful" else {})),
         wish.get("sort", "helpful") == sort)
        for sort, text in words.items()
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The form: for whoever holds a link of an invitation, is signed in and got it from us, or for all by the rules."""
    product = product_of(request, language, slug)
    token, me = request.GET.get("k", "")[:200], me_of(request)
    invited = known.invitation_by_token(token) if token else None
    if invited is None and me:
        invited = known.invitation_for(people.proved_ids_of(me.id), product.product_id)
    if not (invited and invited.product_id == product.product_id) and not known.rules().open_to_all:
        return private(show(request, "storefront/reviews/not_invited.html", {"product": product, "me": me}))
    before = known.review(invited.review_id) if invited and invited.review_id else None
    if request.method != "POST":
        values: Any = asdict(before) if before else {"language": language, "nickname": _first_name(me)}
        return _form(request, product, values, {})
    return _keep(request, language, product, token, me)


def _keep(request: HttpRequest, language: str, product: search.ProductPage, token: str, me: Any) -> HttpResponse:
    if is_too_large(request):
        return _form(
            request, product, {"language": language}, {"pictures": _("Together, the pictures are too large.")}, 413
        )
    values: dict[str, Any] = {
        name: request.POST.get(name, "").strip() for name in ("title", "body", "nickname", "language")
    }
    values |= {"rating": _stars(request, "rating"), "aspects": _aspects(request, product)}
    try:
        refuse_machines(request)
        check(f"review:{client_address(request)}", "20/h")
        pictures = [each.read() for each in request.FILES.getlist("pictures")[:6]]
        reviews.write_review(
            product_id=product.product_id, written=reviews.Written(**values, pictures=pictures),
            customer_id=me.id if me else None, token=token,
        )  # fmt: skip
    except Problem as problem:
        errors = problem.detail.get("errors") or {"form": problem.message}
        return _form(request, product, values, errors, problem.status)
    text = _("We read it, and then it is shown with your name as you wrote it: %(name)s.")
    if not known.rules().look_first:
        text = _("It is shown in a moment, with your name as you wrote it: %(name)s.")
    context = {"title": _("Thank you for your review"), "text": text % {"name": values["nickname"]}, "confirm": ""}
    return private(show(request, MESSAGE, context))


def _form(
    request: HttpRequest, product: search.ProductPage, values: Mapping[str, Any], errors: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "product": product, "values": values, "errors": errors, "aspects": _rated(product),
        "languages": list(locale.LANGUAGE_NAMES.items()),
        "star_words": [(5, _("very good")), (4, _("good")), (3, _("fair")), (2, _("poor")), (1, _("bad"))],
    }  # fmt: skip
    return private(show(request, "storefront/reviews/write.html", context, status=status if errors else 200))


def _rated(product: search.ProductPage) -> list[tuple[str, str]]:
    source = catalog.product(product.product_id)
    found = known.aspects_for(source.category_ids if source else ())
    return [(each.code, locale.pick(each.name, product.language) or each.code) for each in found]


def _stars(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value in ("1", "2", "3", "4", "5") else 0


def _aspects(request: HttpRequest, product: search.ProductPage) -> dict[str, int]:
    given = {code: _stars(request, f"aspect-{code}") for code, _name in _rated(product)}
    return {code: value for code, value in given.items() if value}


def _first_name(me: Any) -> str:
    return str(me.name).split(" ")[0][:60] if me else ""


@require_POST
@rate_limit("vote", "60/h")
def vote(request: HttpRequest, language: str, review_id: UUID) -> HttpResponse:
    """Whether a review helped: once for each account, device, or address and browser; sent back to the page."""
    me = me_of(request)
    check(f"vote:{review_id}:{client_address(request)}", reviews.VOTES_OF_ONE_ADDRESS)
    marks = (client_address(request), request.headers.get("User-Agent", ""))
    voter = me.id if me else device_of(request) or reviews.voter_of(review_id, *marks)
    reviews.vote(review_id=review_id, voter=voter, helpful=request.POST.get("helpful") != "0")
    if request.headers.get("HX-Request"):
        return HttpResponse(_("Thank you"), content_type="text/plain; charset=utf-8")
    return HttpResponseRedirect(own_path(request.POST.get("next", ""), language) + f"#review-{review_id}", status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, language: str) -> HttpResponse:
    """Never ask this address for a review again. Opening the link changes nothing; its button does."""
    token = request.GET.get("k", "")
    if request.method != "POST":
        context = {
            "title": _("No more invitations?"), "confirm": _("Never ask me for a review"),
            "text": _("You can still review what you bought, from your account."),
        }  # fmt: skip
    elif reviews.leave_invitations(token=token):
        context = {"title": _("Done"), "text": _("We will not ask you for a review again."), "confirm": ""}
    else:
        context = {"title": _("This link does not work"), "text": _("Please copy the whole link."), "confirm": ""}
    return private(show(request, MESSAGE, context))


def account_listing(request: HttpRequest, language: str, me: people.CustomerView) -> HttpResponse:
    """My reviews, my questions, and what I got and have not reviewed yet."""
    ids = people.proved_ids_of(me.id)
    written, asked = known.written_by(ids)
    open_ones = known.invitations_of(ids)
    about: list[Any] = [*written, *asked, *open_ones]
    wanted = {each.product_id for each in about}
    cards = {card.product_id: card for card in search.cards(list(wanted), language, request.market)}  # type: ignore[attr-defined]
    context = {
        "me": me, "here": "account_reviews",
        "reviews": [(shown.review(asdict(each), language, {}), cards.get(each.product_id), each) for each in written],
        "questions": [(shown.question(asdict(each), language), cards.get(each.product_id), each) for each in asked],
        "open": [card for each in open_ones if (card := cards.get(each.product_id))],
        "write": reverse("home", args=[language]) + "p/",
    }  # fmt: skip
    return show(request, "storefront/account/reviews.html", context)
