import sys

from nitka.ground.web.tracing import traced


def view(request):
    return None


def test_tracing_costs_nothing_when_it_is_off(settings) -> None:
    settings.NITKA_OTLP = ""
    assert traced(view) is view


def test_a_missing_package_is_said_and_serves_on(settings, monkeypatch) -> None:
    settings.NITKA_OTLP = "http://127.0.0.1:1"
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    assert traced(view) is view
