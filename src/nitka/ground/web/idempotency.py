"""One effect for one key: an unsafe request that is sent again gets the first answer again."""

import functools
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.problem import Problem
from nitka.ground.web.limits import client_address
from nitka.ground.web.models import StoredAnswer

HEADER = "Idempotency-Key"
MAX_LENGTH = 255
# How long a request that asks others (a gateway, a carrier) may take before its key may be tried again.
LONGEST = timedelta(minutes=2)


class KeyReused(Problem):
    """The key belongs to another request."""

    code = "idempotency_key_reused"
    status = 409


class BadKey(Problem):
    code = "idempotency_key_invalid"
    status = 400


class StillRunning(Problem):
    """The first request with this key is not done yet; come back after `retry_after` seconds."""

    code = "idempotency_key_in_use"
    status = 409


def idempotent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Key and effect are stored in one transaction; the same key with another body is refused, a 5xx is not stored.

    Two requests with one key at the same moment: the second waits for the first and repeats its answer.
    Requests without the header run as they are.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = key_of(request)
        if not key:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return _once(request, key, lambda: view(request, *args, **kwargs))

    return wrapped


def idempotent_outside(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views that ask a gateway or a carrier, which nobody does in a transaction: the key is claimed first, and the
    answer kept behind the effect. A claim whose process died is free again after two minutes; the verbs behind such
    views can be repeated without a second effect."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = key_of(request)
        if not key:
            return view(request, *args, **kwargs)
        row, ours = _claimed(request, key)
        if not ours:
            return _repeated(row, request)
        try:
            response = view(request, *args, **kwargs)
        except BaseException:
            row.delete()
            raise
        _keep(row, response)
        return response

    return wrapped


def key_of(request: HttpRequest) -> str:
    """The key that the request carries; empty for none. Raises BadKey."""
    key = request.headers.get(HEADER, "")
    if len(key) > MAX_LENGTH or not key.isprintable():
        raise BadKey(_("An Idempotency-Key has at most 255 printable characters."))
    return key


def _once(request: HttpRequest, key: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    row, created = _row(request, key)
    if not created:
        return _repeated(row, request)
    response = answer()
    _keep(row, response)
    return response


@transaction.atomic
def _claimed(request: HttpRequest, key: str) -> tuple[StoredAnswer, bool]:
    """The row of the key, and whether this request may answer it."""
    row, created = _row(request, key)
    if created:
        return row, True
    row = StoredAnswer.objects.select_for_update().get(id=row.id)
    if row.status is not None or row.request_hash != _print_of(request):
        return row, False
    if row.at > clock.now() - LONGEST:
        raise StillRunning(_("The first request with this key is not done yet. Try again in a moment."), retry_after=2)
    row.at = clock.now()
    row.save(update_fields=["at"])
    return row, True


def _row(request: HttpRequest, key: str) -> tuple[StoredAnswer, bool]:
    # Another client's key is another key, even for the same address.
    who = hashlib.sha256(f"{client_address(request)} {request.headers.get('Authorization', '')}".encode()).hexdigest()
    where = request.path if len(request.path) <= 90 else hashlib.sha256(request.path.encode()).hexdigest()
    scope = f"{who[:16]} {request.method} {where}"
    return StoredAnswer.objects.get_or_create(scope=scope, key=key, defaults={"request_hash": _print_of(request)})


def _print_of(request: HttpRequest) -> str:
    return hashlib.sha256(request.body).hexdigest()


def _repeated(row: StoredAnswer, request: HttpRequest) -> HttpResponse:
    if row.request_hash != _print_of(request):
        raise KeyReused(_("This Idempotency-Key was used for another request. Make a new one."))
    kind = "application/problem+json" if (row.status or 200) >= 400 else "application/json"
    replay = HttpResponse(row.body, status=row.status or 200, content_type=kind)
    replay["Idempotent-Replayed"] = "true"
    return replay


def _keep(row: StoredAnswer, response: HttpResponse) -> None:
    if response.status_code >= 500:
        row.delete()
    else:
        row.status, row.body = response.status_code, response.content.decode()
        row.save(update_fields=["status", "body"])
