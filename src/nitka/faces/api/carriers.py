"""What carriers send of their parcels: verified on raw bytes by their provider, kept, and noted."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from nitka.ground.web.limits import rate_limit
from nitka.sale.shipping import actions as shipping

MOST_BYTES = 256 * 1024


@require_POST
@rate_limit("carrier_webhook", "1200/m", store="memory")
def receive(request: HttpRequest, carrier: str) -> HttpResponse:
    """200: kept (or known already). A Problem of the provider says why not."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    shipping.take_in_webhook(carrier=carrier, raw=request.body, headers=dict(request.headers))
    return HttpResponse(status=200)
