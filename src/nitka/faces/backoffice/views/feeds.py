"""Feeds of products: where they are, to whom they are handed out, and what their readers would refuse."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice import feed_words, spreadsheets
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import here, page
from nitka.faces.files.feeds import asking, checking, known
from nitka.ground import locale
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import actions as verbs
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

MAY = "catalog.edit"
MOST_SHOWN = 300


@require_GET
@staff(MAY)
def show(request: HttpRequest) -> HttpResponse:
    """The feeds of one kind, a line each."""
    kind = request.GET.get("kind", "google")
    kind = kind if kind in known.ENDINGS else "google"
    tabs = [
        {"label": label, "href": here(request, kind=code), "count": None, "current": code == kind, "key": ""}
        for code, label in feed_words.kinds().items()
    ]
    shown = [each for each in known.feeds() if each.kind == kind]
    return page(request, "backoffice/feeds.html", {
        **_words(request), "tabs": tabs, "kind": kind, "feeds": shown, "refused": {
            (each.market, each.language): sum(each.counts.get(trouble, 0) for trouble in checking.REFUSED)
            for each in shown
        },
    })  # fmt: skip


@require_POST
@staff(MAY)
def check_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Have all feeds of a kind looked through."""
    for each in known.feeds():
        if each.kind == kind and each.access != "off":
            asking.later(kind=kind, market=each.market, language=each.language)
    return see_other(f"{reverse('back:feeds')}?kind={kind}")


@require_GET
@staff(MAY)
def feed(request: HttpRequest, kind: str, market: str, language: str) -> HttpResponse:
    """One feed: its address, its access, and what was found wrong in it last."""
    found = _feed(kind, market, language)
    trouble, words = request.GET.get("trouble", ""), feed_words.troubles()
    every = content.feed_findings(kind, market, language)
    named = [("", _("All"), sum(found.counts.values()))]
    named += [(code, words[code], found.counts[code]) for code in checking.TROUBLES if found.counts.get(code)]
    tabs = [
        {"label": label, "href": here(request, trouble=code or None), "count": count, "current": code == trouble,
         "key": ""}
        for code, label, count in named
    ]  # fmt: skip
    fitting = [each for each in every if trouble in ("", each["trouble"])]
    total = found.counts.get(trouble, 0) if trouble else sum(found.counts.values())
    return page(request, "backoffice/feed.html", {
        **_words(request), "feed": found, "path": known.path_of(found), "base": settings.NITKA_PUBLIC_URL, "tabs": tabs,
        "findings": fitting[:MOST_SHOWN], "left_out": max(0, total - min(len(fitting), MOST_SHOWN)),
        "troubles": words, "refused": checking.REFUSED, "place": pricing.market(market),
    })  # fmt: skip


@require_POST
@staff(MAY)
def deed(request: HttpRequest, kind: str, market: str, language: str, deed: str) -> HttpResponse:
    """Look it through, hand it out to others, or give it another secret address."""
    _feed(kind, market, language)
    one = {"kind": kind, "market": market, "language": language}
    access = request.POST.get("access", "")
    acts: dict[str, tuple[Any, str]] = {
        "check": (lambda: asking.later(**one), _("The feed will be looked through in a moment.")),
        "access": (lambda: verbs.set_feed_access(**one, access=access), _("Saved.")),
        "key": (lambda: verbs.new_feed_key(**one), _("The feed has a new secret address; the old one leads nowhere.")),
    }
    if deed not in acts or (deed == "access" and access not in feed_words.accesses()):
        raise Http404
    act, said = acts[deed]
    do(request, act, verb=f"feed.{deed}", subject=f"{kind} {market}-{language}", said=said)
    return see_other(reverse("back:feed", args=[kind, market, language]))


@require_GET
@staff(MAY)
def export(request: HttpRequest, kind: str, market: str, language: str) -> HttpResponse:
    """Every trouble of the feed as it is now."""
    _feed(kind, market, language)
    words = feed_words.troubles()
    rows = (
        (each.sku, each.title, each.field, words[each.trouble], each.said, each.trouble in checking.REFUSED)
        for each in asking.all_findings(kind=kind, market=market, language=language)
    )
    header = (_("SKU"), _("Product"), _("Field"), _("Trouble"), _("It says"), _("Refused"))
    return spreadsheets.answer(f"feed-{kind}-{market}-{language}", header, rows)


@require_http_methods(["GET", "POST"])
@staff(MAY)
def classes(request: HttpRequest) -> HttpResponse:
    """What Google's taxonomy calls the goods of each category."""
    nodes = catalog.category_tree()
    if request.method == "POST":
        said = {node.handle: request.POST.get(f"class.{node.handle}", "") for node in nodes}
        do(request, lambda: verbs.put_goods_classes(classes=said), verb="feed.classes", said=_("Saved."))
        return see_other(reverse("back:feed-classes"))
    names = {node.id: locale.pick(node.name, request.language) for node in nodes}  # type: ignore[attr-defined]
    own = content.goods_classes()
    lines = [(node.handle, names[node.id], own.get(node.handle, "")) for node in nodes]
    return page(request, "backoffice/feed_classes.html", {"lines": lines})


def _feed(kind: str, market: str, language: str) -> content.FeedView:
    found = known.feed(kind, market, language)
    if found is None:
        raise Http404
    return found


def _words(request: HttpRequest) -> dict[str, Any]:
    return {
        "kinds": feed_words.kinds(), "accesses": feed_words.accesses(), "languages": locale.LANGUAGE_NAMES,
        "markets": {each.code: each for each in pricing.markets()},
    }  # fmt: skip
