"""The shop's addresses, and beside them two views to measure against, in the same processes."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Template

from nitka.config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from nitka.config.urls import urlpatterns as shop
from nitka.ground.web.pages import jinja
from nitka.shelf.catalog.models import Product

ROWS = """<!doctype html><html><head><title>Reference</title></head><body><table>
{% for row in rows %}<tr><td>{{ row.handle }}</td><td>{{ row.title.en }}</td><td>{{ row.status }}</td>
<td>{{ (loop.index * 1999) | money("EUR") }}</td></tr>{% endfor %}</table></body></html>"""


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@cache
def _page() -> Template:
    return jinja().from_string(ROWS)


def template(request: HttpRequest) -> HttpResponse:
    """One query of 20 rows, one template that shows them with a price each."""
    rows = list(Product.objects.only("handle", "title", "status").order_by("id")[:20])
    return HttpResponse(_page().render(rows=rows, language="en"))


urlpatterns = [path("bench/empty", empty), path("bench/template", template), *shop]
