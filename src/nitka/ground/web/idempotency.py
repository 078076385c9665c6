"""One effect for one key: an unsafe request that is sent again gets the first answer again."""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem
from nitka.ground.web.limits import client_address
from nitka.ground.web.models import StoredAnswer

HEADER = "Idempotency-Key"
MAX_LENGTH = 255


class KeyReused(Problem):
    """The key belongs to another request."""

    code = "idempotency_key_reused"
    status = 409


class BadKey(Problem):
    code = "idempotency_key_invalid"
    status = 400


def idempotent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Key and effect are stored in one transaction; the same key with another body is refused, a 5xx is not stored.

    Two requests with one key at the same moment: the second waits for the first and repeats its answer.
    Requests without the header run as they are.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if not key:
            return view(request, *args, **kwargs)
        if len(key) > MAX_LENGTH or not key.isprintable():
            raise BadKey(_("An Idempotency-Key has at most 255 printable characters."))
        with transaction.atomic():
            return _once(request, key, lambda: view(request, *args, **kwargs))

    return wrapped


def _once(request: HttpRequest, key: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    # Another client's key is another key, even for the same address.
    who = hashlib.sha256(f"{client_address(request)} {request.headers.get('Authorization', '')}".encode()).hexdigest()
    scope = f"{who[:16]} {request.method} {request.path}"[:120]
    fingerprint = hashlib.sha256(request.body).hexdigest()
    row, created = StoredAnswer.objects.get_or_create(scope=scope, key=key, defaults={"request_hash": fingerprint})
    if not created:
        if row.request_hash != fingerprint:
            raise KeyReused(_("This Idempotency-Key was used for another request. Make a new one."))
        kind = "application/problem+json" if (row.status or 200) >= 400 else "application/json"
        replay = HttpResponse(row.body, status=row.status or 200, content_type=kind)
        replay["Idempotent-Replayed"] = "true"
        return replay
    response = answer()
    if response.status_code >= 500:
        row.delete()
    else:
        row.status, row.body = response.status_code, response.content.decode()
        row.save(update_fields=["status", "body"])
    return response
