"""The page of the demo bank, where a payer confirms a challenge. A face routes it at /demo-bank/<ref>."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from nitka.ground.web.pages import render
from nitka.sale.payments.providers.demo_card import gateway


@require_http_methods(["GET", "POST"])
def demo_bank(request: HttpRequest, ref: str) -> HttpResponse:
    """Shows the challenge; its two buttons (`answer`: approve, refuse) lead back to the shop."""
    charge = gateway.by_ref(ref) if settings.NITKA_DEMO else None
    if charge is None:
        raise Http404
    if request.method == "POST":
        charge = gateway.answer(ref, approve=request.POST.get("answer") == "approve") or charge
        return HttpResponseRedirect(_home(charge.return_url))
    open_ = charge.state == gateway.State.CHALLENGE
    return render(
        request, "payments/demo_bank.html", {"charge": charge, "open": open_, "back": _home(charge.return_url)}
    )


def _home(return_url: str) -> str:
    """Only back to our own shop."""
    parts = urlsplit(return_url)
    if return_url.startswith("/") and not return_url.startswith(("//", "/\\")):
        return return_url
    own = urlsplit(settings.NITKA_PUBLIC_URL)
    return return_url if (parts.scheme, parts.netloc) == (own.scheme, own.netloc) else "/"
