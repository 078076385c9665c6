"""What payment gateways send: verified on raw bytes by their provider, stored, answered; dealt with afterwards."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from nitka.ground.web.limits import rate_limit
from nitka.sale.payments import actions as payments

MOST_BYTES = 256 * 1024


@require_POST
@rate_limit("webhook", "1200/m", store="memory")
def receive(request: HttpRequest, provider: str) -> HttpResponse:
    """200: stored (or known already). A Problem of the provider says why not."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    payments.store_webhook(provider=provider, raw=request.body, headers=dict(request.headers))
    return HttpResponse(status=200)
