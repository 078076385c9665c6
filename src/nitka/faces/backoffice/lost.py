"""An address where nothing is: below /back/ staff read so in the back office, others as everywhere."""

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from nitka.faces.backoffice.guard import works_here
from nitka.faces.backoffice.pages import page
from nitka.ground.web import errors

log = structlog.get_logger(__name__)


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """The page of a 404."""
    if request.path.startswith(reverse("back:home")) and works_here(request):
        try:
            response = page(request, "backoffice/lost.html", status=404)
        except Exception:
            log.exception("lost_page_failed")
        else:
            response.headers.setdefault("Cache-Control", "no-store")
            return response
    return errors.not_found(request, exception)  # type: ignore[arg-type]
