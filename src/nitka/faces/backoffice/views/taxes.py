"""Taxes: where the merchant is registered, and the rates, as a table and as a file."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice import spreadsheets
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.ground import clock
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import actions as pricing_actions
from nitka.shelf.pricing import queries as pricing

MOST_BYTES = 2 * 1024 * 1024


@require_GET
@staff("settings.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Registrations, and the rates of a country."""
    countries = content.countries(request.language)  # type: ignore[attr-defined]
    rows = pricing.tax_rate_rows()
    known = sorted(set(rows.order_by().values_list("country", flat=True)), key=lambda code: countries.get(code, code))
    chosen = request.GET.get("country", "").upper() or content.shop().country or (known[0] if known else "")
    return page(request, "backoffice/taxes.html", {
        "places": list(pricing.tax_place_rows()), "kinds": _kinds(), "countries": countries, "known": known,
        "chosen": chosen, "rates": list(rows.filter(country=chosen)), "today": clock.today(content.shop().zone),
        "unsure": rows.exclude(unsure="").count(), "home": content.shop().country,
    })  # fmt: skip


def _kinds() -> list[tuple[str, str]]:
    return [
        ("home", _("At home: the shop's own country")),
        ("local", _("Registered in another country, or a state of the USA")),
        ("oss", _("One-stop-shop of the EU: the tax of each country, declared at home")),
        ("small", _("Under the EU threshold of 10 000 EUR: the tax of home")),
        ("exempt", _("Small business: no tax is charged")),
    ]


@require_POST
@staff("settings.edit")
def put_place(request: HttpRequest) -> HttpResponse:
    """Say where the merchant is registered."""
    posted = request.POST
    try:
        day = date.fromisoformat(posted["from"]) if posted.get("from") else None
    except ValueError:
        say(request, _("Choose days from the calendar."), "error")
        return see_other(reverse("back:taxes"))
    do(
        request,
        lambda: pricing_actions.put_tax_place(
            kind=posted.get("kind", ""), country=posted.get("country", ""), region=posted.get("region", ""),
            number=posted.get("number", ""), valid_from=day,
        ),
        verb="tax.place", subject=f"{posted.get('kind', '')} {posted.get('country', '')}", said=_("Saved."),
    )  # fmt: skip
    return see_other(reverse("back:taxes"))


@require_POST
@staff("settings.edit")
def end_place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """A registration ended."""
    do(
        request, lambda: pricing_actions.end_tax_place(place_id=place_id), verb="tax.place_end", subject=str(place_id),
        said=_("The registration ends today."),
    )  # fmt: skip
    return see_other(reverse("back:taxes"))


@require_POST
@staff("settings.edit")
def put_rate(request: HttpRequest) -> HttpResponse:
    """Add a rate, or correct the one of that day."""
    names = ("country", "region", "tax_class", "rate", "valid_from", "source")
    cells = [request.POST.get(name, "").replace('"', "").replace("\n", " ") for name in names]
    _take(request, f"{','.join(names)}\n" + ",".join(f'"{each}"' for each in cells))
    return see_other(reverse("back:taxes") + f"?country={cells[0][:2]}")


@require_POST
@staff("settings.edit")
def drop_rate(request: HttpRequest, rate_id: UUID) -> HttpResponse:
    """Take a rate out."""
    do(
        request, lambda: pricing_actions.drop_tax_rate(rate_id=rate_id), verb="tax.rate_drop", subject=str(rate_id),
        said=_("The rate is gone; the one before it counts."),
    )  # fmt: skip
    return see_other(reverse("back:taxes") + f"?country={request.POST.get('country', '')[:2]}")


@require_GET
@staff("settings.edit")
def export(request: HttpRequest) -> HttpResponse:
    """All rates as a file."""
    rows = (
        (
            row.country, row.region, row.tax_class, f"{row.rate.normalize():f}", row.valid_from, row.source,
            row.checked_on, row.unsure,
        )
        for row in pricing.tax_rate_values()
    )  # fmt: skip
    return spreadsheets.answer("tax-rates", pricing.RATE_COLUMNS, rows)


@require_POST
@staff("settings.edit")
def take_in(request: HttpRequest) -> HttpResponse:
    """Rates from a file: all of it or nothing."""
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_BYTES:
        say(request, _("Choose a CSV file of at most 2 MB."), "error")
    else:
        _take(request, file.read().decode("utf-8", errors="replace"))
    return see_other(reverse("back:taxes"))


def _take(request: HttpRequest, text: str) -> None:
    rows, wrong = pricing.read_csv(text)
    if wrong:
        say(request, " ".join(wrong[:5]), "error")
        return
    said = ngettext("%(n)d rate was saved.", "%(n)d rates were saved.", len(rows)) % {"n": len(rows)}
    do(
        request, lambda: pricing_actions.put_tax_rates(rates=rows), verb="tax.rates",
        subject=", ".join(sorted({row.country for row in rows}))[:100], detail={"rates": str(len(rows))}, said=said,
    )  # fmt: skip
