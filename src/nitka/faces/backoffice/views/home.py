"""Today: what came in, what waits for somebody, and the newest orders as they come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nitka.care.desk import queries as desk
from nitka.faces.backoffice.guard import may, staff
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.shown_orders import NOT_YET, counts, shown_all
from nitka.faces.backoffice.views.orders import start_cursor
from nitka.faces.backoffice.views.stock import only
from nitka.faces.backoffice.wizard import next_step
from nitka.ground import clock
from nitka.ground.facts import queries as facts
from nitka.ground.locale import format_money, format_number
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.reviews import queries as reviews

NEWEST = 12
DAYS = 14


@dataclass(frozen=True)
class Figure:
    """A number of the day, what it counts, and where it leads."""

    number: str
    label: str
    href: str
    tone: str = ""
    key: str = ""


@dataclass(frozen=True)
class Bar:
    """One day of the plot."""

    day: date
    orders: int
    x: float
    y: float
    height: float


@require_GET
@staff()
def show(request: HttpRequest) -> HttpResponse:
    """The first page of the day; a new owner is led through the set-up first."""
    step = next_step() if may(request, "settings.edit") else ""
    if step and "later" not in request.GET and not request.session.get("setup_later"):
        return HttpResponseRedirect(reverse("back:setup", kwargs={"step": step}))
    if "later" in request.GET:
        request.session["setup_later"] = True
    context: dict[str, Any] = {"step": step, "sees_orders": may(request, "orders.view")}
    if context["sees_orders"]:
        context |= _of_orders(request)
    context["figures"] = [*context.get("figures", []), *_of_the_rest(request)]
    return page(request, "backoffice/home.html", context)


def _of_orders(request: HttpRequest) -> dict[str, Any]:
    cursor = start_cursor()
    rows = orders.order_rows().exclude(status__in=NOT_YET)
    numbers = counts(rows)
    language, zone = request.language, content.shop().zone  # type: ignore[attr-defined]
    today = clock.today(zone)
    list_of = reverse("back:orders")
    return {
        "cursor": cursor,
        "orders": shown_all(rows.order_by("-placed_at", "-pk")[:NEWEST], language),
        "bars": bars(rows, today, zone),
        "figures": [
            *_sales(rows, today, zone, language, f"{list_of}?from={today}"),
            Figure(format_number(numbers["pack"], language), _("to pack"), f"{list_of}?tab=pack", key="pack"),
            Figure(format_number(numbers["ship"], language), _("to ship"), f"{list_of}?tab=ship", key="ship"),
            Figure(format_number(numbers["unpaid"], language), _("unpaid"), f"{list_of}?tab=unpaid",
                   "wait" if numbers["unpaid"] else "", key="unpaid"),
        ],
    }  # fmt: skip


def _sales(rows: "QuerySet[Any]", today: date, zone: str, language: str, href: str) -> list[Figure]:
    start = clock.at_local(today, time(), zone)
    sold = rows.exclude(status__in=["cancelled", "adjusted"]).filter(placed_at__gte=start).order_by()
    # A credit note is no order, and yet takes away from what was sold.
    number_of = Count("pk", filter=~Q(status="credited"))
    by_currency = list(sold.values_list("currency").annotate(n=number_of, sum=Sum("total_minor")).order_by("-n"))
    number = sum(row[1] for row in by_currency)
    sums = [format_money(row[2], row[0], language) for row in by_currency]
    return [
        Figure(format_number(number, language), _("orders today"), href),
        Figure(sums[0] if sums else "–", " · ".join([_("sold today"), *sums[1:]]), href),
    ]


def _of_the_rest(request: HttpRequest) -> list[Figure]:
    language = request.language  # type: ignore[attr-defined]
    levels = inventory.level_rows().order_by()
    low = only(levels, "low").count()
    figures = [Figure(format_number(low, language), _("low in stock"), f"{reverse('back:stock')}?show=low")]
    if may(request, "messages.answer"):
        waiting = desk.waiting()
        figures.insert(0, Figure(format_number(waiting, language), _("questions to answer"), reverse("back:messages"),
                                 "wait" if waiting else ""))  # fmt: skip
        opinions = reviews.waiting()
        for kind, name, label in (
            ("reviews", "opinions", _("reviews to look at")), ("questions", "questions", _("questions about products")),
        ):  # fmt: skip
            if number := opinions[kind]:
                figures.append(Figure(format_number(number, language), label, reverse(f"back:{name}"), "wait"))
    if may(request, "facts.retry"):
        letters = facts.dead_letter_rows().count()
        figures.append(
            Figure(format_number(letters, language), _("failed, waiting for you"), reverse("back:system"),
                   "bad" if letters else "")
        )  # fmt: skip
    return figures


def bars(rows: "QuerySet[Any]", today: date, zone: str) -> list[Bar]:
    """Orders a day over two weeks, counted as "orders today" is, with the places of bars in a drawing of 280 by 60."""
    first = today - timedelta(days=DAYS - 1)
    start: datetime = clock.at_local(first, time(), zone)
    found = dict(
        rows.filter(placed_at__gte=start)
        .exclude(status__in=orders.NO_SALE)
        .order_by()
        .annotate(day=TruncDate("placed_at", tzinfo=clock.zone(zone)))
        .values_list("day")
        .annotate(n=Count("pk"))
    )
    most = max([*found.values(), 1])
    drawn = []
    for place in range(DAYS):
        day = first + timedelta(days=place)
        number = found.get(day, 0)
        height = round(60 * number / most, 1)
        drawn.append(Bar(day, number, place * 20.0, round(60 - height, 1), height))
    return drawn
