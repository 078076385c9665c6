"""Prometheus metrics of all web processes together."""

import os
from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from nitka.ground.web.limits import client_address


def show(request: HttpRequest) -> HttpResponse:
    """The numbers, for the holder of NITKA_METRICS_TOKEN, or without a token for this machine alone."""
    token = settings.NITKA_METRICS_TOKEN
    offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
    is_here = client_address(request) in {"127.0.0.1", "::1", ""}
    allowed = compare_digest(offered.encode(), token.encode()) if token else is_here
    if not allowed:
        return HttpResponse("Not for you.", status=403, content_type="text/plain")
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
