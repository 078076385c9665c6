"""The six questions, one a page, when the shop is new; the same pages as settings later."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nitka.faces.backoffice.deeds import do, record
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.faces.backoffice.wizard import STEPS, next_step, steps, titles
from nitka.ground.ids import new_token
from nitka.ground.locale import FALLBACK, LANGUAGES
from nitka.ground.problem import Problem
from nitka.people.contact import actions as contact
from nitka.sale.shipping import actions as shipping_actions
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import actions as content_actions
from nitka.shelf.content import queries as content
from nitka.shelf.inventory import actions as inventory_actions
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing

FIELDS = {
    "name": ("name", "accent"),
    "address": (
        "legal_name", "register_number", "vat_number", "line1", "line2", "postcode", "city", "region", "country",
        "phone",
    ),
    "bank": ("bank_name", "iban", "bic"),
    "markets": ("zone", "currency"),
    "delivery": (),
    "mail": ("email",),
}  # fmt: skip
LOGO_TYPES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/avif": ".avif"}
LOGO_BYTES = 1024 * 1024


class LogoRefused(Problem):
    """The file cannot be a logo."""

    code = "logo_refused"
    status = 422


@require_GET
@staff("settings.edit")
def index(request: HttpRequest) -> HttpResponse:
    """All settings."""
    return page(request, "backoffice/settings.html", {"steps": steps()})


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def show(request: HttpRequest, step: str) -> HttpResponse:
    """One question. After an answer comes the next open one, then the list of settings."""
    if step not in STEPS:
        raise Http404
    was_open = next_step() != ""
    if request.method == "POST":
        if "later" in request.POST:
            do(request, lambda: None, verb=f"setup.{step}", subject=_("left open"))
            return _onward(was_open)
        if "test" in request.POST:
            return _test_mail(request)
        act = _answer(request, step)
        if do(request, act, verb=f"setup.{step}", subject=str(titles()[step]), said=_("Saved.")).done:
            return _onward(was_open)
    context = {"step": step, "title": titles()[step], "steps": steps(), "values": _values(request, step)}
    return page(request, f"backoffice/setup_{step}.html", {**context, **_choices(step, request.language)})  # type: ignore[attr-defined]


def _onward(was_open: bool) -> HttpResponse:
    step = next_step()
    if step:
        return see_other(reverse("back:setup", kwargs={"step": step}))
    return see_other(reverse("back:home") if was_open else reverse("back:settings"))


def _values(request: HttpRequest, step: str) -> dict[str, Any]:
    shop = content.shop()
    stored = {name: getattr(shop, name) for name in FIELDS[step]}
    return {**stored, **{name: request.POST[name] for name in stored if name in request.POST}}


def _choices(step: str, language: str) -> dict[str, Any]:
    if step == "address":
        return {"countries": list(content.countries(language).items())}
    if step == "markets":
        return {
            "markets": list(pricing.market_rows()),
            "selling": {market.code for market in pricing.markets()},
            "zones": sorted(
                (zone, zone) for zone in available_timezones() if "/" in zone and not zone.startswith("Etc")
            ),
        }
    if step == "delivery":
        return {
            "locations": inventory.locations(),
            "options": list(shipping.option_rows()),
            "countries": list(content.countries(language).items()),
        }
    return {}


def _answer(request: HttpRequest, step: str) -> Callable[[], None]:
    special = {"markets": _save_markets, "delivery": _save_delivery, "name": _save_logo}

    def act() -> None:
        changes: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in FIELDS[step]}
        if step == "name" and not request.POST.get("own_accent"):
            changes["accent"] = ""
        if step in special:
            changes |= special[step](request)
        content_actions.set_shop(**changes)

    return act


def _save_logo(request: HttpRequest) -> dict[str, Any]:
    if request.POST.get("no_logo"):
        return {"logo": ""}
    file = request.FILES.get("logo")
    if file is None:
        return {}
    ending = LOGO_TYPES.get(file.content_type or "")
    if ending is None or (file.size or 0) > LOGO_BYTES:
        raise LogoRefused(_("A logo is a PNG, JPEG, WebP or AVIF picture of at most 1 MB."))
    name = default_storage.save(str(Path("shop") / f"logo-{new_token()[:8]}{ending}"), ContentFile(file.read()))
    return {"logo": default_storage.url(name)}


def _save_markets(request: HttpRequest) -> dict[str, Any]:
    if not pricing.markets():
        pricing_actions.set_up_markets()
    wanted = set(request.POST.getlist("market"))
    selling = {market.code for market in pricing.markets()}
    for market in pricing.market_rows():
        if (market.code in wanted) != (market.code in selling):
            pricing_actions.put_market(
                code=market.code, name=market.name, currency=market.currency, countries=list(market.countries),
                tax_display=market.tax_display, rounding=market.rounding, languages=list(market.languages),
                default_country=market.default_country, zone=market.zone, active=market.code in wanted,
            )  # fmt: skip
    languages = [code for code in LANGUAGES if code in request.POST.getlist("language")]
    return {"markets": sorted(wanted), "languages": languages}


def _save_delivery(request: HttpRequest) -> dict[str, Any]:
    shop = content.shop()
    code = request.POST.get("location_code", "").strip() or "main"
    country = request.POST.get("location_country", "").strip().upper() or shop.country
    if country not in content.countries(FALLBACK):
        raise content_actions.ContentProblem(_("Choose the country that parcels leave from."), field="location_country")
    inventory_actions.put_location(
        code=code, name=request.POST.get("location_name", "").strip() or _("Warehouse"),
        country=country, zone=shop.zone,
    )  # fmt: skip
    if request.POST.get("built_in"):
        shipping_actions.put_built_in_options()
    return {}


def _test_mail(request: HttpRequest) -> HttpResponse:
    email = request.POST.get("email", "").strip()
    to = request.user.email  # type: ignore[union-attr]

    def act() -> None:
        content_actions.set_shop(email=email)
        contact.send_mail(to=to, language=request.language, template="backoffice/mail/test", context={})  # type: ignore[attr-defined]
        record(request, "setup.mail", titles()["mail"])

    if do(request, act, verb="mail.test", subject=to).done:
        say(request, _("A test mail to %(address)s is on its way. Has it arrived? Then go on.") % {"address": to})
    return see_other(reverse("back:setup", kwargs={"step": "mail"}))
