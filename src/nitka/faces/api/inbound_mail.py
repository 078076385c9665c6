"""Mail that a provider or relay posts here: one raw message, signed on its very bytes.

Three headers as Standard Webhooks has them: `webhook-id`, `webhook-timestamp` (seconds), and `webhook-signature`, a
list of `v1,<base64 of HMAC-SHA256 over "id.timestamp.body">` under NITKA_INBOUND_SECRET (`whsec_<base64>` or any
text). `x-envelope-to` may name whom the mail was for. A mail that was sent twice is kept once.
"""

import base64
import binascii
import hashlib
import hmac
import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from nitka.care.desk import actions as desk
from nitka.care.desk import queries as known
from nitka.ground.problem import Problem
from nitka.ground.web.errors import problem_json
from nitka.ground.web.limits import rate_limit

# How old a signature may be; what is seen within this time a second time is a mail that we have.
TOLERANCE_SECONDS = 300


class BadSignature(Problem):
    """The signature is missing, wrong, or too old."""

    code = "signature_invalid"
    status = 401


@require_POST
@rate_limit("inbound_mail", "1200/m", store="memory")
def receive(request: HttpRequest) -> HttpResponse:
    """200 with the verdict: it is kept. 401, 413 and 422 are for good; anything else may be sent again."""
    if not settings.NITKA_INBOUND_SECRET:
        raise Http404
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > known.MOST_MAIL_BYTES:
            raise desk.TooLargeMail
        # Not `request.body`: a mail may be larger than a form.
        raw = request.read(known.MOST_MAIL_BYTES + 1)
        _check(request, raw)
        recipients = [each for each in request.headers.get("X-Envelope-To", "").split(",") if each.strip()][:20]
        taken = desk.take_in_mail(raw=raw, envelope=recipients)
    except Problem as problem:
        return problem_json(problem)
    return JsonResponse({"verdict": taken.verdict})


def _check(request: HttpRequest, raw: bytes) -> None:
    sent_id, stamp = request.headers.get("Webhook-Id", ""), request.headers.get("Webhook-Timestamp", "")
    if not sent_id or not stamp.isdecimal() or abs(time.time() - int(stamp[:15])) > TOLERANCE_SECONDS:
        raise BadSignature("The mail is not signed, or its signature is too old.")
    expected = signature(sent_id, stamp, raw)
    given = request.headers.get("Webhook-Signature", "")[:2000].split()
    if not any(hmac.compare_digest(each.encode(), expected.encode()) for each in given):
        raise BadSignature("The signature does not fit the mail.")


def signature(sent_id: str, stamp: str, raw: bytes) -> str:
    """What the header must hold for these bytes."""
    signed = f"{sent_id}.{stamp}.".encode() + raw
    return "v1," + base64.b64encode(hmac.new(_key(), signed, hashlib.sha256).digest()).decode()


def _key() -> bytes:
    secret: str = settings.NITKA_INBOUND_SECRET
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            pass
    return secret.encode()
