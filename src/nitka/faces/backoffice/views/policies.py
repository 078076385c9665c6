"""The shop's policies for what comes after the sale: the list, and one of them."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.price_forms import amount, cell
from nitka.ground.locale import LANGUAGE_NAMES
from nitka.sale.returns import actions as returns
from nitka.sale.returns import queries as known
from nitka.sale.returns.queries import Rule
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.pricing import queries as pricing

KINDS = tuple(known.REASONS_OF)
WAYS = ("original", "credit", "gift_card")


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """All policies by kind, in the order in which they are asked; those that come with Nitka too."""
    rules = known.policies_of_shop()
    groups = [(kind, known.kind_text(kind), [rule for rule in rules if rule.kind == kind]) for kind in KINDS]
    return page(request, "backoffice/policies.html", {"groups": groups})


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a policy. `key` is its id, or a kind: then it is a new one, beginning as the one that holds now."""
    rule = _rule(key)
    if request.method == "POST":
        try:
            changed = _read(request, rule)
        except ValueError as trouble:
            say(request, str(trouble), "error")
            return see_other(request.path)
        if do(request, lambda: returns.put_policy(rule=changed), verb="policy.put", subject=changed.name,
              detail={"kind": changed.kind}, said=_("Saved. Cases that are open keep the terms they began with."),
              ).done:  # fmt: skip
            return see_other(reverse("back:policies"))
    return page(
        request, "backoffice/policy.html",
        {
            "rule": rule, "kind_name": known.kind_text(rule.kind), "cell": cell, "markets": pricing.markets(),
            "currencies": sorted({market.currency for market in pricing.markets()}), "names": LANGUAGE_NAMES,
            "reasons": [(each, known.reason_text(each)) for each in known.REASONS_OF[rule.kind]],
            "ways": [(each, known.refund_to_text(each)) for each in WAYS],
            "categories": [(node.handle, node.name, node.depth) for node in catalog.category_tree()],
        },
    )  # fmt: skip


@require_POST
@staff("settings.edit")
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Take one out."""
    rule = _rule(key)
    if rule.id:
        policy_id = rule.id
        do(request, lambda: returns.drop_policy(policy_id=policy_id), verb="policy.drop", subject=rule.name,
           said=_("The policy is gone."))  # fmt: skip
    return see_other(reverse("back:policies"))


def _rule(key: str) -> Rule:
    rules = known.policies_of_shop()
    if key in KINDS:
        like = next(rule for rule in (*rules, Rule(kind=key, name="")) if rule.kind == key)
        name = like.name if like.id is None else ""
        return replace(like, id=None, name=name, position=sum(rule.kind == key and bool(rule.id) for rule in rules))
    found = next((rule for rule in rules if str(rule.id) == key), None)
    if found is None:
        raise Http404
    return found


def _read(request: HttpRequest, rule: Rule) -> Rule:
    posted = request.POST
    known_markets = {market.code for market in pricing.markets()}
    try:
        days = posted.get("window_days", "").strip()
        numbers: dict[str, Any] = {
            "window_days": int(days) if days else None, "position": int(posted.get("position") or 0),
            "restocking_percent": Decimal((posted.get("restocking_percent") or "0").replace(",", ".")),
        }  # fmt: skip
    except (ValueError, InvalidOperation):
        raise ValueError(
            _("Days and places are whole numbers, the part of the price is a number such as 15.")
        ) from None
    return replace(
        rule, **numbers, name=posted.get("name", "").replace("\x00", "").strip()[:120],
        active=bool(posted.get("active")), allowed=not posted.get("kept_out"),
        markets=tuple(each for each in posted.getlist("markets") if each in known_markets),
        countries=tuple(posted.get("countries", "").upper().replace(",", " ").split()),
        categories=tuple(posted.getlist("categories")),
        tags=tuple(part.strip() for part in posted.get("tags", "").split(",") if part.strip()),
        once_only=bool(posted.get("once_only")), needs_photo=bool(posted.get("needs_photo")),
        auto_approve=bool(posted.get("auto_approve")), needs_goods=bool(posted.get("needs_goods")),
        refunds_delivery=bool(posted.get("refunds_delivery")), reasons=tuple(posted.getlist("reasons")),
        way_back=posted.get("way_back", "shop"), refund_to=tuple(posted.getlist("refund_to")) or ("original",),
        label_fee=_amounts(posted, "fee"), refund_ceiling=_amounts(posted, "ceiling"),
        note={lang: posted[f"note.{lang}"].strip()[:500] for lang in LANGUAGE_NAMES if posted.get(f"note.{lang}")},
    )  # fmt: skip


def _amounts(posted: Any, name: str) -> dict[str, int]:
    currencies = {market.currency for market in pricing.markets()}
    found = {each: amount(posted.get(f"{name}.{each}", ""), each) for each in currencies}
    return {each: minor for each, minor in found.items() if minor is not None}
