"""OpenTelemetry, where a collector is named; where none is, not even an import."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger(__name__)


def traced(get_response: View) -> View:
    """One span for each request, a child of the caller's `traceparent`. The function itself when tracing is off."""
    if not settings.NITKA_OTLP:
        return get_response
    try:
        from opentelemetry import propagate, trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.warning("tracing_not_installed", mend="Install nitka[telemetry], or unset OTEL_EXPORTER_OTLP_ENDPOINT.")
        return get_response
    provider = TracerProvider(resource=Resource.create({"service.name": "nitka"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    tracer = trace.get_tracer("nitka")

    def with_span(request: HttpRequest) -> HttpResponse:
        parent = propagate.extract(dict(request.headers))
        with tracer.start_as_current_span(str(request.method), context=parent, kind=trace.SpanKind.SERVER) as span:
            response = get_response(request)
            match = request.resolver_match
            # The route, not the path: a path may hold the code of somebody's order.
            span.update_name(f"{request.method} {match.route if match else '?'}")
            span.set_attribute("http.response.status_code", response.status_code)
            return response

    return with_span
