"""PayPal's side: Orders v2, captures, authorisations, refunds, and its answer on whether a post is its own."""

import hashlib
import itertools
import json
from typing import Any

from nitka.sale.payments.tests.fakes.server import Answer, Gateway, Request

_numbers = itertools.count(1)
Thing = dict[str, Any]


def paypal_side() -> Gateway:
    return Gateway(_routes, key_header="paypal-request-id", book={"orders": {}, "sent": {}})


def _routes(gateway: Gateway, asked: Request) -> Answer:
    parts = asked.path.strip("/").split("/")
    if parts == ["v1", "oauth2", "token"]:
        return 200, {"access_token": "A21", "expires_in": 32400, "token_type": "Bearer"}
    if asked.headers.get("authorization") != "Bearer A21":
        return 401, {"name": "AUTHENTICATION_FAILURE"}
    if parts[1] == "notifications":
        return 200, {"verification_status": "SUCCESS" if _is_ours(gateway, asked.raw) else "FAILURE"}
    if parts[1] == "checkout":
        return _orders(gateway, asked, parts[3:])
    return _payments(gateway, asked, parts[2:])


def _orders(gateway: Gateway, asked: Request, rest: list[str]) -> Answer:
    book = gateway.book["orders"]
    if not rest:
        number = f"O{next(_numbers)}"
        book[number] = {**asked.json, "id": number, "status": "PAYER_ACTION_REQUIRED"}
        book[number]["links"] = [{"rel": "payer-action", "href": f"{gateway.url}/checkoutnow?token={number}"}]
        return 201, book[number]
    order = book.get(rest[0])
    if order is None:
        return 404, {"name": "RESOURCE_NOT_FOUND"}
    if rest[1:]:
        unit = order["purchase_units"][0]
        kind = "captures" if rest[1] == "capture" else "authorizations"
        if order["status"] == "COMPLETED":
            return _no(f"ORDER_ALREADY_{'CAPTURED' if kind == 'captures' else 'AUTHORIZED'}")
        if order["status"] != "APPROVED":
            return _no("ORDER_NOT_APPROVED")
        if gateway.lies.get("declined"):
            return _no("INSTRUMENT_DECLINED")
        made: Thing = {"id": f"{kind[0].upper()}{next(_numbers)}", "amount": dict(unit["amount"])}
        made |= {"status": "COMPLETED" if kind == "captures" else "CREATED", "custom_id": unit["custom_id"]}
        if kind == "authorizations":
            made["expiration_time"] = "2031-01-01T00:00:00Z"
        unit["payments"] = {kind: [made]}
        order["status"] = "COMPLETED"
        return 201, _shown(gateway, order)
    return 200, _shown(gateway, order)


def _payments(gateway: Gateway, asked: Request, rest: list[str]) -> Answer:
    kind, number, deed = rest
    order = next((each for each in gateway.book["orders"].values() if f'"{number}"' in json.dumps(each)), None)
    if order is None:
        return 404, {"name": "RESOURCE_NOT_FOUND"}
    paid = order["purchase_units"][0]["payments"]
    thing = next(each for each in paid[kind] if each["id"] == number)
    if deed == "void":
        if thing["status"] != "CREATED" and thing["status"] != "PARTIALLY_CAPTURED":
            return _no("PREVIOUSLY_VOIDED")
        thing["status"] = "VOIDED"
        return 204, b""
    done = paid.setdefault("captures" if deed == "capture" else "refunds", [])
    if any(each["invoice_id"] == asked.json["invoice_id"] for each in done if "invoice_id" in each):
        return _no("DUPLICATE_INVOICE_ID")
    taken = sum(_cents(each) for each in done if deed == "capture" or number in json.dumps(each["links"]))
    if taken + _cents(asked.json) > _cents(thing) or thing["status"] in ("VOIDED", "CAPTURED"):
        return _no("AUTH_CAPTURE_LIMIT_EXCEEDED" if deed == "capture" else "REFUND_AMOUNT_EXCEEDED")
    made = {"id": f"{deed[0].upper()}{next(_numbers)}", "status": "COMPLETED", **asked.json}
    made["links"] = [{"rel": "up", "href": f"{gateway.url}/v2/payments/{kind}/{number}"}]
    done.append(made)
    if deed == "capture":
        whole = asked.json["final_capture"] or taken + _cents(asked.json) == _cents(thing)
        thing["status"] = "CAPTURED" if whole else "PARTIALLY_CAPTURED"
    return 201, made


def approve(gateway: Gateway, number: str) -> Thing:
    """The payer said yes on PayPal's page."""
    order: Thing = gateway.book["orders"][number]
    order["status"] = "APPROVED"
    return order


def message(gateway: Gateway, number: str, kind: str, event_id: str = "") -> tuple[bytes, dict[str, str]]:
    """A post about the order as it is now. Its bytes are not those that a program would write again."""
    order = gateway.book["orders"][number]
    paid = order["purchase_units"][0].get("payments", {})
    of = {"PAYMENT.CAPTURE": "captures", "PAYMENT.AUTHORIZATION": "authorizations"}.get(kind.rpartition(".")[0], "")
    resource = {**paid[of][0], "supplementary_data": {"related_ids": {"order_id": number}}} if of else order
    body = {"id": event_id or f"WH-{next(_numbers)}", "event_type": kind, "resource": resource}
    raw = json.dumps(body, indent=3).replace("\n", "\r\n").encode()
    number = f"t{next(_numbers)}"
    gateway.book["sent"][number] = hashlib.sha256(raw).hexdigest()
    return raw, {
        "PayPal-Auth-Algo": "SHA256withRSA", "PayPal-Cert-Url": "https://api.paypal.com/cert",
        "PayPal-Transmission-Id": number, "PayPal-Transmission-Sig": "x", "PayPal-Transmission-Time": "now",
    }  # fmt: skip


def _is_ours(gateway: Gateway, raw: bytes) -> bool:
    front, _, event = raw.partition(b', "webhook_event": ')
    asked = json.loads(front + b"}")
    known = gateway.book["sent"].get(asked["transmission_id"])
    return bool(asked["webhook_id"] == "WH" and known == hashlib.sha256(event[:-1]).hexdigest())


def _shown(gateway: Gateway, order: Thing) -> Thing:
    lie = gateway.lies.get(order["id"])
    if not lie:
        return order
    shown: Thing = json.loads(json.dumps(order))
    for each in shown["purchase_units"][0].get("payments", {}).get("captures", []):
        each["amount"] |= lie
    return shown


def _cents(thing: Thing) -> int:
    return int(thing["amount"]["value"].replace(".", ""))


def _no(issue: str) -> Answer:
    return 422, {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": issue}]}
