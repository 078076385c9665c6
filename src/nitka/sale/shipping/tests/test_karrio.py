"""karrio's connectors against a server on this machine that is slow, lies, breaks and drips."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

pytest.importorskip("karrio.sdk")
pytest.importorskip("karrio.mappers.ups")

from nitka.people.customers.queries import PostalAddress
from nitka.sale.shipping.providers import CarrierRefusedProblem, CarrierTrouble, LabelOrder, RateQuestion
from nitka.sale.shipping.providers.karrio import account, accounts, reading
from tests.cast import ANNA

QUESTION = RateQuestion(
    from_country="PL", from_postcode="80-831", to_country="DE", to_postcode="10115", weight_g=1250, currency="EUR"
)
Answer = tuple[int, Any]


class StandIn:
    """Answers by path; `asked` is what came."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], Answer]] = {}
        self.asked: list[tuple[str, str]] = []
        self.drip = False
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                stand_in.asked.append((self.path, body))
                found = next((a for p, a in stand_in.answers.items() if self.path.startswith(p)), lambda: (404, {}))
                status, answer = found()
                raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                for place in range(0, len(raw), 1 if stand_in.drip else len(raw) or 1):
                    self.wfile.write(raw[place : place + (1 if stand_in.drip else len(raw))])
                    self.wfile.flush()
                    time.sleep(0.2 if stand_in.drip else 0)

            do_GET = do_POST = do_PUT = do_DELETE = _serve

            def log_message(self, *_some: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    made = StandIn()
    made.answers["/security/v1/oauth/token"] = lambda: (
        200,
        {"access_token": "t", "token_type": "Bearer", "issued_at": str(int(time.time() * 1000)), "expires_in": "14399"},
    )
    monkeypatch.setattr(account, "RATE_SECONDS", 2.0)
    monkeypatch.setattr(account, "DEED_SECONDS", 3.0)
    yield made
    made.server.shutdown()


def ups(server: StandIn) -> Any:
    (carrier,) = accounts(
        json.dumps(
            {"ups": {"connector": "ups", "server": server.url, "client_id": f"c{id(server)}", "client_secret": "s",
                     "account_number": "A1B2C3", "account_country_code": "PL"}}
        )
    )  # fmt: skip
    return carrier


def charge(text: str, code: str = "EUR") -> dict[str, str]:
    return {"CurrencyCode": code, "MonetaryValue": text}


def rated(service: str, total: str, code: str = "EUR") -> dict[str, Any]:
    nothing = charge("0.00", code)
    return {
        "Service": {"Code": service}, "RatedShipmentAlert": [], "TransportationCharges": charge(total, code),
        "BaseServiceCharge": charge(total, code), "ServiceOptionsCharges": nothing,
        "ItemizedCharges": [{"Code": "375", **nothing}], "TaxCharges": [{"Type": "VAT", **nothing}],
        "TotalCharges": charge(total, code), "RatedPackage": [],
    }  # fmt: skip


def test_rates_of_a_carrier_are_read_to_the_minor_unit_and_nothing_is_no_price(server: StandIn) -> None:
    server.answers["/api/rating"] = lambda: (
        200, {"RateResponse": {"RatedShipment": [rated("11", "12.34"), rated("65", "0.00"), rated("08", "-3.00")]}}
    )  # fmt: skip
    found = ups(server).rates(QUESTION)
    assert [(rate.minor, rate.currency) for rate in found] == [(1234, "EUR")]
    path, body = server.asked[-1]
    asked = json.loads(body)["RateRequest"]["Shipment"]
    assert path.startswith("/api/rating/") and asked["ShipTo"]["Address"]["PostalCode"] == "10115"
    assert asked["Package"][0]["PackageWeight"]["Weight"] in ("1.25", 1.25)


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("broken", lambda: (200, b"<html>busy</html>")),
        ("half", lambda: (200, b'{"RateResponse": {"RatedShipment": [{"Service"')),
        ("another shape", lambda: (200, {"RateResponse": {"RatedShipment": [{"Service": None}]}})),
        ("down", lambda: (503, b"")),
        ("slow", lambda: (time.sleep(6), (200, {}))[1]),
    ],
)
def test_whatever_a_carrier_answers_it_is_a_trouble_a_refusal_or_no_price(
    server: StandIn, what: str, answer: Callable[[], Answer]
) -> None:
    server.answers["/api/rating"] = answer
    began = time.monotonic()
    with contextlib.suppress(CarrierTrouble, CarrierRefusedProblem):
        assert list(ups(server).rates(QUESTION)) == []
    assert time.monotonic() - began < 5, what


def test_a_server_that_drips_keeps_nobody_waiting(server: StandIn) -> None:
    server.answers["/api/rating"] = lambda: (200, {"RateResponse": {"RatedShipment": [rated("11", "12.34")]}})
    carrier = ups(server)
    carrier.rates(QUESTION)
    server.drip = True
    began = time.monotonic()
    with pytest.raises(CarrierTrouble):
        carrier.rates(QUESTION)
    assert time.monotonic() - began < 4


def test_what_the_carrier_refuses_is_said_in_its_words(server: StandIn) -> None:
    words = {"response": {"errors": [{"code": "111210", "message": "The requested service is unavailable."}]}}
    server.answers["/api/shipments"] = lambda: (400, words)
    order = LabelOrder(
        key=UUID(int=7), service="ups_standard", weight_g=1000,
        sender=PostalAddress(name="Tråd", line1="Długa 1", postcode="80-831", city="Gdańsk", country="PL"),
        recipient=ANNA.address,
    )  # fmt: skip
    with pytest.raises(CarrierRefusedProblem, match="service is unavailable"):
        ups(server).label(order)
    assert ANNA.address.name in server.asked[-1][1]


def test_tracking_is_read_and_another_parcels_news_are_not_believed(server: StandIn) -> None:
    def answered(number: str) -> Answer:
        activity = [
            {"status": {"type": "I", "code": "AR", "description": "Arrived"}, "date": "20260917", "time": "081500",
             "location": {"address": {"city": "Berlin", "country": "DE"}}},
            {"status": {"type": "M", "code": "MP", "description": "Label"}, "date": "20260916", "time": "100000"},
        ]  # fmt: skip
        package = {"trackingNumber": number, "activity": activity, "packageAddress": [], "packageCount": 1,
                   "deliveryDate": [{"type": "DEL", "date": "20260921"}],
                   "deliveryInformation": {}, "service": {"description": "Standard"}, "weight": {}}  # fmt: skip
        return 200, {"trackResponse": {"shipment": [{"package": [package]}]}}

    server.answers["/api/track"] = lambda: answered("1Z1")
    asked = {"shipped_at": datetime(2026, 9, 16, tzinfo=UTC), "promised_on": None}
    steps = ups(server).track("1Z1", **asked, until=datetime(2026, 9, 18, tzinfo=UTC))
    assert [step.kind for step in steps] == ["announced", "sorted"]
    assert steps[-1].expected_on == date(2026, 9, 21) and "Berlin" in steps[-1].place
    assert ups(server).track("1Z2", **asked, until=datetime(2026, 9, 18, tzinfo=UTC)) == []
    assert len(ups(server).track("1Z1", **asked, until=datetime(2026, 9, 16, 12, tzinfo=UTC))) == 1


def test_a_label_that_is_a_picture_becomes_a_page() -> None:
    import base64
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("L", (800, 1200), 255).save(picture, "PNG")
    made = SimpleNamespace(docs=SimpleNamespace(label=base64.b64encode(picture.getvalue()).decode()))
    assert reading.label_pdf(made).startswith(b"%PDF")
    for wrong in ("", "not a picture", None):
        assert reading.label_pdf(SimpleNamespace(docs=SimpleNamespace(label=wrong))) == b""


@pytest.mark.parametrize("connector", ["ups", "dhl_universal", "gls", "dpd", "dhl_poland"])
def test_connectors_are_made_without_a_network(connector: str) -> None:
    import importlib

    fields = importlib.import_module(f"karrio.mappers.{connector}.settings").Settings.__attrs_attrs__
    secrets = {each.name: "x" for each in fields if each.default is not None and "NOTHING" in repr(each.default)}
    (carrier,) = accounts(json.dumps({connector: {"connector": connector, **secrets}}))
    assert carrier.code == f"karrio-{connector}" and carrier.tracking_number(UUID(int=1)) == ""
    assert isinstance(carrier.tracking_url("X1"), str)


def test_accounts_that_cannot_be_read_are_left_out() -> None:
    assert accounts("no json") == [] and accounts('{"a": {}}') == []
